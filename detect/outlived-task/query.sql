-- Grain:  task (agent id + task id) + how it outlived itself: 'after-silence', 'reminted', 'too-long' or
--         'after-expiry'.
-- Reads:  events, sessions, tasks.
-- Misses: a session that goes on without a pause; what an AWS service did in the agent's name (invoked_by);
--         work without a task.
with

issues as (

    select
        sessions.access_key_id,
        parents.agent_id = sessions.agent_id and parents.task_id = sessions.task_id as is_own,
        -- A key that the task gave itself is as old as the one it came from.
        coalesce(
            case when is_own then coalesce(parents.issued_at, parents.first_used_at) end,
            sessions.issued_at,
            sessions.first_used_at
        ) as fresh_at,
        -- The issuer's role: its sessions change.
        case
            when is_own is not true
            then regexp_replace(sessions.issuer_arn, '^(arn:[^:]+:sts::\d+:assumed-role/[^/]+)/.*$', '\1')
        end as issuer_arn,
        sessions.issuing_event_id
    from sessions
    left join sessions as parents on parents.access_key_id = sessions.issuer_access_key_id
    where sessions.agent_id is not null and sessions.task_id is not null

),

expiries as (

    -- CloudTrail writes a locale's text, of late with a narrow space in it.
    select
        issues.access_key_id,
        try_strptime(
            replace(
                coalesce(
                    issuing.response_elements ->> '$.credentials.expiration',
                    issuing.response_elements ->> '$.credentialSet[0].credentials.expiration'
                ),
                chr(8239),
                ' '
            ),
            ['%b %d, %Y, %I:%M:%S %p', '%b %d, %Y %I:%M:%S %p', '%Y-%m-%dT%H:%M:%SZ']
        ) as expires_at
    from issues
    inner join events as issuing on issuing.event_id = issues.issuing_event_id

),

calls as (

    select
        events.agent_id,
        events.task_id,
        events.event_id,
        events.event_time,
        events.error_code is null as succeeded,
        issues.fresh_at,
        expiries.expires_at,
        lag(events.event_time) over by_time as last_time,
        min(issues.issuer_arn) over (partition by events.agent_id, events.task_id) as first_issuer_arn,
        max(issues.issuer_arn) over (partition by events.agent_id, events.task_id) as other_issuer_arn
    from events
    left join issues using (access_key_id)
    left join expiries using (access_key_id)
    where
        events.agent_id is not null
        and events.task_id is not null
        and events.event_type is distinct from 'AwsMcpEvent'
        and (events.invoked_by is null or ends_with(events.invoked_by, '-mcp.amazonaws.com'))
    window by_time as (
        partition by events.agent_id, events.task_id
        order by events.event_time, events.event_id
    )

),

resumptions as (

    select
        agent_id,
        task_id,
        case when fresh_at > last_time then 'reminted' else 'after-silence' end as kind,
        last_time as silent_since,
        event_time as resumed_at,
        first_issuer_arn <> other_issuer_arn as has_two_issuers
    from calls
    where event_time >= last_time + to_seconds(($silent_hours::double * 3600)::bigint)

),

lives as (

    select
        tasks.agent_id,
        tasks.task_id,
        coalesce(tasks.task_type, tasks.agent_id) as task_type,
        tasks.started_at,
        tasks.ended_at,
        count(resumptions.kind) filter (where resumptions.kind = 'after-silence') as silence_count,
        count(resumptions.kind) filter (where resumptions.kind = 'reminted') as remint_count,
        -- Without its silences, which are judged by themselves.
        epoch(tasks.ended_at - tasks.started_at)
        - coalesce(sum(epoch(resumptions.resumed_at - resumptions.silent_since)), 0) as busy_seconds
    from tasks
    left join resumptions using (agent_id, task_id)
    group by tasks.agent_id, tasks.task_id, tasks.task_type, tasks.started_at, tasks.ended_at

),

levels as (

    select agent_id, task_id, 'task-type' as level, concat(agent_id, chr(0), task_type) as group_id from lives
    union all
    select agent_id, task_id, 'agent' as level, agent_id as group_id from lives
    union all
    select agent_id, task_id, 'peers' as level, task_type as group_id from lives
    union all
    select agent_id, task_id, 'fleet' as level, '' as group_id from lives

),

bounds as (

    select agent_id, task_id, started_at as bound_at, 0 as is_end, 0 as silence, 0 as remint, 0 as busy_seconds
    from lives
    union all
    select
        agent_id,
        task_id,
        ended_at as bound_at,
        1 as is_end,
        least(silence_count, 1) as silence,
        least(remint_count, 1) as remint,
        busy_seconds
    from lives

),

-- At one instant the beginnings sort first: a task that ends as another begins is not history to it.
histories as (

    select
        levels.level,
        bounds.agent_id,
        bounds.task_id,
        (sum(bounds.is_end) over by_time)::bigint as history_count,
        (sum(bounds.silence) over by_time)::bigint as silence_count,
        (sum(bounds.remint) over by_time)::bigint as remint_count,
        (
            count(*) filter (where bounds.busy_seconds > $maximum_hours::double * 3600) over by_time
        )::bigint as long_count,
        -- Only tasks of one type are alike in length.
        case
            when levels.level in ('task-type', 'peers') then max(bounds.busy_seconds) over by_time
        end as longest_seconds
    from bounds
    inner join levels using (agent_id, task_id)
    window by_time as (
        partition by levels.level, levels.group_id
        order by bounds.bound_at, bounds.is_end
        rows between unbounded preceding and current row
    )
    qualify bounds.is_end = 0

),

-- The narrowest level with enough tasks; where none has, all there is.
baselines as (

    select *
    from histories
    qualify row_number() over (
        partition by agent_id, task_id
        order by
            history_count < $minimum_tasks::integer,
            list_position(['task-type', 'agent', 'peers', 'fleet'], level)
            * (case when history_count < $minimum_tasks::integer then -1 else 1 end)
    ) = 1

),

limits as (

    select
        lives.agent_id,
        lives.task_id,
        lives.started_at,
        lives.busy_seconds,
        least(
            $maximum_hours::double * 3600,
            case
                when baselines.history_count >= $minimum_tasks::integer and baselines.longest_seconds is not null
                then greatest($life_margin::double * baselines.longest_seconds, $silent_hours::double * 3600)
            end
        ) as limit_seconds,
        -- From here on, its silences not counted, it is far beyond all that its type ever took.
        case
            when baselines.history_count >= $minimum_tasks::integer and baselines.longest_seconds is not null
            then lives.ended_at - to_seconds((
                lives.busy_seconds
                - greatest($life_margin::double * baselines.longest_seconds, $grave_hours::double * 3600)
            )::bigint)
        end as grave_at
    from lives
    inner join baselines using (agent_id, task_id)

),

claims as (

    select
        agent_id,
        task_id,
        kind,
        arg_min(silent_since, resumed_at) as limit_at,
        min(resumed_at) as from_at,
        count(*) as own_count,
        bool_or(has_two_issuers) as has_two_issuers,
        null::timestamp as grave_at
    from resumptions
    group by agent_id, task_id, kind
    union all
    select
        agent_id,
        task_id,
        'too-long' as kind,
        started_at + to_seconds(limit_seconds::bigint) as limit_at,
        started_at + to_seconds(limit_seconds::bigint) as from_at,
        1 as own_count,
        false as has_two_issuers,
        grave_at
    from limits
    where busy_seconds > limit_seconds
    union all
    select
        agent_id,
        task_id,
        'after-expiry' as kind,
        min(expires_at) as limit_at,
        min(event_time) as from_at,
        1 as own_count,
        false as has_two_issuers,
        null::timestamp as grave_at
    from calls
    where succeeded and event_time > expires_at + to_minutes($expiry_grace_minutes::integer)
    group by agent_id, task_id

),

judged as (

    select
        claims.*,
        lives.task_type,
        lives.busy_seconds / 3600 as busy_hours,
        baselines.level,
        baselines.history_count,
        coalesce(baselines.longest_seconds, 0) / 3600 as longest_hours,
        case claims.kind
            when 'after-silence' then baselines.silence_count
            when 'reminted' then baselines.remint_count
            when 'too-long' then baselines.long_count
            else 0
        end as earlier_count
    from claims
    inner join lives using (agent_id, task_id)
    inner join baselines using (agent_id, task_id)

),

-- A habit: several earlier tasks did so, and not one in many; or this one has, over and over.
unusual as (

    select *
    from judged
    where
        not (
            earlier_count >= $habitual_tasks::integer
            and earlier_count >= $habitual_share::double * history_count
        )
        and not (kind = 'reminted' and own_count >= $habitual_tasks::integer)

),

newer_tasks as (

    select unusual.agent_id, unusual.task_id, unusual.kind, count(*) as newer_count
    from unusual
    inner join lives as newer
        on newer.agent_id = unusual.agent_id
        and newer.started_at > unusual.limit_at
        and newer.started_at <= unusual.from_at
    group by unusual.agent_id, unusual.task_id, unusual.kind

),

task_roles as (

    select agent_id, task_id, list_sort(list_distinct(list(role_arn))) as task_role_arns
    from sessions
    where agent_id is not null and role_arn is not null
    group by agent_id, task_id

)

select
    unusual.agent_id,
    unusual.task_id,
    unusual.task_type,
    min(events.on_behalf_of) as on_behalf_of,
    list_sort(list_distinct(list(events.access_key_id))) as access_key_ids,
    list_sort(list_distinct(list(events.role_arn))) as role_arns,
    list_sort(list_distinct(list(events.account_id))) as account_ids,
    list_sort(list_distinct(list(events.aws_region))) as regions,
    min(events.event_time) as first_seen,
    max(events.event_time) as last_seen,
    list(events.event_id order by events.event_time, events.event_id) as event_ids,
    list_sort(list_distinct(list(events.action))) as actions,
    unusual.kind,
    unusual.limit_at,
    epoch(min(events.event_time) - unusual.limit_at) / 3600 as hours_after,
    unusual.busy_hours,
    unusual.longest_hours,
    unusual.has_two_issuers,
    coalesce(any_value(newer_tasks.newer_count), 0) as newer_count,
    unusual.level,
    unusual.history_count,
    unusual.earlier_count,
    count(*) as call_count,
    count(*) filter (where events.error_code is null) as succeeded_count,
    coalesce(
        count(*) filter (
            where
                events.event_time > unusual.grave_at
                and events.error_code is null
                and events.capability <> 'read-metadata'
        ) >= $grave_calls::integer,
        false
    ) as is_grave,
    coalesce(
        list_sort(list_distinct(list(events.capability) filter (where events.error_code is null))),
        []
    ) as capabilities,
    min(events.attribution_confidence) as attribution_confidence,
    coalesce(any_value(task_roles.task_role_arns), []) as task_role_arns
from unusual
inner join calls
    on calls.agent_id = unusual.agent_id
    and calls.task_id = unusual.task_id
    and calls.event_time >= unusual.from_at
    -- What a session that was issued in the meantime did is not the old one's.
    and (unusual.kind <> 'after-silence' or calls.fresh_at is null or calls.fresh_at <= unusual.limit_at)
    and (
        unusual.kind <> 'after-expiry'
        or (calls.succeeded and calls.event_time > calls.expires_at + to_minutes($expiry_grace_minutes::integer))
    )
inner join events on events.event_id = calls.event_id
left join newer_tasks
    on newer_tasks.agent_id = unusual.agent_id
    and newer_tasks.task_id = unusual.task_id
    and newer_tasks.kind = unusual.kind
left join task_roles
    on task_roles.agent_id = unusual.agent_id and task_roles.task_id = unusual.task_id
group by
    unusual.agent_id,
    unusual.task_id,
    unusual.task_type,
    unusual.kind,
    unusual.limit_at,
    unusual.busy_hours,
    unusual.longest_hours,
    unusual.has_two_issuers,
    unusual.level,
    unusual.history_count,
    unusual.earlier_count
order by unusual.agent_id, unusual.task_id, unusual.kind
