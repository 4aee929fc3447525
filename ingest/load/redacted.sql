-- Drops the values of live secrets from JSON text, as ingest/decode/redact.ts does. A few cheap looks spare
-- nearly all texts the expressions; the session variable redactions holds them with their replacements.
create or replace temp macro redacted(document) as
    case
        when
            contains(document, 'oken')
            or contains(document, 'ecret')
            or contains(document, 'assword')
            or contains(document, 'rivateKey')
            or contains(document, 'ssertion')
            or contains(document, 'X-Amz-')
            or contains(document, 'Jb3JpZ2lu')
            or contains(document, 'GZXIvYXdz')
            then regexp_replace(regexp_replace(regexp_replace(regexp_replace(
                document,
                getvariable('redactions')[1].pattern, getvariable('redactions')[1].replacement, 'g'),
                getvariable('redactions')[2].pattern, getvariable('redactions')[2].replacement, 'g'),
                getvariable('redactions')[3].pattern, getvariable('redactions')[3].replacement, 'g'),
                getvariable('redactions')[4].pattern, getvariable('redactions')[4].replacement, 'g'
            )::json
        else document
    end
