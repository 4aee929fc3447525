-- Drops the values of live secrets from JSON text, as ingest/decode/redact.ts does. A few cheap looks spare
-- nearly all texts the expressions, and what STS answers, which is most of the rest, three of the four.
-- The session variable redactions holds the expressions with their replacements.
create or replace temp macro redacted(document) as
    case
        when
            contains(document, 'oken"')
            or contains(document, 'ecret')
            or contains(document, 'assword')
            or contains(document, 'rivateKey')
            or contains(document, 'ssertion')
            or contains(document, 'X-Amz-')
            or contains(document, 'Jb3JpZ2lu')
            or contains(document, 'GZXIvYXdz')
            then redacted_in_depth(
                regexp_replace(document, '"sessionToken":"[^"\\]*"', '"sessionToken":"REDACTED"', 'g')
            )::json
        else document
    end
