-- Grain:  task (agent id + task id) + class of a step + class of the next, grave and improbable together.
-- Reads:  events, tasks, sessions.
-- Misses: the true order of calls within one second; steps that failed; task types with few tasks.
with

calls as (

    select
        agent_id,
        task_id,
        on_behalf_of,
        access_key_id,
        role_arn,
        account_id,
        aws_region,
        event_id,
        event_time,
        action,
        coalesce(capability, 'write-config') as capability,
        attribution_confidence
    from events
    where
        agent_id is not null
        and task_id is not null
        and error_code is null
        and coalesce(capability, 'write-config') not in ('read-metadata', 'read-data')
        -- The envelope of a tool call: the call in it is judged by itself.
        and event_type is distinct from 'AwsMcpEvent'
        and (invoked_by is null or ends_with(invoked_by, '-mcp.amazonaws.com'))

),

spans as (

    select agent_id, task_id, coalesce(task_type, agent_id) as task_type, started_at, ended_at
    from tasks

),

ordered as (

    select
        agent_id,
        task_id,
        event_id,
        action,
        capability,
        lag(event_id) over by_time as from_event_id,
        lag(action) over by_time as from_action,
        lag(capability) over by_time as from_capability
    from calls
    window by_time as (partition by agent_id, task_id order by event_time, event_id)

),

-- From class to class: the order of what belongs together is the agent's to choose, and it changes.
moves as (

    select agent_id, task_id, from_event_id, event_id, from_capability, capability as to_capability
    from ordered
    where from_action <> action

),

steps as (

    select distinct agent_id, task_id, from_capability, to_capability
    from moves

),

grave as (

    select agent_id, task_id, from_capability, to_capability
    from steps
    where
        (
            from_capability in ('export', 'share', 'credential', 'privilege', 'evade', 'destroy', 'run-code')
            and to_capability in ('export', 'share', 'credential', 'privilege', 'evade', 'destroy', 'run-code')
        )
        or (from_capability in ('credential', 'export') and to_capability in ('write-data', 'network'))

),

levels as (

    select
        agent_id,
        task_id,
        unnest([1, 2, 3]) as level,
        unnest([concat(agent_id, ' ', task_type), task_type, '']) as group_id,
        started_at,
        ended_at
    from spans

),

-- Tasks that took the step, that could have, that came to its end from anywhere, and all.
marks as (

    select agent_id, task_id, 'step' as kind, from_capability, to_capability from grave
    union all
    select distinct agent_id, task_id, 'from' as kind, from_capability, '' as to_capability from steps
    union all
    select distinct agent_id, task_id, 'to' as kind, '' as from_capability, to_capability from steps
    union all
    select agent_id, task_id, 'task' as kind, '' as from_capability, '' as to_capability from spans

),

bounds as (

    select
        levels.level,
        levels.group_id,
        marks.kind,
        marks.from_capability,
        marks.to_capability,
        marks.agent_id,
        marks.task_id,
        levels.started_at as bound_at,
        0 as is_end
    from marks
    inner join levels using (agent_id, task_id)
    union all
    select
        levels.level,
        levels.group_id,
        marks.kind,
        marks.from_capability,
        marks.to_capability,
        marks.agent_id,
        marks.task_id,
        levels.ended_at as bound_at,
        1 as is_end
    from marks
    inner join levels using (agent_id, task_id)

),

-- At one instant the beginnings sort first: a task that ends as another begins is not history to it.
counted as (

    select
        level,
        kind,
        from_capability,
        to_capability,
        agent_id,
        task_id,
        (sum(is_end) over (
            partition by level, group_id, kind, from_capability, to_capability
            order by bound_at, is_end
            rows between unbounded preceding and current row
        ))::bigint as earlier_count
    from bounds
    qualify is_end = 0

),

totals as (

    select
        agent_id,
        task_id,
        kind,
        from_capability,
        to_capability,
        max(earlier_count) filter (where level = 1) as own_count,
        max(earlier_count) filter (where level = 2) as peer_count,
        max(earlier_count) filter (where level = 3) as fleet_count
    from counted
    group by agent_id, task_id, kind, from_capability, to_capability

),

counts as (

    select
        grave.agent_id,
        grave.task_id,
        grave.from_capability,
        grave.to_capability,
        tasks.own_count as own_tasks,
        tasks.peer_count as peer_tasks,
        tasks.fleet_count as fleet_tasks,
        taken.own_count as own_steps,
        taken.peer_count as peer_steps,
        taken.fleet_count as fleet_steps,
        froms.own_count as own_froms,
        froms.peer_count as peer_froms,
        froms.fleet_count as fleet_froms,
        tos.peer_count as peer_tos,
        tos.fleet_count as fleet_tos
    from grave
    inner join totals as taken
        on taken.kind = 'step'
        and taken.agent_id = grave.agent_id
        and taken.task_id = grave.task_id
        and taken.from_capability = grave.from_capability
        and taken.to_capability = grave.to_capability
    inner join totals as froms
        on froms.kind = 'from'
        and froms.agent_id = grave.agent_id
        and froms.task_id = grave.task_id
        and froms.from_capability = grave.from_capability
    inner join totals as tos
        on tos.kind = 'to'
        and tos.agent_id = grave.agent_id
        and tos.task_id = grave.task_id
        and tos.to_capability = grave.to_capability
    inner join totals as tasks
        on tasks.kind = 'task' and tasks.agent_id = grave.agent_id and tasks.task_id = grave.task_id

),

-- How often tasks come to the class at all, then from this one: in the fleet, the type, the agent's own
-- tasks of the type. Each is drawn towards the one before with the weight of so many tasks.
fleet_odds as (

    select
        agent_id,
        task_id,
        from_capability,
        to_capability,
        own_tasks,
        peer_tasks,
        fleet_tasks,
        own_steps,
        peer_steps,
        fleet_steps,
        own_froms,
        peer_froms,
        peer_tos,
        -- What one task alone ever did, an attack perhaps, is no habit.
        (greatest(fleet_steps - 1, 0) + $smoothing::double * (fleet_tos + 0.5) / (fleet_tasks + 1))
        / (fleet_froms + $smoothing::double) as fleet_probability
    from counts

),

scored as (

    select
        agent_id,
        task_id,
        from_capability,
        to_capability,
        own_tasks,
        peer_tasks,
        peer_steps,
        fleet_steps,
        fleet_tasks,
        least(peer_froms, peer_tos) as rarer_count,
        (own_steps + $smoothing::double * (
            (peer_steps + $smoothing::double * fleet_probability) / (peer_froms + $smoothing::double)
        )) / (own_froms + $smoothing::double) as probability
    from fleet_odds
    where peer_tasks >= $minimum_tasks::integer

),

-- What the type's earlier tasks came to: agents that are always surprising surprise no one.
scores as (

    select
        spans.agent_id,
        spans.task_id,
        spans.task_type,
        spans.started_at,
        spans.ended_at,
        coalesce(max(-ln(scored.probability)), 0) as surprise
    from spans
    left join scored using (agent_id, task_id)
    group by spans.agent_id, spans.task_id, spans.task_type, spans.started_at, spans.ended_at

),

score_bounds as (

    select agent_id, task_id, task_type, started_at as bound_at, 0 as is_end, null as known_surprise from scores
    union all
    select agent_id, task_id, task_type, ended_at as bound_at, 1 as is_end, surprise as known_surprise from scores

),

usuals as (

    select
        agent_id,
        task_id,
        quantile_disc(known_surprise, 0.9) over (
            partition by task_type
            order by bound_at, is_end
            rows between unbounded preceding and current row
        ) as usual_surprise
    from score_bounds
    qualify is_end = 0

),

improbable as (

    select
        scored.agent_id,
        scored.task_id,
        scored.from_capability,
        scored.to_capability,
        scored.own_tasks,
        scored.peer_tasks,
        scored.peer_steps,
        scored.fleet_steps,
        scored.fleet_tasks,
        scored.rarer_count,
        scored.probability
    from scored
    inner join usuals using (agent_id, task_id)
    where
        scored.probability <= $maximum_probability::double
        and -ln(scored.probability) > coalesce(usuals.usual_surprise, 0)

),

-- Each move with both its ends.
ends as (

    select distinct
        moves.agent_id,
        moves.task_id,
        moves.from_capability,
        moves.to_capability,
        unnest([moves.from_event_id, moves.event_id]) as event_id
    from moves
    semi join improbable using (agent_id, task_id, from_capability, to_capability)

),

task_roles as (

    select agent_id, task_id, list_sort(list_distinct(list(role_arn))) as task_role_arns
    from sessions
    where agent_id is not null and role_arn is not null
    group by agent_id, task_id

)

select
    calls.agent_id,
    calls.task_id,
    min(spans.task_type) as task_type,
    min(calls.on_behalf_of) as on_behalf_of,
    list_sort(list_distinct(list(calls.access_key_id))) as access_key_ids,
    list_sort(list_distinct(list(calls.role_arn))) as role_arns,
    list_sort(list_distinct(list(calls.account_id))) as account_ids,
    list_sort(list_distinct(list(calls.aws_region))) as regions,
    min(calls.event_time) as first_seen,
    max(calls.event_time) as last_seen,
    list(calls.event_id order by calls.event_time, calls.event_id) as event_ids,
    list_sort(list_distinct(list(calls.action))) as actions,
    improbable.from_capability,
    improbable.to_capability,
    improbable.own_tasks,
    improbable.peer_tasks,
    improbable.peer_steps,
    improbable.fleet_steps,
    improbable.fleet_tasks,
    improbable.rarer_count,
    improbable.probability,
    min(calls.attribution_confidence) as attribution_confidence,
    coalesce(any_value(task_roles.task_role_arns), []) as task_role_arns
from improbable
inner join ends using (agent_id, task_id, from_capability, to_capability)
inner join calls
    on calls.agent_id = ends.agent_id and calls.task_id = ends.task_id and calls.event_id = ends.event_id
inner join spans
    on spans.agent_id = improbable.agent_id and spans.task_id = improbable.task_id
left join task_roles
    on task_roles.agent_id = improbable.agent_id and task_roles.task_id = improbable.task_id
group by
    calls.agent_id,
    calls.task_id,
    improbable.from_capability,
    improbable.to_capability,
    improbable.own_tasks,
    improbable.peer_tasks,
    improbable.peer_steps,
    improbable.fleet_steps,
    improbable.fleet_tasks,
    improbable.rarer_count,
    improbable.probability
order by calls.agent_id, calls.task_id, improbable.from_capability, improbable.to_capability
