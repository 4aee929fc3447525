-- What redacted.sql does to a text that may hold a secret: its members; then, where such can be, JSON within
-- a string, signed addresses, and session tokens under other names.
create or replace temp macro redacted_in_depth(document) as
    case
        when
            contains(document, '\"')
            or contains(document, 'X-Amz-')
            or contains(document, 'Jb3JpZ2lu')
            or contains(document, 'GZXIvYXdz')
            then regexp_replace(regexp_replace(regexp_replace(regexp_replace(
                document,
                getvariable('redactions')[1].pattern, getvariable('redactions')[1].replacement, 'g'),
                getvariable('redactions')[2].pattern, getvariable('redactions')[2].replacement, 'g'),
                getvariable('redactions')[3].pattern, getvariable('redactions')[3].replacement, 'g'),
                getvariable('redactions')[4].pattern, getvariable('redactions')[4].replacement, 'g'
            )
        else regexp_replace(
            document,
            getvariable('redactions')[1].pattern, getvariable('redactions')[1].replacement, 'g'
        )
    end
