-- Grain:  task (agent id + task id) + capability of actions that are new to the agent.
-- Reads:  events, tasks, sessions.
-- Misses: an old action on a new target; what an AWS service did in the agent's name (invoked_by).
with

calls as (

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
        attribution_confidence
    from events
    where
        agent_id is not null
        and task_id is not null
        -- The envelope of a tool call: the call in it is judged by itself.
        and event_type is distinct from 'AwsMcpEvent'
        and (invoked_by is null or ends_with(invoked_by, '-mcp.amazonaws.com'))

),

spans as (

    select agent_id, task_id, coalesce(task_type, agent_id) as task_type, started_at, ended_at
    from tasks

),

uses as (

    select
        calls.agent_id,
        calls.task_id,
        calls.action,
        min(calls.capability) as capability,
        min(spans.task_type) as task_type,
        min(spans.started_at) as started_at,
        min(spans.ended_at) as ended_at,
        bool_or(calls.succeeded) as succeeded
    from calls
    inner join spans using (agent_id, task_id)
    group by calls.agent_id, calls.task_id, calls.action

),

levels as (

    -- An agent without enough tasks of its own borrows from all tasks of the type.
    select agent_id, task_id, 'agent' as level, agent_id as group_id, started_at, ended_at from spans
    union all
    select agent_id, task_id, 'peers' as level, task_type as group_id, started_at, ended_at from spans

),

task_bounds as (

    select level, group_id, agent_id, task_id, started_at as bound_at, 0 as is_end from levels
    union all
    select level, group_id, agent_id, task_id, ended_at as bound_at, 1 as is_end from levels

),

-- At one instant the beginnings sort first: a task that ends as another begins is not history to it.
histories as (

    select
        level,
        group_id,
        agent_id,
        task_id,
        (sum(is_end) over (
            partition by level, group_id
            order by bound_at, is_end
            rows between unbounded preceding and current row
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
        uses.action,
        levels.started_at as bound_at,
        0 as is_end,
        0 as is_success
    from uses
    inner join levels using (agent_id, task_id)
    union all
    select
        levels.level,
        levels.group_id,
        uses.agent_id,
        uses.task_id,
        uses.action,
        levels.ended_at as bound_at,
        1 as is_end,
        uses.succeeded::integer as is_success
    from uses
    inner join levels using (agent_id, task_id)

),

earlier_uses as (

    select
        level,
        group_id,
        agent_id,
        task_id,
        action,
        (sum(is_end) over by_time)::bigint as use_count,
        (sum(is_success) over by_time)::bigint as success_count
    from use_bounds
    window by_time as (
        partition by level, group_id, action
        order by bound_at, is_end
        rows between unbounded preceding and current row
    )
    qualify is_end = 0

),

judged as (

    select
        uses.agent_id,
        uses.task_id,
        uses.action,
        uses.capability,
        uses.task_type,
        uses.started_at,
        uses.succeeded,
        baselines.level,
        baselines.history_count,
        -- A denied attempt does not make success normal.
        case when uses.succeeded then earlier_uses.success_count else earlier_uses.use_count end
            as earlier_count
    from uses
    inner join baselines using (agent_id, task_id)
    inner join earlier_uses using (level, group_id, agent_id, task_id, action)

),

novel as (

    -- The rule of succession: of n tasks k had it, so the next has it with (k + 1) / (n + 2).
    select
        agent_id,
        task_id,
        action,
        capability,
        task_type,
        started_at,
        succeeded,
        level,
        history_count,
        earlier_count,
        (earlier_count + 1) / (history_count + 2)::double as probability
    from judged
    where
        earlier_count < $adopted_tasks::integer
        and (earlier_count + 1) / (history_count + 2)::double <= $maximum_probability::double

),

first_uses as (

    select agent_id, task_type, action, min(ended_at) as known_at
    from uses
    where succeeded
    group by agent_id, task_type, action

),

compared as (

    select
        novel.agent_id,
        novel.task_id,
        novel.action,
        novel.capability,
        novel.succeeded,
        novel.level,
        novel.history_count,
        novel.earlier_count,
        novel.probability,
        count(distinct others.agent_id) as fleet_count,
        count(distinct others.agent_id) filter (where others.task_type = novel.task_type) as peer_count
    from novel
    left join first_uses as others
        on others.action = novel.action
        and others.agent_id <> novel.agent_id
        and others.known_at < novel.started_at
    group by all

),

task_roles as (

    select agent_id, task_id, list_sort(list_distinct(list(role_arn))) as task_role_arns
    from sessions
    where agent_id is not null and role_arn is not null
    group by agent_id, task_id

),

-- What succeeded and is least known elsewhere speaks for the capability.
gravest as (

    select
        agent_id,
        task_id,
        capability,
        level,
        history_count,
        earlier_count,
        probability,
        fleet_count,
        peer_count,
        succeeded
    from compared
    qualify row_number() over (
        partition by agent_id, task_id, capability
        order by succeeded desc, peer_count, probability, fleet_count, action
    ) = 1

)

select
    calls.agent_id,
    calls.task_id,
    min(calls.task_type) as task_type,
    min(calls.on_behalf_of) as on_behalf_of,
    list_sort(list_distinct(list(calls.access_key_id))) as access_key_ids,
    list_sort(list_distinct(list(calls.role_arn))) as role_arns,
    list_sort(list_distinct(list(calls.account_id))) as account_ids,
    list_sort(list_distinct(list(calls.aws_region))) as regions,
    min(calls.event_time) as first_seen,
    max(calls.event_time) as last_seen,
    list(calls.event_id order by calls.event_time, calls.event_id) as event_ids,
    list_sort(list_distinct(list(calls.action))) as actions,
    compared.capability,
    gravest.succeeded,
    gravest.level,
    gravest.history_count,
    gravest.earlier_count,
    gravest.probability,
    gravest.fleet_count,
    gravest.peer_count,
    count(*) as call_count,
    min(calls.attribution_confidence) as attribution_confidence,
    coalesce(any_value(task_roles.task_role_arns), []) as task_role_arns
from compared
inner join calls using (agent_id, task_id, action)
inner join gravest
    on gravest.agent_id = compared.agent_id
    and gravest.task_id = compared.task_id
    and gravest.capability = compared.capability
left join task_roles
    on task_roles.agent_id = compared.agent_id and task_roles.task_id = compared.task_id
group by
    calls.agent_id,
    calls.task_id,
    compared.capability,
    gravest.succeeded,
    gravest.level,
    gravest.history_count,
    gravest.earlier_count,
    gravest.probability,
    gravest.fleet_count,
    gravest.peer_count
order by calls.agent_id, calls.task_id, compared.capability
