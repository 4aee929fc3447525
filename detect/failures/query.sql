-- Grain:  task (agent id + task id) + how it searched: 'actions' (it was denied many different ones) or
--         'targets' (it was denied one sensitive action on many).
-- Reads:  events, tasks, sessions.
-- Misses: probing that the permissions allow; attempts spread over many tasks; errors that hide a denial
--         (a 404 for an object that may not be seen); targets that no record names: they count as one.
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
        case
            when is_denied or action = 'sts:AssumeRole' then coalesce(
                -- A retry may change the rest of the parameters.
                list_filter(
                    json_extract_string(request_parameters, [
                        '$.roleArn', '$.instanceId', '$.secretId', '$.userName', '$.roleName', '$.policyArn', '$.keyId',
                        '$.bucketName', '$.tableName', '$.dBInstanceIdentifier', '$.dBSnapshotIdentifier', '$.snapshotId',
                        '$.imageId', '$.volumeId', '$.functionName', '$.logGroupName', '$.name'
                    ]),
                    lambda name: name is not null
                )[1],
                regexp_extract(error_message, 'on resource: (\S+)', 1),
                ''
            )
        end as target,
        -- To assume another role is another thing to do.
        case when action = 'sts:AssumeRole' then target else '' end as deed,
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

    select spans.task_type, calls.action, calls.deed, min(spans.ended_at) as known_at
    from calls
    inner join spans using (agent_id, task_id)
    where calls.succeeded
    group by spans.task_type, calls.action, calls.deed

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
        max(calls.event_time) filter (where calls.succeeded) as succeeded_at,
        count(distinct calls.target) filter (where calls.is_denied)::bigint as target_count
    from calls
    inner join spans using (agent_id, task_id)
    -- What such tasks are used to do, a broken role or a new guard rail denies: that is no search.
    left join known
        on known.task_type = spans.task_type
        and known.action = calls.action
        and (known.deed = calls.deed or calls.deed in ('', '*'))
        and known.known_at < spans.started_at
    where known.action is null
    group by calls.agent_id, calls.task_id, calls.action, calls.capability, calls.event_source

),

denials as (

    select agent_id, task_id, action, capability, event_source, is_sensitive, denied_at, target_count
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

-- The action that was denied on the most targets, of those worth a search.
searches as (

    select agent_id, task_id, action, is_sensitive, target_count
    from denials
    where
        target_count >= $minimum_targets::integer
        and (is_sensitive or action = 'sts:AssumeRole')
    qualify row_number() over (partition by agent_id, task_id order by target_count desc, action) = 1

),

facts as (

    select
        spans.agent_id,
        spans.task_id,
        spans.task_type,
        spans.started_at,
        spans.ended_at,
        coalesce(sizes.call_count, 0) as call_count,
        coalesce(denied.denied_count, 0) as denied_count,
        (searches.action is not null)::integer as search_count
    from spans
    left join sizes using (agent_id, task_id)
    left join denied using (agent_id, task_id)
    left join searches using (agent_id, task_id)

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
        denied_count,
        search_count
    from facts

),

bounds as (

    select
        level,
        group_id,
        agent_id,
        task_id,
        started_at as bound_at,
        0 as is_end,
        0 as calls_known,
        0 as denied_known,
        0 as searches_known
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
        least(denied_count, 2 * $minimum_actions::integer) as denied_known,
        search_count as searches_known
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
        (count(*) filter (where denied_known > 0) over by_time)::bigint as deniers_before,
        (sum(searches_known) over by_time)::bigint as searchers_before
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
        histories.searchers_before,
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
        'actions' as kind,
        null::varchar as searched_action,
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
    union all
    -- By rank: as few of the earlier tasks searched so.
    select
        'targets' as kind,
        searches.action as searched_action,
        expected.level,
        agent_id,
        task_id,
        expected.history_count,
        expected.searchers_before as deniers_before,
        expected.call_count,
        searches.target_count as denied_count,
        1 as service_count,
        searches.is_sensitive::bigint as sensitive_count,
        0 as expected_count,
        (expected.searchers_before + 1) / (expected.history_count + 2) as probability
    from expected
    inner join searches using (agent_id, task_id)
    where (expected.searchers_before + 1) / (expected.history_count + 2) <= $searching_share::double

),

-- The search that found something.
gains as (

    select
        foraging.agent_id,
        foraging.task_id,
        foraging.kind,
        list_sort(list(distinct attempts.action)) as gained_actions
    from foraging
    inner join denials using (agent_id, task_id)
    inner join attempts using (agent_id, task_id, capability)
    where
        attempts.succeeded_at > denials.denied_at
        and case foraging.kind
            when 'targets' then denials.action = foraging.searched_action and attempts.action = foraging.searched_action
            else denials.is_sensitive
        end
    group by foraging.agent_id, foraging.task_id, foraging.kind

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
    foraging.kind,
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
inner join denials
    on denials.agent_id = foraging.agent_id
    and denials.task_id = foraging.task_id
    and denials.action = coalesce(foraging.searched_action, denials.action)
inner join calls
    on calls.agent_id = foraging.agent_id
    and calls.task_id = foraging.task_id
    and calls.action = denials.action
    and calls.is_denied
inner join spans
    on spans.agent_id = foraging.agent_id and spans.task_id = foraging.task_id
left join gains
    on gains.agent_id = foraging.agent_id and gains.task_id = foraging.task_id and gains.kind = foraging.kind
left join task_roles
    on task_roles.agent_id = foraging.agent_id and task_roles.task_id = foraging.task_id
group by
    calls.agent_id,
    calls.task_id,
    foraging.kind,
    foraging.level,
    foraging.history_count,
    foraging.deniers_before,
    foraging.denied_count,
    foraging.service_count,
    foraging.sensitive_count,
    foraging.expected_count,
    foraging.probability
order by calls.agent_id, calls.task_id, foraging.kind
