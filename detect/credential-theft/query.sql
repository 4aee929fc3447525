-- Grain:  access key of a session that was used from a place that is not its home.
-- Reads:  events, sessions, principal_patterns.
-- Misses: a key whose first use is the thief's; a thief inside the owner's networks or behind one of the
--         key's own networks; turns between two places, which are shared-credential's.
with

agent_roles as (

    select role_arn
    from sessions
    where role_arn is not null and (issuing_event_id is not null or agent_id is not null)
    group by role_arn
    having
        (
            count(*) filter (where agent_id is not null) >= $minimum_tagged_sessions::integer
            and count(*) filter (where agent_id is not null) / count(*) >= $minimum_tagged_share::double
        )
        or exists (
            select 1
            from principal_patterns as patterns
            where patterns.use in ('agent-role', 'minter') and role_arn glob patterns.pattern
        )

),

-- Agents' sessions, and those that hand them out.
holders as (

    select
        access_key_id,
        agent_id,
        task_id,
        task_type,
        on_behalf_of,
        coalesce(agent_id, role_arn) as holder,
        first_used_at,
        last_used_at
    from sessions
    where
        access_key_id like 'ASIA%'
        and (agent_id is not null or role_arn in (select role_arn from agent_roles))

),

clients as (

    select user_agent, regexp_extract(lower(user_agent), '^\[?([^ /]+)', 1) as client
    from (select distinct user_agent from events where user_agent is not null)
    where not regexp_matches(lower(user_agent), 'amazonaws\.com|console|aws internal|coral')

),

-- Calls whose address is the caller's own: services and the backends of the console show theirs.
calls as (

    select
        events.access_key_id,
        events.event_id,
        events.event_time,
        events.event_source,
        events.aws_region,
        contains(events.source_ip, ':') as is_ipv6,
        case
            when contains(events.source_ip, ':')
            then concat(regexp_extract(lower(events.source_ip), '^([0-9a-f]*:[0-9a-f]*:[0-9a-f]*)', 1), '::/48')
            else concat(regexp_extract(events.source_ip, '^([0-9]+\.[0-9]+\.[0-9]+)\.', 1), '.0/24')
        end as network,
        events.vpc_endpoint_id is not null
        or regexp_matches(events.source_ip, '^(10\.|192\.168\.|172\.(1[6-9]|2[0-9]|3[01])\.)') as is_inside,
        clients.client
    from events
    inner join clients using (user_agent)
    semi join holders using (access_key_id)
    where
        events.invoked_by is null
        and events.event_type is distinct from 'AwsServiceEvent'
        and regexp_matches(events.source_ip, '^([0-9]+\.[0-9]+\.[0-9]+\.[0-9]+|[0-9a-fA-F]*:[0-9a-fA-F:]+)$')

),

steps as (

    select
        *,
        first_value(network) over by_time as home_network,
        first_value(is_inside) over by_time as is_home_inside,
        first_value(is_ipv6) over by_time as is_home_ipv6,
        lag(network) over by_family as last_network,
        lag(client) over by_family as last_client,
        lag(is_inside) over by_family as was_inside,
        lag(event_time) over by_family as last_time
    from calls
    window
        by_time as (partition by access_key_id order by event_time, event_id),
        by_family as (partition by access_key_id, is_ipv6 order by event_time, event_id)

),

-- As shared-credential counts them.
shared_keys as (

    select distinct access_key_id
    from (
        select access_key_id, is_ipv6
        from steps
        group by access_key_id, is_ipv6
        having
            count(*) filter (
                where network <> last_network
                and event_time <= last_time + to_minutes($interleaved_minutes::integer)
                and (client <> last_client or not (is_inside and was_inside))
            ) >= greatest($minimum_switches::integer, count(distinct network))
    )

),

homes as (

    select
        access_key_id,
        any_value(home_network) as home_network,
        list_sort(list_distinct(list(client) filter (where network = home_network))) as home_clients,
        max(event_time) filter (where network = home_network or is_inside) as home_last_used_at
    from steps
    group by access_key_id

),

-- What a network reaches through an endpoint does not leave it by the NAT's address.
endpoints as (

    select distinct steps.access_key_id, steps.event_source, steps.aws_region
    from steps
    where steps.is_inside

),

outside_calls as (

    select
        steps.access_key_id,
        steps.event_id,
        steps.event_time,
        steps.network,
        steps.client,
        steps.is_home_inside,
        steps.network = steps.home_network as is_home,
        steps.is_ipv6 <> steps.is_home_ipv6 as is_other_family,
        list_contains(homes.home_clients, steps.client) as is_home_client,
        endpoints.event_source is not null as has_endpoint
    from steps
    inner join homes using (access_key_id)
    left join endpoints using (access_key_id, event_source, aws_region)
    where not steps.is_inside

),

places as (

    select
        access_key_id,
        network,
        min(event_time) as first_seen,
        case
            when bool_or(is_home) then 'home'
            when not bool_or(is_home_client) then 'other-client'
            when bool_and(is_home_inside) then case
                when bool_or(is_home_client and has_endpoint) then 'left-network'
                -- The way out for what has no endpoint.
                else 'own'
            end
            when bool_and(is_other_family) then 'own'
            else 'roamed'
        end as way
    from outside_calls
    group by access_key_id, network

),

visits as (

    select
        places.access_key_id,
        places.network,
        places.way,
        holders.holder,
        holders.first_used_at,
        holders.last_used_at
    from places
    inner join holders using (access_key_id)

),

-- The last of so many sessions that were at home there ended then. What was found deviant does not teach.
habits as (

    select holder, network, list_sort(list(last_used_at))[$familiar_sessions::integer] as known_at
    from visits
    where way in ('home', 'own', 'roamed')
    group by holder, network

),

fleet_habits as (

    select network, list_sort(list(last_used_at))[$familiar_sessions::integer] as known_at
    from visits
    where way in ('home', 'own')
    group by network

),

roamers as (

    select holder, list_sort(list(last_used_at))[$familiar_sessions::integer] as known_at
    from visits
    where way = 'roamed'
    group by holder

),

strange_places as (

    select
        visits.access_key_id,
        visits.network,
        visits.way,
        coalesce(fleet_habits.known_at < visits.first_used_at, false) as is_known_elsewhere
    from visits
    left join habits using (holder, network)
    left join fleet_habits using (network)
    left join roamers using (holder)
    where
        visits.way in ('other-client', 'left-network', 'roamed')
        and visits.access_key_id not in (select access_key_id from shared_keys)
        and not coalesce(habits.known_at < visits.first_used_at, false)
        and not (visits.way = 'roamed' and coalesce(roamers.known_at < visits.first_used_at, false))

),

moved_keys as (

    -- The gravest of its moves.
    select
        access_key_id,
        arg_min(way, list_position(['other-client', 'left-network', 'roamed'], way)) as way,
        bool_and(is_known_elsewhere) as is_known_elsewhere,
        list_sort(list(network)) as networks
    from strange_places
    group by access_key_id

),

children as (

    select issuing_event_id as event_id, access_key_id as child_key_id
    from sessions
    where issuing_event_id is not null

)

select
    holders.agent_id,
    holders.task_id,
    holders.task_type,
    holders.on_behalf_of,
    [moved_keys.access_key_id] as access_key_ids,
    list_sort(list_distinct(list(events.role_arn))) as role_arns,
    list_sort(list_distinct(list(events.account_id))) as account_ids,
    list_sort(list_distinct(list(events.aws_region))) as regions,
    min(events.event_time) as first_seen,
    max(events.event_time) as last_seen,
    list(events.event_id order by events.event_time, events.event_id) as event_ids,
    list_sort(list_distinct(list(events.action))) as actions,
    min(events.principal_arn) as principal_arn,
    moved_keys.way,
    moved_keys.is_known_elsewhere,
    homes.home_network,
    homes.home_clients,
    moved_keys.networks,
    list_sort(list_distinct(list(outside_calls.client))) as clients,
    coalesce(bool_or(homes.home_last_used_at > events.event_time), false) as is_home_in_use,
    count(*) as call_count,
    count(*) filter (where events.error_code is null) as succeeded_count,
    coalesce(
        list_sort(list_distinct(list(events.capability) filter (where events.error_code is null))),
        []
    ) as capabilities,
    coalesce(
        list_sort(list_distinct(list(children.child_key_id) filter (where children.child_key_id is not null))),
        []
    ) as child_key_ids
from moved_keys
inner join holders using (access_key_id)
inner join homes using (access_key_id)
inner join outside_calls
    on outside_calls.access_key_id = moved_keys.access_key_id
    and list_contains(moved_keys.networks, outside_calls.network)
inner join events on events.event_id = outside_calls.event_id
left join children on children.event_id = outside_calls.event_id
group by
    moved_keys.access_key_id,
    holders.agent_id,
    holders.task_id,
    holders.task_type,
    holders.on_behalf_of,
    moved_keys.way,
    moved_keys.is_known_elsewhere,
    homes.home_network,
    homes.home_clients,
    moved_keys.networks
order by access_key_ids
