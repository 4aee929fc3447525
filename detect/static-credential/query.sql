-- Grain:  long-term access key that does an agent's work.
-- Reads:  events, sessions.
-- Misses: keys of agents that leave no mark and run outside the agents' own network.
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
    from (select distinct user_agent from events where access_key_id like 'AKIA%' and user_agent is not null)

),

marked_clients as (

    select
        user_agent,
        list_concat(
            list_transform(
                list_filter(
                    $agent_marks::varchar[],
                    lambda mark: list_contains(words, split_part(mark, '=', 1))
                ),
                lambda mark: split_part(mark, '=', 2)
            ),
            list_intersect(words, $mcp_marks::varchar[])
        ) as names
    from clients

),

-- Inside a network an address is one host; outside it may be a whole company's.
agent_hosts as (

    select source_ip, user_agent, list_sort(list_distinct(list(agent_id))) as agent_ids
    from events
    where
        agent_id is not null
        and invoked_by is null
        and access_key_id like 'ASIA%'
        and regexp_matches(source_ip, '^(10\.|192\.168\.|172\.(1[6-9]|2[0-9]|3[01])\.)')
    group by source_ip, user_agent

),

minted as (

    select
        issuer_access_key_id as access_key_id,
        issuing_event_id as event_id,
        'mints' as way,
        [agent_id] as agents
    from sessions
    where agent_id is not null and issuer_access_key_id like 'AKIA%'

),

signs as (

    select access_key_id, event_id, way, agents
    from minted
    union all
    select access_key_id, event_id, 'identity' as way, [agent_id] as agents
    from events
    where access_key_id like 'AKIA%' and agent_id is not null
    union all
    select events.access_key_id, events.event_id, 'mark' as way, marked_clients.names as agents
    from events
    inner join marked_clients using (user_agent)
    where
        events.access_key_id like 'AKIA%'
        and events.agent_id is null
        and len(marked_clients.names) > 0
    union all
    select access_key_id, event_id, 'mark' as way, [invoked_by] as agents
    from events
    where
        access_key_id like 'AKIA%'
        and agent_id is null
        and ends_with(coalesce(invoked_by, ''), '-mcp.amazonaws.com')
    union all
    select events.access_key_id, events.event_id, 'host' as way, agent_hosts.agent_ids as agents
    from events
    inner join agent_hosts using (source_ip, user_agent)
    where
        events.access_key_id like 'AKIA%'
        and events.agent_id is null
        and events.invoked_by is null
        and events.access_key_id not in (select access_key_id from minted)

),

chosen_ways as (

    select access_key_id, way, list_sort(list_distinct(flatten(list(agents)))) as agents
    from signs
    group by access_key_id, way
    qualify row_number() over (
        partition by access_key_id
        order by list_position(['mints', 'identity', 'mark', 'host'], way)
    ) = 1

),

proofs as (

    select distinct access_key_id, event_id
    from signs

)

select
    null::varchar as agent_id,
    null::varchar as task_id,
    null::varchar as task_type,
    min(events.on_behalf_of) as on_behalf_of,
    [chosen_ways.access_key_id] as access_key_ids,
    list_sort(list_distinct(list(events.role_arn))) as role_arns,
    list_sort(list_distinct(list(events.account_id))) as account_ids,
    list_sort(list_distinct(list(events.aws_region))) as regions,
    min(events.event_time) as first_seen,
    max(events.event_time) as last_seen,
    list(events.event_id order by events.event_time, events.event_id) as event_ids,
    list_sort(list_distinct(list(events.action))) as actions,
    min(events.principal_arn) as principal_arn,
    chosen_ways.way,
    chosen_ways.agents,
    count(*) as call_count,
    coalesce(list_sort(list_distinct(list(events.capability) filter (where events.error_code is null))), []) as capabilities
from chosen_ways
inner join proofs using (access_key_id)
inner join events using (access_key_id, event_id)
group by chosen_ways.access_key_id, chosen_ways.way, chosen_ways.agents
order by chosen_ways.access_key_id
