-- Grain:  task (agent id + task id) that was denied many different actions.
-- Reads:  events, tasks, sessions.
-- Misses: probing that the permissions allow; attempts spread over many tasks; errors that hide a denial
--         (a 404 for an object that may not be seen).
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
        error_code is null as succeeded,
        coalesce(regexp_matches(error_code, '(?i)access_?denied|not_?authorized|unauthorized|forbidden|authorizationerror'), false)
            as is_denied,
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

known as (

    select spans.task_type, calls.action, min(spans.ended_at) as known_at
    from calls
    inner join spans using (agent_id, task_id)
    where calls.succeeded
    group by spans.task_type, calls.action

),

attempts as (

    select
        calls.agent_id,
        calls.task_id,
        calls.action,
        calls.capability,
        calls.event_source,
        calls.capability in ('export', 'share', 'credential', 'privilege', 'evade', 'destroy') as is_sensitive,
        min(calls.event_time) filter (where calls.is_denied) as denied_at,
        max(calls.event_time) filter (where calls.succeeded) as succeeded_at
    from calls
    inner join spans using (agent_id, task_id)
    -- What such tasks are used to do, a broken role or a new guard rail denies: that is no search.
    left join known
        on known.task_type = spans.task_type
        and known.action = calls.action
        and known.known_at < spans.started_at
    where known.action is null
    group by calls.agent_id, calls.task_id, calls.action, calls.capability, calls.event_source

),

denials as (

    select agent_id, task_id, action, capability, event_source, is_sensitive, denied_at
    from attempts
    where denied_at is not null

),

denied as (

    select
        agent_id,
        task_id,
        count(*)::bigint as denied_count,
        count(distinct event_source)::bigint as service_count,
        count(*) filter (where is_sensitive)::bigint as sensitive_count
    from denials
    group by agent_id, task_id

),

sizes as (

    select agent_id, task_id, count(*)::bigint as call_count
    from calls
    group by agent_id, task_id

),

facts as (

    select
        spans.agent_id,
        spans.task_id,
        spans.task_type,
        spans.started_at,
        spans.ended_at,
        coalesce(sizes.call_count, 0) as call_count,
        coalesce(denied.denied_count, 0) as denied_count
    from spans
    left join sizes using (agent_id, task_id)
    left join denied using (agent_id, task_id)

),

levels as (

    select
        agent_id,
        task_id,
        unnest([1, 2, 3, 4]) as level,
        unnest([concat(agent_id, ' ', task_type), agent_id, task_type, '']) as group_id,
        started_at,
        ended_at,
        call_count,
        denied_count
    from facts

),

bounds as (

    select level, group_id, agent_id, task_id, started_at as bound_at, 0 as is_end, 0 as calls_known, 0 as denied_known
    from levels
    union all
    select
        level,
        group_id,
        agent_id,
        task_id,
        ended_at as bound_at,
        1 as is_end,
        call_count as calls_known,
        -- A task that searched teaches little.
        least(denied_count, 2 * $minimum_actions::integer) as denied_known
    from levels

),

-- At one instant the beginnings sort first: a task that ends as another begins is not history to it.
histories as (

    select
        level,
        agent_id,
        task_id,
        (sum(is_end) over by_time)::bigint as history_count,
        (sum(calls_known) over by_time)::double as calls_before,
        (sum(denied_known) over by_time)::double as denied_before,
        (count(*) filter (where denied_known > 0) over by_time)::bigint as deniers_before
    from bounds
    window by_time as (
        partition by level, group_id
        order by bound_at, is_end
        rows between unbounded preceding and current row
    )
    qualify is_end = 0

),

expected as (

    -- A history without denials has not shown that there are none: half a denial is added.
    select
        histories.level,
        histories.agent_id,
        histories.task_id,
        histories.history_count,
        histories.deniers_before,
        facts.call_count,
        denied.denied_count,
        denied.service_count,
        denied.sensitive_count,
        facts.call_count * (histories.denied_before + 0.5) / greatest(histories.calls_before, 1) as expected_count
    from histories
    inner join facts using (agent_id, task_id)
    inner join denied using (agent_id, task_id)
    where histories.history_count >= $minimum_tasks::integer
    qualify row_number() over (partition by histories.agent_id, histories.task_id order by histories.level) = 1

),

-- Chernoff's bound of the Poisson tail: as many as this, or more, come with no greater probability.
foraging as (

    select
        level,
        agent_id,
        task_id,
        history_count,
        deniers_before,
        call_count,
        denied_count,
        service_count,
        sensitive_count,
        expected_count,
        exp(denied_count - expected_count - denied_count * ln(denied_count / expected_count)) as probability
    from expected
    where
        denied_count >= $minimum_actions::integer
        and service_count >= $minimum_services::integer
        and denied_count > expected_count
        and exp(denied_count - expected_count - denied_count * ln(denied_count / expected_count))
        <= $maximum_probability::double

),

-- The search that found something.
gains as (

    select denials.agent_id, denials.task_id, list_sort(list(distinct attempts.action)) as gained_actions
    from denials
    inner join attempts using (agent_id, task_id, capability)
    where denials.is_sensitive and attempts.succeeded_at > denials.denied_at
    group by denials.agent_id, denials.task_id

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
    ['task-type', 'agent', 'peers', 'fleet'][foraging.level] as level,
    foraging.history_count,
    foraging.deniers_before,
    foraging.denied_count,
    foraging.service_count,
    foraging.sensitive_count,
    foraging.expected_count,
    foraging.probability,
    min(calls.attribution_confidence) as attribution_confidence,
    coalesce(any_value(gains.gained_actions), []) as gained_actions,
    coalesce(any_value(task_roles.task_role_arns), []) as task_role_arns
from foraging
inner join denials using (agent_id, task_id)
inner join calls
    on calls.agent_id = foraging.agent_id
    and calls.task_id = foraging.task_id
    and calls.action = denials.action
    and calls.is_denied
inner join spans
    on spans.agent_id = foraging.agent_id and spans.task_id = foraging.task_id
left join gains
    on gains.agent_id = foraging.agent_id and gains.task_id = foraging.task_id
left join task_roles
    on task_roles.agent_id = foraging.agent_id and task_roles.task_id = foraging.task_id
group by
    calls.agent_id,
    calls.task_id,
    foraging.level,
    foraging.history_count,
    foraging.deniers_before,
    foraging.denied_count,
    foraging.service_count,
    foraging.sensitive_count,
    foraging.expected_count,
    foraging.probability
order by calls.agent_id, calls.task_id
