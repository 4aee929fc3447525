-- Grain:  session key, issued or seen in use.
-- Reads:  session_issues, session_tags, keys_in_use, mcp_requests, the attribution settings.
-- Misses: two sessions of one role, of one name, begun in the same second by issues that disagree about
--         the task: neither can be told from the other without its key, so neither is attributed.
insert into session_identities by name
with

known as (

    select
        coalesce(keys_in_use.session_key, issues.access_key_id) as session_key,
        coalesce(issues.access_key_id, keys_in_use.access_key_id) as access_key_id,
        issues.access_key_id is not null as is_issued,
        coalesce(issues.principal_id, keys_in_use.principal_id) as principal_id,
        keys_in_use.session_created_at,
        coalesce(issues.role_arn, keys_in_use.role_arn) as role_arn,
        coalesce(
            issues.role_session_name,
            nullif(regexp_extract(keys_in_use.principal_arn, ':assumed-role/[^/]+/(.+)$', 1), '')
        ) as role_session_name,
        coalesce(issues.source_identity, keys_in_use.source_identity) as source_identity
    from keys_in_use
    full join session_issues as issues on issues.access_key_id = keys_in_use.session_key

),

-- A session whose key nobody was seen issuing: role id, session name and second of creation are the
-- issue's, give or take two seconds.
unissued as (

    select session_key, principal_id, session_created_at, unnest(range(-2, 3)) as shift_seconds
    from known
    where not is_issued and session_created_at is not null

),

candidates as (

    select
        unissued.session_key,
        issues.access_key_id as issued_key_id,
        abs(unissued.shift_seconds) as distance
    from unissued
    inner join session_issues as issues
        on issues.principal_id = unissued.principal_id
        and date_trunc('second', issues.issued_at)
        = date_trunc('second', unissued.session_created_at) + to_seconds(unissued.shift_seconds)

),

nearest as (

    select session_key, issued_key_id
    from candidates
    qualify distance = min(distance) over (partition by session_key)

),

tag_sources as (

    select session_key, session_key as tags_of, 'access-key' as method
    from known
    where is_issued
    union all
    select session_key, issued_key_id as tags_of, 'role-session' as method
    from nearest
    union all
    select session_key, session_key as tags_of, 'event-context' as method
    from known
    where not is_issued

),

identity_tags as (

    select
        sources.session_key,
        sources.tags_of,
        case when tags.origin = 'context' then 'event-context' else sources.method end as method,
        keys.identity_role,
        arg_min(tags.tag_value, keys.position) as tag_value
    from tag_sources as sources
    inner join session_tags as tags on tags.session_key = sources.tags_of
    inner join attribution_tag_keys as keys using (tag_key)
    where tags.tag_value <> ''
    group by all

),

tagged as (

    select
        session_key,
        tags_of,
        method,
        max(tag_value) filter (where identity_role = 'agent') as agent_id,
        max(tag_value) filter (where identity_role = 'task') as task_id,
        max(tag_value) filter (where identity_role = 'taskType') as task_type,
        max(tag_value) filter (where identity_role = 'onBehalfOf') as on_behalf_of
    from identity_tags
    group by session_key, tags_of, method

),

issue_counts as (

    select session_key, count(*) as issue_count
    from nearest
    group by session_key

),

-- Several issues are as near as each other: they attribute only what they agree about, and one without
-- tags agrees with none.
agreed as (

    select
        session_key,
        method,
        min(tags_of) as tags_of,
        min(agent_id) as agent_id,
        min(task_id) as task_id,
        min(task_type) as task_type,
        min(on_behalf_of) as on_behalf_of
    from tagged
    left join issue_counts using (session_key)
    group by session_key, method
    having
        count(distinct coalesce(agent_id, '')) = 1
        and count(distinct coalesce(task_id, '')) = 1
        and (method <> 'role-session' or count(*) = any_value(issue_count))

),

patterned as (

    select
        known.session_key,
        patterns.origin as method,
        patterns.position,
        nullif(regexp_extract(
            case patterns.origin when 'session-name' then known.role_session_name else known.source_identity end,
            patterns.agent_pattern,
            1
        ), '') as agent_id,
        nullif(regexp_extract(
            case patterns.origin when 'session-name' then known.role_session_name else known.source_identity end,
            patterns.task_pattern,
            1
        ), '') as task_id
    from known
    cross join attribution_patterns as patterns

),

claims as (

    select session_key, method, 0 as position, tags_of, agent_id, task_id, task_type, on_behalf_of
    from agreed
    union all
    select session_key, method, position, null, agent_id, task_id, null, null
    from patterned
    where agent_id is not null or task_id is not null

),

methods as (

    select
        *,
        case method
            when 'access-key' then 1
            when 'role-session' then 2
            when 'event-context' then 3
            when 'source-identity' then 5
            else 6
        end as place
    from claims

),

-- The first that knows the agent names the method; what it leaves open the next may fill.
resolved as (

    select
        session_key,
        arg_min(method, (place, position)) filter (where agent_id is not null) as agent_method,
        arg_min(method, (place, position)) as first_method,
        arg_min(tags_of, (place, position)) filter (where tags_of is not null) as tags_of,
        arg_min(agent_id, (place, position)) filter (where agent_id is not null) as agent_id,
        arg_min(task_id, (place, position)) filter (where task_id is not null) as task_id,
        arg_min(task_type, (place, position)) filter (where task_type is not null) as task_type,
        arg_min(on_behalf_of, (place, position)) filter (where on_behalf_of is not null) as on_behalf_of
    from methods
    group by session_key

),

tag_maps as (

    select
        session_key,
        to_json(map_from_entries(
            list_sort(list({'name': tag_name, 'value': tag_value}))
        )) as tags
    from session_tags
    group by session_key

),

sessions as (

    select
        known.session_key,
        known.access_key_id,
        known.role_arn,
        known.role_session_name,
        known.source_identity,
        tag_maps.tags,
        resolved.agent_id,
        resolved.task_id,
        resolved.task_type,
        coalesce(resolved.on_behalf_of, known.source_identity) as on_behalf_of,
        case
            when resolved.agent_id is not null then resolved.agent_method
            when resolved.task_id is not null then resolved.first_method
            else 'none'
        end as attribution_method
    from known
    left join resolved using (session_key)
    left join tag_maps on tag_maps.session_key = coalesce(resolved.tags_of, known.session_key)
    where not starts_with(known.session_key, 'mcp:')

),

-- A call that an AWS-managed MCP server made: its own key tells more than the request of the tool call.
mcp_calls as (

    select
        calls.session_key,
        calls.access_key_id,
        coalesce(own.agent_id is not null, false) as is_own,
        coalesce(own.session_key, requests.session_key) as acts_as
    from keys_in_use as calls
    left join sessions as own on own.session_key = calls.access_key_id and own.agent_id is not null
    left join mcp_requests as requests on requests.request_id = calls.request_id
    where starts_with(calls.session_key, 'mcp:')

),

all_sessions as (

    select * from sessions
    union all
    select
        calls.session_key,
        calls.access_key_id,
        acting.role_arn,
        acting.role_session_name,
        acting.source_identity,
        acting.tags,
        acting.agent_id,
        acting.task_id,
        acting.task_type,
        acting.on_behalf_of,
        case
            when acting.agent_id is null then 'none'
            when calls.is_own then acting.attribution_method
            else 'mcp-request'
        end as attribution_method
    from mcp_calls as calls
    left join sessions as acting on acting.session_key = calls.acts_as

),

task_types as (

    select all_sessions.task_id, arg_min(patterns.task_type, patterns.position) as task_type
    from all_sessions
    inner join task_type_patterns as patterns
        on regexp_matches(all_sessions.task_id, patterns.pattern)
    group by all_sessions.task_id

)

select
    all_sessions.session_key,
    all_sessions.access_key_id,
    all_sessions.role_arn,
    all_sessions.role_session_name,
    all_sessions.source_identity,
    all_sessions.tags,
    all_sessions.agent_id,
    all_sessions.task_id,
    coalesce(all_sessions.task_type, task_types.task_type, all_sessions.agent_id) as task_type,
    all_sessions.on_behalf_of,
    all_sessions.attribution_method,
    case all_sessions.attribution_method
        when 'access-key' then 1.0
        when 'role-session' then 0.95
        when 'event-context' then 0.95
        when 'mcp-request' then 0.9
        when 'source-identity' then 0.6
        when 'session-name' then 0.5
        else 0.0
    end as attribution_confidence
from all_sessions
left join task_types using (task_id)
