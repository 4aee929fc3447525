-- Grain:  task (agent id + task id) + capability of which the task did far more than such tasks do.
-- Reads:  events, tasks, task_resources, sessions.
-- Misses: calls that failed; bytes of services that do not log them; what is spread over many tasks.
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
        try_cast(try_cast(additional_event_data ->> 'bytesTransferredOut' as double) as bigint) as bytes_out,
        attribution_confidence
    from events
    where
        agent_id is not null
        and task_id is not null
        and error_code is null
        -- The envelope of a tool call: the call in it is judged by itself.
        and event_type is distinct from 'AwsMcpEvent'
        and (invoked_by is null or ends_with(invoked_by, '-mcp.amazonaws.com'))

),

spans as (

    select agent_id, task_id, coalesce(task_type, agent_id) as task_type, started_at, ended_at
    from tasks

),

-- Consecutive calls of one action share the difference of the two numbers.
numbered as (

    select
        agent_id,
        task_id,
        capability,
        action,
        row_number() over (partition by agent_id, task_id order by event_time, event_id)
        - row_number() over (partition by agent_id, task_id, action order by event_time, event_id) as run
    from calls

),

runs as (

    select agent_id, task_id, capability, count(*) as call_count
    from numbered
    group by agent_id, task_id, capability, action, run

),

minutes as (

    select agent_id, task_id, capability, count(*) as call_count
    from calls
    group by agent_id, task_id, capability, date_trunc('minute', event_time)

),

measured as (

    select agent_id, task_id, capability, 'calls' as measure, count(*)::bigint as amount
    from calls
    group by agent_id, task_id, capability
    union all
    select agent_id, task_id, capability, 'bytes' as measure, sum(bytes_out)::bigint as amount
    from calls
    group by agent_id, task_id, capability
    having sum(bytes_out) > 0
    union all
    select agent_id, task_id, capability, 'calls in a row' as measure, max(call_count)::bigint as amount
    from runs
    group by agent_id, task_id, capability
    union all
    select agent_id, task_id, capability, 'calls in a minute' as measure, max(call_count)::bigint as amount
    from minutes
    group by agent_id, task_id, capability
    union all
    select resources.agent_id, resources.task_id, resources.capability, 'resources' as measure, count(*)::bigint as amount
    from task_resources as resources
    semi join calls
        on calls.agent_id = resources.agent_id
        and calls.task_id = resources.task_id
        and calls.capability = resources.capability
    -- Looking at many is no news; to unpack what was named is most of the work.
    where resources.capability in ('read-data', 'export', 'share', 'credential', 'privilege', 'evade', 'destroy')
    group by resources.agent_id, resources.task_id, resources.capability

),

amounts as (

    select
        agent_id,
        task_id,
        capability,
        measure,
        amount,
        amount >= case
            when measure = 'bytes' then $minimum_bytes::bigint
            when capability in ('export', 'share', 'credential', 'privilege', 'evade', 'destroy')
                then $minimum_sensitive_calls::bigint
            else $minimum_calls::bigint
        end as is_large
    from measured

),

levels as (

    select agent_id, task_id, 1 as level, concat(agent_id, ' ', task_type) as group_id, started_at, ended_at
    from spans
    union all
    select agent_id, task_id, 2 as level, task_type as group_id, started_at, ended_at from spans
    union all
    select agent_id, task_id, 3 as level, agent_id as group_id, started_at, ended_at from spans
    union all
    select agent_id, task_id, 4 as level, '' as group_id, started_at, ended_at from spans

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

judged as (

    select
        baselines.level,
        baselines.group_id,
        baselines.agent_id,
        baselines.task_id,
        baselines.history_count,
        amounts.capability,
        amounts.measure,
        amounts.amount
    from amounts
    inner join baselines using (agent_id, task_id)
    where amounts.is_large

),

compared as (

    select distinct level, group_id, capability, measure
    from judged

),

-- Only of those that did it at all: the many that did not would make any amount large.
amount_bounds as (

    select
        compared.level,
        compared.group_id,
        compared.capability,
        compared.measure,
        amounts.agent_id,
        amounts.task_id,
        levels.started_at as bound_at,
        0 as is_end,
        null as known_amount
    from amounts
    inner join levels using (agent_id, task_id)
    inner join compared using (level, group_id, capability, measure)
    where amounts.is_large
    union all
    select
        compared.level,
        compared.group_id,
        compared.capability,
        compared.measure,
        amounts.agent_id,
        amounts.task_id,
        levels.ended_at as bound_at,
        1 as is_end,
        amounts.amount as known_amount
    from amounts
    inner join levels using (agent_id, task_id)
    inner join compared using (level, group_id, capability, measure)

),

usuals as (

    select
        level,
        group_id,
        capability,
        measure,
        agent_id,
        task_id,
        (count(known_amount) over by_time)::bigint as use_count,
        coalesce(max(known_amount) over by_time, 0)::bigint as largest,
        coalesce(quantile_cont(known_amount::double, 0.5) over by_time, 0) as median,
        coalesce(quantile_cont(known_amount::double, 0.95) over by_time, 0) as usual
    from amount_bounds
    window by_time as (
        partition by level, group_id, capability, measure
        order by bound_at, is_end
        rows between unbounded preceding and current row
    )
    qualify is_end = 0

),

scored as (

    select
        judged.level,
        judged.agent_id,
        judged.task_id,
        judged.history_count,
        judged.capability,
        judged.measure,
        judged.amount,
        usuals.use_count,
        usuals.largest,
        usuals.usual,
        -- Amounts spread like a log-normal; of few tasks the spread is known badly, so it is taken wider.
        (ln(1 + judged.amount) - ln(1 + usuals.median))
        / greatest((ln(1 + usuals.usual) - ln(1 + usuals.median)) / 1.645, 0.2 + 0.5 / (1 + usuals.use_count))
            as deviation
    from judged
    inner join usuals using (level, group_id, agent_id, task_id, capability, measure)
    -- Other work has other amounts: of the whole fleet only the pace says something about a task.
    where
        judged.level < 4
        or (usuals.use_count >= $minimum_tasks::integer and judged.measure in ('calls in a minute', 'calls in a row'))

),

excesses as (

    select
        level,
        agent_id,
        task_id,
        history_count,
        capability,
        measure,
        amount,
        use_count,
        largest,
        usual
    from scored
    where
        amount > $ratio::double * usual
        -- Of so many the usual amount does not hang on one: a deviant among them does not teach.
        and (amount > largest or use_count >= 20)
        and deviation >= $minimum_deviation::double

),

task_roles as (

    select agent_id, task_id, list_sort(list_distinct(list(role_arn))) as task_role_arns
    from sessions
    where agent_id is not null and role_arn is not null
    group by agent_id, task_id

),

gravest as (

    select
        agent_id,
        task_id,
        capability,
        measure,
        amount,
        use_count,
        largest,
        usual,
        level,
        history_count,
        list_sort(list(measure) over (partition by agent_id, task_id, capability)) as measures
    from excesses
    qualify row_number() over (
        partition by agent_id, task_id, capability
        order by amount / (1 + usual) desc, measure
    ) = 1

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
    gravest.capability,
    ['task-type', 'peers', 'agent', 'fleet'][gravest.level] as level,
    gravest.history_count,
    gravest.measure,
    gravest.measures,
    gravest.amount,
    gravest.use_count,
    gravest.largest,
    gravest.usual,
    count(*) as call_count,
    min(calls.attribution_confidence) as attribution_confidence,
    coalesce(any_value(task_roles.task_role_arns), []) as task_role_arns
from gravest
inner join calls using (agent_id, task_id, capability)
inner join spans using (agent_id, task_id)
left join task_roles
    on task_roles.agent_id = gravest.agent_id and task_roles.task_id = gravest.task_id
group by
    calls.agent_id,
    calls.task_id,
    gravest.capability,
    gravest.level,
    gravest.history_count,
    gravest.measure,
    gravest.measures,
    gravest.amount,
    gravest.use_count,
    gravest.largest,
    gravest.usual
order by calls.agent_id, calls.task_id, gravest.capability
