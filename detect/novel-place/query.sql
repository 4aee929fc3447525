-- Grain:  task (agent id + task id) that was in places new to its agent: region, account, network, client.
-- Reads:  events, tasks, delegations.
-- Misses: calls that an AWS service made in the agent's name (invoked_by); hosts that share a network or
--         a VPC endpoint; the region of services that log in one region only.
with

spans as materialized (

    select agent_id, task_id, coalesce(task_type, agent_id) as task_type, started_at, ended_at
    from tasks

),

calls as materialized (

    select
        agent_id,
        task_id,
        task_type,
        on_behalf_of,
        access_key_id,
        role_arn,
        account_id,
        aws_region,
        event_id,
        event_time,
        action,
        coalesce(capability, 'write-config') as capability,
        error_code is null as succeeded,
        attribution_confidence,
        case
            when
                split_part(event_source, '.', 1) not in (
                    'iam', 'sts', 'organizations', 'route53', 'cloudfront', 'ce', 'support', 'health',
                    'account', 'globalaccelerator', 'shield', 'waf', 'budgets', 'sso', 'signin', 'aws-mcp'
                )
                then aws_region
        end as region,
        case
            when not regexp_full_match(lower(source_ip), '[0-9a-f:.]+') then null
            when vpc_endpoint_id is not null then vpc_endpoint_id
            when contains(source_ip, ':') then concat(
                array_to_string(
                    list_transform(
                        [1, 2, 3],
                        lambda place: coalesce(
                            nullif(ltrim(split_part(split_part(lower(source_ip), '::', 1), ':', place), '0'), ''), '0'
                        )
                    ),
                    ':'
                ),
                '::/48'
            )
            else nullif(regexp_replace(source_ip, '^(\d+\.\d+\.\d+)\.\d+$', '\1.0/24'), '')
        end as network,
        case
            when regexp_matches(user_agent, '^\[?(Mozilla/|S3Console|(console|signin)\.amazonaws\.com)')
                then 'console'
            when user_agent is null or user_agent = '' or ends_with(user_agent, '.amazonaws.com') then null
            when regexp_matches(user_agent, '(?i)\bterraform\b') then 'terraform'
            when regexp_matches(user_agent, '(?i)^\[?(boto3|botocore)/') then 'boto3'
            -- Nothing of a stranger's text but a short name.
            else coalesce(nullif(regexp_extract(lower(user_agent), '^\[?([a-z0-9._-]{1,40})', 1), ''), 'other')
        end as client
    from events
    where
        agent_id is not null
        and task_id is not null
        and (invoked_by is null or ends_with(invoked_by, '-mcp.amazonaws.com'))

),

combinations as (

    select
        agent_id,
        task_id,
        region,
        account_id,
        network,
        client,
        case when succeeded then capability end as capability
    from calls
    group by all

),

unpivoted as (

    select
        agent_id,
        task_id,
        unnest([
            {'dimension': 'region', 'place': region},
            {'dimension': 'account', 'place': account_id},
            {'dimension': 'network', 'place': network},
            {'dimension': 'client', 'place': client},
            -- What was done is no place: it weighs what was done in one.
            {'dimension': 'capability', 'place': capability}
        ]) as part
    from combinations

),

uses as materialized (

    select
        unpivoted.agent_id,
        unpivoted.task_id,
        unpivoted.part.dimension as dimension,
        unpivoted.part.place as place,
        any_value(spans.started_at) as started_at,
        any_value(spans.ended_at) as ended_at
    from unpivoted
    inner join spans using (agent_id, task_id)
    where unpivoted.part.place is not null
    group by unpivoted.agent_id, unpivoted.task_id, unpivoted.part.dimension, unpivoted.part.place

),

levels as materialized (

    select agent_id, task_id, 1 as level, agent_id as group_id, started_at, ended_at from spans
    union all
    select agent_id, task_id, 2 as level, task_type as group_id, started_at, ended_at from spans
    union all
    select agent_id, task_id, 3 as level, '' as group_id, started_at, ended_at from spans

),

task_bounds as (

    select level, group_id, agent_id, task_id, started_at as bound_at, 0 as is_end from levels
    union all
    select level, group_id, agent_id, task_id, ended_at as bound_at, 1 as is_end from levels

),

-- At one instant the beginnings sort first: a task that ends as another begins is not history to it.
histories as materialized (

    select
        level,
        group_id,
        agent_id,
        task_id,
        (sum(is_end) over (
            partition by level, group_id
            order by bound_at, is_end
            range between unbounded preceding and current row
        ))::bigint as history_count
    from task_bounds
    qualify is_end = 0

),

baselines as (

    select level, group_id, agent_id, task_id, history_count
    from histories
    where history_count >= $minimum_tasks::integer
    qualify row_number() over (partition by agent_id, task_id order by level) = 1

),

use_bounds as (

    select
        levels.level,
        levels.group_id,
        uses.agent_id,
        uses.task_id,
        uses.dimension,
        uses.place,
        bounds.is_end,
        case bounds.is_end when 0 then levels.started_at else levels.ended_at end as bound_at
    from uses
    inner join levels using (agent_id, task_id)
    cross join (select unnest([0, 1]) as is_end) as bounds

),

earlier_uses as materialized (

    select
        level,
        group_id,
        agent_id,
        task_id,
        dimension,
        place,
        (sum(is_end) over (
            partition by level, group_id, dimension, place
            order by bound_at, is_end
            range between unbounded preceding and current row
        ))::bigint as use_count
    from use_bounds
    qualify is_end = 0

),

-- How often the group is somewhere new: of one that always is, a new place says nothing.
firsts as (

    select
        earlier_uses.level,
        earlier_uses.group_id,
        earlier_uses.agent_id,
        earlier_uses.task_id,
        earlier_uses.dimension,
        bool_or(earlier_uses.use_count = 0)::integer as is_first
    from earlier_uses
    inner join histories using (level, group_id, agent_id, task_id)
    where histories.history_count > 0
    group by
        earlier_uses.level,
        earlier_uses.group_id,
        earlier_uses.agent_id,
        earlier_uses.task_id,
        earlier_uses.dimension

),

first_bounds as (

    select
        firsts.level,
        firsts.group_id,
        firsts.agent_id,
        firsts.task_id,
        firsts.dimension,
        bounds.is_end,
        bounds.is_end * firsts.is_first as is_first_end,
        case bounds.is_end when 0 then spans.started_at else spans.ended_at end as bound_at
    from firsts
    inner join spans using (agent_id, task_id)
    cross join (select unnest([0, 1]) as is_end) as bounds

),

rates as (

    -- One new place in a few tasks shows no habit: before any task, one in twenty, as if ten had shown it.
    select
        level,
        group_id,
        agent_id,
        task_id,
        dimension,
        (sum(is_first_end) over by_time + 0.5) / (sum(is_end) over by_time + 10)::double as probability
    from first_bounds
    window by_time as (
        partition by level, group_id, dimension
        order by bound_at, is_end
        range between unbounded preceding and current row
    )
    qualify is_end = 0

),

novel as materialized (

    select
        uses.agent_id,
        uses.task_id,
        uses.dimension,
        uses.place,
        baselines.level,
        baselines.history_count,
        earlier_uses.use_count,
        rates.probability
    from uses
    inner join baselines using (agent_id, task_id)
    inner join earlier_uses using (level, group_id, agent_id, task_id, dimension, place)
    inner join rates using (level, group_id, agent_id, task_id, dimension)
    where
        earlier_uses.use_count < $adopted_tasks::integer
        and (earlier_uses.use_count + 1) / (baselines.history_count + 2)::double
        <= $maximum_probability::double
        and rates.probability <= $maximum_probability::double

),

elsewhere as (

    select
        agent_id,
        task_id,
        dimension,
        place,
        sum(use_count) filter (where level = 1) as own_count,
        sum(use_count) filter (where level = 2) as type_count,
        sum(use_count) filter (where level = 3) as fleet_count
    from earlier_uses
    group by agent_id, task_id, dimension, place

),

compared as (

    -- One task of another agent may be the same thief's.
    select
        novel.agent_id,
        novel.task_id,
        novel.dimension,
        novel.place,
        novel.level,
        novel.history_count,
        novel.use_count,
        novel.probability,
        elsewhere.fleet_count - elsewhere.own_count >= $adopted_tasks::integer as is_known_to_fleet,
        elsewhere.type_count - elsewhere.own_count >= $adopted_tasks::integer as is_known_to_peers
    from novel
    inner join elsewhere using (agent_id, task_id, dimension, place)
    where novel.dimension <> 'capability'

),

dimensions as (

    select
        agent_id,
        task_id,
        dimension,
        list_sort(list(place)) as places,
        any_value(level) as level,
        any_value(history_count) as history_count,
        max(use_count) as use_count,
        max(probability) as probability,
        bool_and(is_known_to_fleet) as is_known_to_fleet,
        bool_and(is_known_to_peers) as is_known_to_peers
    from compared
    group by agent_id, task_id, dimension

),

summaries as materialized (

    select
        agent_id,
        task_id,
        any_value(level) as level,
        any_value(history_count) as history_count,
        max(use_count) as use_count,
        max(probability) as probability,
        coalesce(any_value(places) filter (where dimension = 'region'), []) as new_regions,
        coalesce(any_value(places) filter (where dimension = 'account'), []) as new_accounts,
        coalesce(any_value(places) filter (where dimension = 'network'), []) as new_networks,
        coalesce(any_value(places) filter (where dimension = 'client'), []) as new_clients,
        coalesce(list_sort(list(dimension) filter (where is_known_to_fleet)), []) as fleet_known,
        coalesce(list_sort(list(dimension) filter (where is_known_to_peers)), []) as peer_known
    from dimensions
    group by agent_id, task_id

),

-- A chain of roles, within the task, into another account.
hops as (

    select distinct child_agent_id as agent_id, child_task_id as task_id, child_account_id as account_id
    from delegations
    where
        parent_agent_id = child_agent_id
        and parent_task_id = child_task_id
        and parent_account_id <> child_account_id

),

judged_calls as (

    select
        calls.agent_id,
        calls.task_id,
        calls.task_type,
        calls.on_behalf_of,
        calls.access_key_id,
        calls.role_arn,
        calls.account_id,
        calls.aws_region,
        calls.event_id,
        calls.event_time,
        calls.action,
        calls.capability,
        calls.succeeded,
        calls.attribution_confidence,
        summaries.level,
        summaries.history_count,
        summaries.use_count,
        summaries.probability,
        summaries.new_regions,
        summaries.new_accounts,
        summaries.new_networks,
        summaries.new_clients,
        summaries.fleet_known,
        summaries.peer_known,
        coalesce(
            list_contains(summaries.new_regions, calls.region)
            or list_contains(summaries.new_accounts, calls.account_id)
            or list_contains(summaries.new_networks, calls.network)
            or list_contains(summaries.new_clients, calls.client),
            false
        ) as is_there,
        calls.network is not null and not list_contains(summaries.new_networks, calls.network) as is_at_home,
        hops.account_id is not null and list_contains(summaries.new_accounts, calls.account_id) as is_hop,
        calls.succeeded and new_capabilities.place is not null as is_unfamiliar
    from calls
    inner join summaries using (agent_id, task_id)
    left join hops using (agent_id, task_id, account_id)
    left join novel as new_capabilities
        on new_capabilities.agent_id = calls.agent_id
        and new_capabilities.task_id = calls.task_id
        and new_capabilities.dimension = 'capability'
        and new_capabilities.place = calls.capability

),

task_roles as (

    select agent_id, task_id, list_sort(list_distinct(list(role_arn))) as task_role_arns
    from sessions
    where agent_id is not null and role_arn is not null
    group by agent_id, task_id

)

select
    judged_calls.agent_id,
    judged_calls.task_id,
    min(judged_calls.task_type) as task_type,
    min(judged_calls.on_behalf_of) as on_behalf_of,
    coalesce(list_sort(list_distinct(list(judged_calls.access_key_id) filter (where is_there))), []) as access_key_ids,
    coalesce(list_sort(list_distinct(list(judged_calls.role_arn) filter (where is_there))), []) as role_arns,
    coalesce(list_sort(list_distinct(list(judged_calls.account_id) filter (where is_there))), []) as account_ids,
    coalesce(list_sort(list_distinct(list(judged_calls.aws_region) filter (where is_there))), []) as regions,
    min(judged_calls.event_time) filter (where is_there) as first_seen,
    max(judged_calls.event_time) filter (where is_there) as last_seen,
    coalesce(
        list(judged_calls.event_id order by judged_calls.event_time, judged_calls.event_id) filter (where is_there), []
    ) as event_ids,
    coalesce(list_sort(list_distinct(list(judged_calls.action) filter (where is_there))), []) as actions,
    case judged_calls.level when 1 then 'agent' when 2 then 'peers' else 'fleet' end as level,
    judged_calls.history_count,
    judged_calls.use_count as earlier_count,
    judged_calls.probability,
    judged_calls.new_regions,
    judged_calls.new_accounts,
    judged_calls.new_networks,
    judged_calls.new_clients,
    judged_calls.fleet_known,
    judged_calls.peer_known,
    bool_or(judged_calls.is_at_home) as is_split,
    bool_or(judged_calls.is_hop) as is_hop,
    coalesce(
        list_sort(list_distinct(list(judged_calls.capability) filter (where is_there and succeeded))), []
    ) as capabilities,
    coalesce(
        list_sort(list_distinct(list(judged_calls.capability) filter (where is_there and is_unfamiliar))), []
    ) as unfamiliar,
    count(*) filter (where is_there) as call_count,
    min(judged_calls.attribution_confidence) filter (where is_there) as attribution_confidence,
    coalesce(any_value(task_roles.task_role_arns), []) as task_role_arns
from judged_calls
left join task_roles
    on task_roles.agent_id = judged_calls.agent_id and task_roles.task_id = judged_calls.task_id
group by
    judged_calls.agent_id,
    judged_calls.task_id,
    judged_calls.level,
    judged_calls.history_count,
    judged_calls.use_count,
    judged_calls.probability,
    judged_calls.new_regions,
    judged_calls.new_accounts,
    judged_calls.new_networks,
    judged_calls.new_clients,
    judged_calls.fleet_known,
    judged_calls.peer_known
order by judged_calls.agent_id, judged_calls.task_id
