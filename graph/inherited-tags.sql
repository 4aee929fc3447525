-- Grain:  session key + tag key in lower case, as in effect in the session.
-- Reads:  stated_tags, session_issues.
-- Keeps:  transitive tags down a chain of any depth, for issues that do not list what came in: older
--         records, and other clouds' brokers; all tags where a session gets a key for itself. A crafted
--         circle of issues ends because rows are distinct.
insert into session_tags by name
with recursive

effective as (

    select session_key, tag_key, tag_name, tag_value, is_transitive, origin
    from stated_tags

    union

    select
        children.access_key_id as session_key,
        effective.tag_key,
        effective.tag_name,
        effective.tag_value,
        effective.is_transitive,
        'inherited' as origin
    from effective
    inner join session_issues as children on children.issuer_session_key = effective.session_key
    where
        (effective.is_transitive or children.is_same_principal)
        and not children.has_incoming_tags
        and not exists (
            select 1
            from stated_tags as stated
            where stated.session_key = children.access_key_id and stated.tag_key = effective.tag_key
        )

)

select session_key, tag_key, tag_name, tag_value, is_transitive, origin
from effective
qualify row_number() over (
    partition by session_key, tag_key
    order by origin = 'inherited', tag_name, tag_value
) = 1
