-- Grain:  principal (role or user ARN) + kind: 'untagged-role', 'shed-tags', 'agent-mark' or 'mcp-mark'.
-- Reads:  events, sessions, principal_patterns.
-- Misses: agents that hide their mark; untagged sessions whose issue is not in the store; STS calls, which
--         every launcher makes as itself.
with

clients as (

    select
        user_agent,
        list_concat(
            regexp_split_to_array(lower(user_agent), '[^a-z0-9_-]+'),
            -- Before 2.35.24 the codes did not exist.
            case
                when regexp_matches(
                    user_agent,
                    '(^|\[)aws-cli/([3-9]\.|2\.([4-9][0-9]|3[6-9]|[0-9]{3,}|35\.(2[4-9]|[3-9][0-9]|[0-9]{3,})))'
                ) then list_transform(
                    string_split(regexp_extract(user_agent, ' m/([A-Za-z0-9,+-]+)', 1), ','),
                    lambda code: concat('m/', code)
                )
                else []
            end
        ) as words
    from (select distinct user_agent from events where user_agent is not null)

),

marked_clients as (

    select
        user_agent,
        list_transform(
            list_filter(
                $agent_marks::varchar[],
                lambda mark: list_contains(words, split_part(mark, '=', 1))
            ),
            lambda mark: split_part(mark, '=', 2)
        ) as agent_names,
        list_has_any(words, $mcp_marks::varchar[]) as is_mcp
    from clients

),

untagged_calls as (

    select
        coalesce(role_arn, principal_arn) as principal_arn,
        on_behalf_of,
        access_key_id,
        role_arn,
        account_id,
        aws_region,
        event_id,
        event_time,
        action,
        capability,
        error_code is null as succeeded,
        invoked_by,
        event_type,
        user_agent
    from events
    where
        agent_id is null
        and coalesce(role_arn, principal_arn) is not null
        and event_source <> 'sts.amazonaws.com'
        and not contains(coalesce(role_arn, ''), ':role/aws-service-role/')

),

role_sessions as (

    select
        role_arn,
        count(*) filter (
            where agent_id is not null
            and attribution_method in ('access-key', 'role-session', 'event-context')
        ) as tagged_count,
        count(*) as session_count
    from sessions
    where role_arn is not null and (issuing_event_id is not null or agent_id is not null)
    group by role_arn

),

agent_roles as (

    select
        role_arn,
        tagged_count,
        exists (
            select 1
            from principal_patterns as patterns
            where patterns.use = 'agent-role' and role_arn glob patterns.pattern
        ) as is_declared
    from role_sessions
    where
        is_declared
        or (
            tagged_count >= $minimum_tagged_sessions::integer
            and tagged_count / session_count >= $minimum_tagged_share::double
        )

),

-- An agent that assumes a role and does not hand its tags on.
shed_sessions as (

    select sessions.access_key_id, parents.agent_id as parent_agent_id
    from sessions
    inner join sessions as parents on parents.access_key_id = sessions.issuer_access_key_id
    where sessions.agent_id is null and parents.agent_id is not null

),

-- A session that a service made for a machine is an agent's only where the role is declared to be one.
untagged_sessions as (

    select sessions.access_key_id, agent_roles.tagged_count, agent_roles.is_declared
    from sessions
    inner join agent_roles using (role_arn)
    where
        sessions.agent_id is null
        and sessions.issuing_event_id is not null
        and (agent_roles.is_declared or sessions.issuer_type is distinct from 'AWSService')
        and sessions.access_key_id not in (select access_key_id from shed_sessions)

),

-- An agent's session from before the trail: it may well have had tags.
unknown_sessions as (

    select access_key_id
    from sessions
    where
        agent_id is null
        and issuing_event_id is null
        and (
            role_arn in (select role_arn from role_sessions where tagged_count > 0)
            or role_arn in (select role_arn from agent_roles where is_declared)
        )

),

minters as (

    select distinct calls.principal_arn
    from (select distinct principal_arn from untagged_calls) as calls
    inner join principal_patterns as patterns
        on patterns.use = 'minter' and calls.principal_arn glob patterns.pattern

),

signs as (

    select
        calls.event_id,
        'untagged-role' as kind,
        [] as names,
        untagged_sessions.tagged_count,
        untagged_sessions.is_declared
    from untagged_calls as calls
    inner join untagged_sessions using (access_key_id)
    union all
    select calls.event_id, 'shed-tags' as kind, [shed_sessions.parent_agent_id] as names, 0, false
    from untagged_calls as calls
    inner join shed_sessions using (access_key_id)
    union all
    select calls.event_id, 'agent-mark' as kind, marked_clients.agent_names as names, 0, false
    from untagged_calls as calls
    inner join marked_clients using (user_agent)
    anti join minters using (principal_arn)
    where
        len(marked_clients.agent_names) > 0
        and coalesce(calls.access_key_id, '') not in (select access_key_id from unknown_sessions)
    union all
    select
        calls.event_id,
        'mcp-mark' as kind,
        [coalesce(calls.invoked_by, 'an MCP proxy')] as names,
        0,
        false
    from untagged_calls as calls
    left join marked_clients using (user_agent)
    anti join minters using (principal_arn)
    where
        (
            ends_with(coalesce(calls.invoked_by, ''), '-mcp.amazonaws.com')
            or calls.event_type = 'AwsMcpEvent'
            or coalesce(marked_clients.is_mcp, false)
        )
        and coalesce(calls.access_key_id, '') not in (select access_key_id from unknown_sessions)

)

select
    null::varchar as agent_id,
    null::varchar as task_id,
    null::varchar as task_type,
    min(calls.on_behalf_of) as on_behalf_of,
    list_sort(list_distinct(list(calls.access_key_id))) as access_key_ids,
    list_sort(list_distinct(list(calls.role_arn))) as role_arns,
    list_sort(list_distinct(list(calls.account_id))) as account_ids,
    list_sort(list_distinct(list(calls.aws_region))) as regions,
    min(calls.event_time) as first_seen,
    max(calls.event_time) as last_seen,
    list(calls.event_id order by calls.event_time, calls.event_id) as event_ids,
    list_sort(list_distinct(list(calls.action))) as actions,
    calls.principal_arn,
    signs.kind,
    list_sort(list_distinct(flatten(list(signs.names)))) as names,
    max(signs.tagged_count)::bigint as tagged_count,
    bool_or(signs.is_declared) as is_declared,
    count(distinct calls.access_key_id) as session_count,
    count(*) as call_count,
    coalesce(list_sort(list_distinct(list(calls.capability) filter (where calls.succeeded))), []) as capabilities
from signs
inner join untagged_calls as calls using (event_id)
group by calls.principal_arn, signs.kind
order by calls.principal_arn, signs.kind
