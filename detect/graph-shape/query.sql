-- Grain:  task (agent id + task id) that is larger and more varied as a whole than such tasks are.
-- Reads:  events, tasks, sessions.
-- Misses: what is wrong in one respect alone; tasks that do little; task types with few tasks.
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
        event_source,
        action,
        coalesce(capability, 'write-config') as capability,
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

steps as (

    select
        agent_id,
        task_id,
        action,
        lag(action) over (partition by agent_id, task_id order by event_time, event_id) as from_action
    from calls

),

turns as (

    select agent_id, task_id, count(distinct concat(from_action, ' ', action))::double as turn_count
    from steps
    where from_action <> action
    group by agent_id, task_id

),

-- Sessions that a session of the same task issued.
chains as (

    select children.agent_id, children.task_id, count(*)::double as chained_count
    from sessions as children
    inner join sessions as parents
        on parents.access_key_id = children.issuer_access_key_id
        and parents.agent_id = children.agent_id
        and parents.task_id = children.task_id
    group by children.agent_id, children.task_id

),

shapes as (

    select
        agent_id,
        task_id,
        count(distinct action)::double as action_count,
        count(distinct event_source)::double as service_count,
        count(distinct capability)::double as class_count,
        count(distinct capability) filter (
            where capability in ('export', 'share', 'credential', 'privilege', 'evade', 'destroy')
        )::double as sensitive_count,
        count(distinct account_id)::double as account_count,
        count(distinct aws_region)::double as region_count,
        count(distinct access_key_id)::double as session_count,
        count(*) filter (where capability not in ('read-metadata', 'read-data')) / count(*)::double as write_share
    from calls
    group by agent_id, task_id

),

-- Counts grow in proportion, so they are compared as logarithms.
features as (

    select
        spans.agent_id,
        spans.task_id,
        spans.task_type,
        spans.started_at,
        spans.ended_at,
        unnest([
            'actions',
            'services',
            'classes of action',
            'sensitive classes',
            'accounts',
            'regions',
            'sessions',
            'chained sessions',
            'turns from action to action',
            'share of writes'
        ]) as feature,
        unnest([
            ln(1 + shapes.action_count),
            ln(1 + shapes.service_count),
            ln(1 + shapes.class_count),
            ln(1 + shapes.sensitive_count),
            ln(1 + shapes.account_count),
            ln(1 + shapes.region_count),
            ln(1 + shapes.session_count),
            ln(1 + coalesce(chains.chained_count, 0)),
            ln(1 + coalesce(turns.turn_count, 0)),
            2 * shapes.write_share
        ]) as value
    from spans
    inner join shapes using (agent_id, task_id)
    left join turns using (agent_id, task_id)
    left join chains using (agent_id, task_id)

),

groups as (

    select
        agent_id,
        task_id,
        unnest([1, 2]) as level,
        unnest([concat(agent_id, ' ', task_type), task_type]) as group_id,
        started_at,
        ended_at,
        feature,
        value
    from features

),

bounds as (

    select level, group_id, feature, agent_id, task_id, started_at as bound_at, 0 as is_end, value, null as known_value
    from groups
    union all
    select level, group_id, feature, agent_id, task_id, ended_at as bound_at, 1 as is_end, value, value as known_value
    from groups

),

-- At one instant the beginnings sort first: a task that ends as another begins is not history to it.
usuals as (

    select
        level,
        group_id,
        feature,
        agent_id,
        task_id,
        value,
        (count(known_value) over by_time)::bigint as history_count,
        quantile_cont(known_value, 0.5) over by_time as median,
        quantile_cont(known_value, 0.9) over by_time as upper
    from bounds
    window by_time as (
        partition by level, group_id, feature
        order by bound_at, is_end
        rows between unbounded preceding and current row
    )
    qualify is_end = 0

),

-- How far above the usual, in spreads; what is below it is no news, and no one respect outweighs the rest.
deviations as (

    select
        level,
        group_id,
        feature,
        agent_id,
        task_id,
        history_count,
        -- A decimal: its sums are the same in any order.
        least(greatest((value - median) / greatest((upper - median) / 1.282, 0.2), 0), 5)::decimal(9, 3) as deviation
    from usuals
    where history_count >= $minimum_tasks::integer
    qualify min(level) over (partition by agent_id, task_id) = level

),

scores as (

    select
        deviations.level,
        deviations.group_id,
        deviations.agent_id,
        deviations.task_id,
        deviations.history_count,
        spans.task_type,
        spans.started_at,
        spans.ended_at,
        sum(deviations.deviation) as score,
        max(deviations.deviation) filter (where deviations.feature = 'sensitive classes') as sensitive_deviation,
        list(deviations.feature order by deviations.deviation desc, deviations.feature)
            filter (where deviations.deviation >= 2) as odd_features
    from deviations
    inner join spans using (agent_id, task_id)
    group by
        deviations.level,
        deviations.group_id,
        deviations.agent_id,
        deviations.task_id,
        deviations.history_count,
        spans.task_type,
        spans.started_at,
        spans.ended_at

),

-- The rank among what the type's earlier tasks came to, by the rule of succession.
ranked as (

    select
        scores.level,
        scores.agent_id,
        scores.task_id,
        scores.history_count,
        scores.score,
        scores.sensitive_deviation,
        scores.odd_features,
        count(others.task_id) as ranked_count,
        count(others.task_id) filter (where others.score >= scores.score) as as_far_count
    from scores
    left join scores as others
        on others.task_type = scores.task_type and others.ended_at < scores.started_at
    where scores.score >= $minimum_score::double and len(scores.odd_features) >= 2
    group by
        scores.level,
        scores.agent_id,
        scores.task_id,
        scores.history_count,
        scores.score,
        scores.sensitive_deviation,
        scores.odd_features

),

odd as (

    select
        level,
        agent_id,
        task_id,
        history_count,
        score,
        sensitive_deviation,
        odd_features,
        ranked_count,
        as_far_count
    from ranked
    where (as_far_count + 1) / (ranked_count + 2)::double <= $maximum_probability::double

),

firsts as (

    select agent_id, task_id, action, arg_min(event_id, (event_time, event_id)) as event_id
    from calls
    semi join odd using (agent_id, task_id)
    group by agent_id, task_id, action

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
    ['task-type', 'peers'][odd.level] as level,
    odd.history_count,
    odd.ranked_count,
    odd.as_far_count,
    odd.score::double as score,
    odd.sensitive_deviation::double as sensitive_deviation,
    odd.odd_features,
    min(calls.attribution_confidence) as attribution_confidence,
    coalesce(any_value(task_roles.task_role_arns), []) as task_role_arns
from odd
inner join firsts using (agent_id, task_id)
inner join calls
    on calls.agent_id = firsts.agent_id and calls.task_id = firsts.task_id and calls.event_id = firsts.event_id
inner join spans
    on spans.agent_id = odd.agent_id and spans.task_id = odd.task_id
left join task_roles
    on task_roles.agent_id = odd.agent_id and task_roles.task_id = odd.task_id
group by
    calls.agent_id,
    calls.task_id,
    odd.level,
    odd.history_count,
    odd.ranked_count,
    odd.as_far_count,
    odd.score,
    odd.sensitive_deviation,
    odd.odd_features
order by calls.agent_id, calls.task_id
