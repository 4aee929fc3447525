-- Grain:  session key + tag key in lower case, as some record states it.
-- Reads:  issue_records; event_context of trails that carry it.
-- Keeps:  own tags before inherited ones. AWS compares keys without case and refuses to set an inherited
--         key anew, so a session has one of each.
create or replace temp table stated_tags as
with

entries as (

    select
        issued_key_id as session_key,
        'own' as origin,
        transitive_keys,
        unnest(list_transform(tags, lambda tag: {'key': tag.key, 'value': tag.value})) as tag
    from issue_records
    union all
    -- SAML and OpenID Connect: a map instead of a list.
    select issued_key_id, 'own', transitive_keys, unnest(map_entries(principal_tags))
    from issue_records
    union all
    select issued_key_id, 'inherited', null, unnest(map_entries(incoming_tags))
    from issue_records

),

contexts as (

    select distinct
        session_key,
        json_transform(event_context, '{
            "requestContext": "MAP(VARCHAR, VARCHAR)",
            "tagContext": {"principalTags": "MAP(VARCHAR, VARCHAR)"}
        }') as context
    from settled_records
    where event_context is not null and session_key is not null

),

context_entries as (

    select session_key, unnest(map_entries(context.tagContext.principalTags)) as tag, '' as prefix
    from contexts
    union all
    select session_key, unnest(map_entries(context.requestContext)), 'aws:principaltag/'
    from contexts

),

stated as (

    select
        session_key,
        origin,
        tag.key as tag_name,
        tag.value as tag_value,
        origin = 'inherited'
        or coalesce(list_contains(transitive_keys, lower(tag.key)), false) as is_transitive
    from entries
    union all
    select
        session_key,
        'context' as origin,
        substr(tag.key, length(prefix) + 1) as tag_name,
        tag.value as tag_value,
        false as is_transitive
    from context_entries
    where starts_with(lower(tag.key), prefix)

)

select
    session_key,
    lower(tag_name) as tag_key,
    tag_name,
    tag_value,
    is_transitive,
    origin
from stated
where tag_name <> '' and tag_value is not null
qualify row_number() over (
    partition by session_key, lower(tag_name)
    order by
        case origin when 'own' then 1 when 'inherited' then 2 else 3 end,
        is_transitive desc,
        tag_name,
        tag_value
) = 1
