-- Grain:  session key + tag key in lower case, as some record states it.
-- Reads:  issue_records; event_context of trails that carry it.
-- Keeps:  own tags before inherited ones. AWS compares keys without case and refuses to set an inherited
--         key anew, so a session has one of each.
create or replace temp table stated_tags as
with

own_lists as (

    select
        issued_key_id as session_key,
        unnest(json_transform(request_parameters -> '$.tags', '[{"key": "VARCHAR", "value": "VARCHAR"}]')) as tag,
        request_parameters -> '$.transitiveTagKeys' as transitive_keys
    from issue_records
    where json_type(request_parameters, '$.tags') = 'ARRAY'

),

principal_keys as (

    -- SAML and OpenID Connect: a map instead of a list.
    select
        issued_key_id as session_key,
        request_parameters -> '$.principalTags' as tags,
        unnest(json_keys(request_parameters, '$.principalTags')) as tag_name,
        request_parameters -> '$.transitiveTagKeys' as transitive_keys
    from issue_records
    where json_type(request_parameters, '$.principalTags') = 'OBJECT'

),

incoming_keys as (

    select
        issued_key_id as session_key,
        request_parameters -> '$.incomingTransitiveTags' as tags,
        unnest(json_keys(request_parameters, '$.incomingTransitiveTags')) as tag_name
    from issue_records
    where json_type(request_parameters, '$.incomingTransitiveTags') = 'OBJECT'

),

contexts as (

    select distinct session_key, event_context
    from event_records
    where event_context is not null and session_key is not null

),

context_keys as (

    select
        session_key,
        event_context -> '$.requestContext' as tags,
        unnest(json_keys(event_context, '$.requestContext')) as context_key
    from contexts
    where json_type(event_context, '$.requestContext') = 'OBJECT'

),

context_tag_keys as (

    select
        session_key,
        event_context -> '$.tagContext.principalTags' as tags,
        unnest(json_keys(event_context, '$.tagContext.principalTags')) as tag_name
    from contexts
    where json_type(event_context, '$.tagContext.principalTags') = 'OBJECT'

),

stated as (

    select
        session_key,
        tag.key as tag_name,
        tag.value as tag_value,
        'own' as origin,
        transitive_keys
    from own_lists
    union all
    select
        session_key,
        tag_name,
        json_extract_string(tags, concat('$."', tag_name, '"')) as tag_value,
        'own' as origin,
        transitive_keys
    from principal_keys
    where not contains(tag_name, '"')
    union all
    select
        session_key,
        tag_name,
        json_extract_string(tags, concat('$."', tag_name, '"')) as tag_value,
        'inherited' as origin,
        null as transitive_keys
    from incoming_keys
    where not contains(tag_name, '"')
    union all
    select
        session_key,
        substr(context_key, length('aws:PrincipalTag/') + 1) as tag_name,
        json_extract_string(tags, concat('$."', context_key, '"')) as tag_value,
        'context' as origin,
        null as transitive_keys
    from context_keys
    where starts_with(lower(context_key), 'aws:principaltag/') and not contains(context_key, '"')
    union all
    select
        session_key,
        tag_name,
        json_extract_string(tags, concat('$."', tag_name, '"')) as tag_value,
        'context' as origin,
        null as transitive_keys
    from context_tag_keys
    where not contains(tag_name, '"')

),

named as (

    select
        session_key,
        lower(tag_name) as tag_key,
        tag_name,
        tag_value,
        origin,
        origin = 'inherited' or coalesce(
            list_contains(
                list_transform(
                    json_transform(transitive_keys, '["VARCHAR"]')::varchar[],
                    lambda transitive_key: lower(transitive_key)
                ),
                lower(tag_name)
            ),
            false
        ) as is_transitive
    from stated
    where tag_name is not null and tag_name <> '' and tag_value is not null

)

select session_key, tag_key, tag_name, tag_value, is_transitive, origin
from named
qualify row_number() over (
    partition by session_key, tag_key
    order by
        case origin when 'own' then 1 when 'inherited' then 2 else 3 end,
        is_transitive desc,
        tag_name,
        tag_value
) = 1
