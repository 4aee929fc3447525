-- Grain:  credential + how it is shared: 'two-places', 'one-issuer', 'one-name' or 'several-agents'.
-- Reads:  events, sessions, principal_patterns.
-- Misses: two agents on one host with one client; two places that take turns more slowly than
--         $interleaved_minutes; places inside one /24 (IPv6: /48).
with

clients as (

    select
        user_agent,
        regexp_extract(lower(user_agent), '^\[?([^ /]+(/[^ ]+)?)', 1) as client,
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
        client,
        list_transform(
            list_filter(
                $agent_marks::varchar[],
                lambda mark: list_contains(words, split_part(mark, '=', 1))
            ),
            lambda mark: split_part(mark, '=', 2)
        ) as agent_names
    from clients

),

-- Calls whose address is the caller's own: services and the backends of the console show theirs.
placed_calls as (

    select
        events.access_key_id,
        events.event_id,
        events.event_time,
        contains(events.source_ip, ':') as is_ipv6,
        case
            when contains(events.source_ip, ':')
            then concat(regexp_extract(lower(events.source_ip), '^([0-9a-f]*:[0-9a-f]*:[0-9a-f]*)', 1), '::/48')
            else concat(regexp_extract(events.source_ip, '^([0-9]+\.[0-9]+\.[0-9]+)\.', 1), '.0/24')
        end as network,
        events.vpc_endpoint_id is not null
        or regexp_matches(events.source_ip, '^(10\.|192\.168\.|172\.(1[6-9]|2[0-9]|3[01])\.)') as is_inside,
        marked_clients.client
    from events
    inner join marked_clients using (user_agent)
    where
        events.access_key_id <> ''
        and events.invoked_by is null
        and events.event_type is distinct from 'AwsServiceEvent'
        and not regexp_matches(lower(events.user_agent), 'amazonaws\.com|console|aws internal|coral')
        and regexp_matches(events.source_ip, '^([0-9]+\.[0-9]+\.[0-9]+\.[0-9]+|[0-9a-fA-F]*:[0-9a-fA-F:]+)$')

),

-- IPv4 and IPv6 take turns on one desk, so each is judged by itself.
steps as (

    select
        access_key_id,
        is_ipv6,
        event_id,
        event_time,
        network,
        client,
        is_inside,
        first_value(network) over by_time as home_network,
        lag(network) over by_time as last_network,
        lag(client) over by_time as last_client,
        lag(is_inside) over by_time as was_inside,
        lag(event_time) over by_time as last_time
    from placed_calls
    window by_time as (partition by access_key_id, is_ipv6 order by event_time, event_id)

),

switches as (

    -- Two subnets of one network with the same client: a job that spans zones.
    select
        access_key_id,
        is_ipv6,
        count(*) filter (
            where network <> last_network
            and event_time <= last_time + to_minutes($interleaved_minutes::integer)
            and (client <> last_client or not (is_inside and was_inside))
        ) as switch_count,
        count(distinct network) as network_count,
        coalesce(list_sort(list_distinct(list(client) filter (where network = home_network))), []) as home_clients,
        coalesce(list_sort(list_distinct(list(client) filter (where network <> home_network))), []) as other_clients,
        list_sort(list_distinct(list(network))) as networks
    from steps
    group by access_key_id, is_ipv6

),

-- More turns than networks: one of them was come back to.
two_places as (

    select
        access_key_id,
        is_ipv6,
        switch_count,
        networks,
        not list_has_any(home_clients, coalesce(other_clients, [])) as has_two_clients
    from switches
    where
        switch_count >= $minimum_switches::integer
        and switch_count >= network_count

),

minted as (

    select
        sessions.access_key_id,
        sessions.agent_id,
        sessions.role_arn,
        sessions.role_session_name,
        sessions.issuing_event_id,
        sessions.issuer_access_key_id,
        coalesce(issues.role_arn, issues.principal_arn) as issuer_arn
    from sessions
    inner join events as issues on issues.event_id = sessions.issuing_event_id
    where
        sessions.agent_id is not null
        and sessions.attribution_method in ('access-key', 'role-session', 'event-context')

),

issuers as (

    select issuer_access_key_id as access_key_id, issuer_arn, list_sort(list_distinct(list(agent_id))) as agents
    from minted
    where
        issuer_access_key_id is not null
        and not exists (
            select 1
            from principal_patterns as patterns
            where patterns.use = 'minter' and issuer_arn glob patterns.pattern
        )
        -- Without declared minters, a role session that launches agents is an orchestrator.
        and (
            issuer_access_key_id like 'AKIA%'
            or exists (select 1 from principal_patterns where use = 'minter')
        )
    group by issuer_access_key_id, issuer_arn
    having count(distinct agent_id) > 1

),

names as (

    select role_arn, role_session_name, list_sort(list_distinct(list(agent_id))) as agents
    from minted
    where role_arn is not null and role_session_name is not null
    group by role_arn, role_session_name
    having count(distinct agent_id) > 1

),

marked_calls as (

    select events.access_key_id, events.event_id, unnest(marked_clients.agent_names) as agent_name
    from events
    inner join marked_clients using (user_agent)
    where
        events.access_key_id <> ''
        and events.agent_id is null
        and events.event_source <> 'sts.amazonaws.com'

),

marked_keys as (

    select access_key_id, list_sort(list_distinct(list(agent_name))) as agents
    from marked_calls
    group by access_key_id
    having count(distinct agent_name) > 1

),

proofs as (

    select
        'two-places' as kind,
        concat(access_key_id, case when is_ipv6 then ' IPv6' else '' end) as about,
        steps.event_id,
        access_key_id as shared_key_id,
        null as role_arn,
        access_key_id as subject_key_id,
        two_places.networks as sharers,
        two_places.switch_count,
        two_places.has_two_clients
    from two_places
    inner join steps using (access_key_id, is_ipv6)
    where steps.network <> steps.home_network
    union all
    select
        'one-issuer' as kind,
        issuers.access_key_id as about,
        minted.issuing_event_id as event_id,
        issuers.access_key_id as shared_key_id,
        null as role_arn,
        null as subject_key_id,
        issuers.agents as sharers,
        0 as switch_count,
        false as has_two_clients
    from issuers
    inner join minted on minted.issuer_access_key_id = issuers.access_key_id
    union all
    select
        'one-name' as kind,
        concat(names.role_arn, '/', names.role_session_name) as about,
        minted.issuing_event_id as event_id,
        minted.access_key_id as shared_key_id,
        minted.role_arn,
        null as subject_key_id,
        names.agents as sharers,
        0 as switch_count,
        false as has_two_clients
    from names
    inner join minted using (role_arn, role_session_name)
    union all
    select distinct
        'several-agents' as kind,
        access_key_id as about,
        marked_calls.event_id,
        access_key_id as shared_key_id,
        null as role_arn,
        null as subject_key_id,
        marked_keys.agents as sharers,
        0 as switch_count,
        false as has_two_clients
    from marked_keys
    inner join marked_calls using (access_key_id)

)

select
    holders.agent_id,
    holders.task_id,
    holders.task_type,
    min(coalesce(holders.on_behalf_of, events.on_behalf_of)) as on_behalf_of,
    list_sort(list_distinct(list(proofs.shared_key_id))) as access_key_ids,
    list_sort(list_distinct(list(coalesce(proofs.role_arn, events.role_arn)))) as role_arns,
    list_sort(list_distinct(list(events.account_id))) as account_ids,
    list_sort(list_distinct(list(events.aws_region))) as regions,
    min(events.event_time) as first_seen,
    max(events.event_time) as last_seen,
    list(events.event_id order by events.event_time, events.event_id) as event_ids,
    list_sort(list_distinct(list(events.action))) as actions,
    proofs.kind,
    proofs.about,
    min(events.principal_arn) as principal_arn,
    proofs.sharers,
    proofs.switch_count,
    proofs.has_two_clients,
    count(*) as call_count
from proofs
inner join events using (event_id)
left join sessions as holders on holders.access_key_id = proofs.subject_key_id
group by
    holders.agent_id,
    holders.task_id,
    holders.task_type,
    proofs.kind,
    proofs.about,
    proofs.sharers,
    proofs.switch_count,
    proofs.has_two_clients
order by proofs.kind, proofs.about
