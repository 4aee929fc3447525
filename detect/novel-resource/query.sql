-- Grain:  task (agent id + task id) + service in which it touched resources new to its agent.
-- Reads:  events, tasks, sessions.
-- Misses: denied calls (CloudTrail leaves their parameters out); objects whose first prefix differs in
--         digits alone; what an AWS service touched in the agent's name (invoked_by).
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
        capability,
        attribution_confidence,
        split_part(event_source, '.', 1) as service,
        case
            when event_source <> 's3.amazonaws.com' and json_array_length(resources) > 0
                then list_filter(json_extract_string(resources, '$[*].ARN'), lambda arn: arn is not null)
        end as arns,
        json_extract_string(request_parameters, [
            '$.bucketName', '$.key', '$.secretId', '$.name', '$.tableName', '$.dBInstanceIdentifier',
            '$.dBClusterIdentifier', '$.dBSnapshotIdentifier', '$.sourceArn', '$.volumeId', '$.snapshotId',
            '$.imageId', '$.keyId', '$.logGroupName', '$.stackName', '$.repositoryName', '$.workGroup',
            '$.functionName', '$.userName', '$.roleName', '$.queueUrl', '$.topicArn', '$.databaseName',
            '$.clusterIdentifier', '$.instancesSet.items[0].instanceId'
        ]) as names,
        case
            when event_source in ('secretsmanager.amazonaws.com', 'ssm.amazonaws.com') then list_concat(
                json_extract_string(request_parameters, '$.secretIdList[*]'),
                json_extract_string(request_parameters, '$.names[*]')
            )
        end as batch
    from events
    where
        agent_id is not null
        and task_id is not null
        and error_code is null
        and capability in ('read-data', 'credential', 'export', 'share', 'destroy', 'write-data')
        and (invoked_by is null or ends_with(invoked_by, '-mcp.amazonaws.com'))

),

targets as materialized (

    select
        agent_id,
        task_id,
        event_id,
        capability,
        service,
        unnest(
            case
                -- A secret by its name, whether the call gave the name or the ARN.
                when service = 'secretsmanager' and names[3] is not null then [
                    concat('secretsmanager:', regexp_replace(names[3], '^arn:[^:]+:secretsmanager:[^:]*:[^:]*:secret:(.+)-\w{6}$', '\1'))
                ]
                when service = 's3' and names[1] is not null then [
                    concat(
                        's3://', names[1], '/',
                        -- A new day's prefix is no new prefix.
                        case
                            when contains(names[2], '/')
                                then concat(regexp_replace(split_part(names[2], '/', 1), '\d+', '#', 'g'), '/')
                            else ''
                        end
                    )
                ]
                when len(arns) > 0 then arns
                when len(batch) > 0 then list_transform(batch, lambda name: concat(service, ':', name))
                else list_transform(
                    list_filter(names[3:], lambda name: name is not null)[1:1],
                    lambda name: concat(service, ':', name)
                )
            end
        ) as resource
    from calls

),

uses as materialized (

    select
        targets.agent_id,
        targets.task_id,
        targets.service,
        targets.resource,
        any_value(spans.task_type) as task_type,
        any_value(spans.started_at) as started_at,
        any_value(spans.ended_at) as ended_at,
        list_sort(list(distinct targets.capability)) as capabilities,
        count(distinct targets.event_id) as call_count
    from targets
    inner join spans using (agent_id, task_id)
    where targets.resource is not null
    group by targets.agent_id, targets.task_id, targets.service, targets.resource

),

levels as materialized (

    select agent_id, task_id, 1 as level, agent_id as group_id, started_at, ended_at from spans
    union all
    select agent_id, task_id, 2 as level, task_type as group_id, started_at, ended_at from spans

),

task_bounds as (

    select
        levels.level,
        levels.group_id,
        levels.agent_id,
        levels.task_id,
        bounds.is_end,
        case bounds.is_end when 0 then levels.started_at else levels.ended_at end as bound_at
    from levels
    cross join (select unnest([0, 1]) as is_end) as bounds

),

-- At one instant the beginnings count first: a task that ends as another begins is not history to it.
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

    -- An agent without enough tasks of its own borrows from all tasks of the type.
    select level, agent_id, task_id
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
        uses.service,
        uses.resource,
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
        service,
        resource,
        (sum(is_end) over (
            partition by level, group_id, service, resource
            order by bound_at, is_end
            range between unbounded preceding and current row
        ))::bigint as use_count
    from use_bounds
    qualify is_end = 0

),

-- Which of a task's resources the group had never touched, and which nobody of the type had.
firsts as materialized (

    select
        own.level,
        own.agent_id,
        own.task_id,
        own.service,
        own.resource,
        uses.call_count,
        own.use_count = 0 as is_novel,
        own.use_count = 0 and of_type.use_count = 0 as is_unknown
    from earlier_uses as own
    inner join uses using (agent_id, task_id, service, resource)
    inner join earlier_uses as of_type
        on of_type.level = 2
        and of_type.agent_id = own.agent_id
        and of_type.task_id = own.task_id
        and of_type.service = own.service
        and of_type.resource = own.resource

),

counts as materialized (

    -- Of every service that the group ever touches, each task has a count, be it zero.
    select
        slots.level,
        slots.group_id,
        slots.agent_id,
        slots.task_id,
        slots.service,
        slots.history_count,
        levels.started_at,
        levels.ended_at,
        coalesce(found.touched_count, 0) as touched_count,
        coalesce(found.novel_count, 0) as novel_count,
        coalesce(found.unknown_count, 0) as unknown_count,
        coalesce(found.call_count, 0) as call_count
    from (
        select
            histories.level,
            histories.group_id,
            histories.agent_id,
            histories.task_id,
            histories.history_count,
            services.service
        from histories
        inner join (select distinct level, group_id, service from earlier_uses) as services
            using (level, group_id)
    ) as slots
    inner join levels using (level, group_id, agent_id, task_id)
    left join (
        select
            level,
            agent_id,
            task_id,
            service,
            count(*) as touched_count,
            count(*) filter (where is_novel) as novel_count,
            count(*) filter (where is_unknown) as unknown_count,
            sum(call_count) as call_count
        from firsts
        group by level, agent_id, task_id, service
    ) as found using (level, agent_id, task_id, service)

),

count_bounds as (

    select
        level,
        group_id,
        agent_id,
        task_id,
        service,
        is_end,
        case is_end when 0 then started_at else ended_at end as bound_at,
        -- A group's first tasks find everything new.
        is_end * (history_count >= $learning_tasks::integer)::integer as is_settled,
        novel_count,
        is_end * call_count as ended_calls
    from counts
    cross join (select unnest([0, 1]) as is_end) as bounds

),

records as (

    select
        level,
        agent_id,
        task_id,
        service,
        sum(is_settled) over by_time as settled_count,
        sum(is_settled) filter (where novel_count >= 1) over by_time as hits_1,
        sum(is_settled) filter (where novel_count >= 2) over by_time as hits_2,
        sum(is_settled) filter (where novel_count >= 3) over by_time as hits_3,
        sum(is_settled) filter (where novel_count >= 5) over by_time as hits_5,
        sum(is_settled) filter (where novel_count >= 10) over by_time as hits_10,
        max(ended_calls) over by_time as most_calls,
        is_end
    from count_bounds
    window by_time as (
        partition by level, group_id, service
        order by bound_at, is_end
        range between unbounded preceding and current row
    )
    qualify is_end = 0

),

rated as (

    -- How often the group has so many new ones. Before any task: one in every second, two in every fifth,
    -- more in every twentieth, as if five tasks had shown it.
    select
        counts.level,
        counts.agent_id,
        counts.task_id,
        counts.service,
        counts.history_count,
        counts.touched_count,
        counts.novel_count,
        counts.unknown_count,
        records.most_calls,
        case
            when counts.novel_count = 1 then (coalesce(records.hits_1, 0) + 2.5) / (records.settled_count + 5)
            when counts.novel_count = 2 then (coalesce(records.hits_2, 0) + 1) / (records.settled_count + 5)
            when counts.novel_count < 5 then (coalesce(records.hits_3, 0) + 0.25) / (records.settled_count + 5)
            when counts.novel_count < 10 then (coalesce(records.hits_5, 0) + 0.25) / (records.settled_count + 5)
            else (coalesce(records.hits_10, 0) + 0.25) / (records.settled_count + 5)
        end::double as probability
    from counts
    inner join records using (level, agent_id, task_id, service)
    where counts.novel_count > 0

),

judged as materialized (

    -- Who touches something new in every task cannot be judged by it.
    select
        rated.level,
        rated.agent_id,
        rated.task_id,
        rated.service,
        rated.history_count,
        rated.touched_count,
        rated.novel_count,
        rated.unknown_count,
        rated.most_calls,
        rated.probability
    from rated
    inner join baselines using (level, agent_id, task_id)
    where rated.probability <= $maximum_probability::double

),

capability_uses as (

    select distinct agent_id, task_id, service, unnest(capabilities) as capability
    from uses

),

capability_bounds as (

    select
        levels.level,
        levels.group_id,
        capability_uses.agent_id,
        capability_uses.task_id,
        capability_uses.service,
        capability_uses.capability,
        bounds.is_end,
        case bounds.is_end when 0 then levels.started_at else levels.ended_at end as bound_at
    from capability_uses
    inner join levels using (agent_id, task_id)
    cross join (select unnest([0, 1]) as is_end) as bounds

),

habits as (

    select
        level,
        agent_id,
        task_id,
        service,
        capability,
        (sum(is_end) over (
            partition by level, group_id, service, capability
            order by bound_at, is_end
            range between unbounded preceding and current row
        ))::bigint as habit_count
    from capability_bounds
    qualify is_end = 0

),

deeds as (

    -- What its peers do is in its line of work.
    select agent_id, task_id, service, capability, max(habit_count) as habit_count
    from habits
    group by agent_id, task_id, service, capability

),

novel_targets as (

    select
        judged.agent_id,
        judged.task_id,
        judged.service,
        targets.event_id,
        targets.resource,
        targets.capability,
        habits.habit_count >= $adopted_tasks::integer as is_habit
    from judged
    inner join firsts
        on firsts.level = judged.level
        and firsts.agent_id = judged.agent_id
        and firsts.task_id = judged.task_id
        and firsts.service = judged.service
        and firsts.is_novel
    inner join targets
        on targets.agent_id = judged.agent_id
        and targets.task_id = judged.task_id
        and targets.service = judged.service
        and targets.resource = firsts.resource
    inner join deeds as habits
        on habits.agent_id = judged.agent_id
        and habits.task_id = judged.task_id
        and habits.service = judged.service
        and habits.capability = targets.capability

),

touches as (

    select
        agent_id,
        task_id,
        service,
        event_id,
        any_value(capability) as capability,
        bool_and(is_habit) as is_habit
    from novel_targets
    group by agent_id, task_id, service, event_id

),

names as (

    select
        agent_id,
        task_id,
        service,
        list_sort(list(distinct resource)) as novel_resources,
        count(distinct resource) filter (where not is_habit) as strange_count
    from novel_targets
    group by agent_id, task_id, service

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
    touches.service,
    case judged.level when 1 then 'agent' else 'peers' end as level,
    judged.history_count,
    judged.probability,
    judged.touched_count::bigint as touched_count,
    judged.novel_count::bigint as novel_count,
    judged.unknown_count::bigint as unknown_count,
    judged.most_calls::bigint as most_calls,
    any_value(names.strange_count) as strange_count,
    any_value(names.novel_resources) as novel_resources,
    list_sort(list_distinct(list(touches.capability))) as capabilities,
    coalesce(list_sort(list_distinct(list(touches.capability) filter (where not touches.is_habit))), []) as unfamiliar,
    count(*) as call_count,
    min(calls.attribution_confidence) as attribution_confidence,
    coalesce(any_value(task_roles.task_role_arns), []) as task_role_arns
from touches
inner join judged using (agent_id, task_id, service)
inner join names using (agent_id, task_id, service)
inner join calls
    on calls.agent_id = touches.agent_id
    and calls.task_id = touches.task_id
    and calls.event_id = touches.event_id
left join task_roles on task_roles.agent_id = touches.agent_id and task_roles.task_id = touches.task_id
group by
    calls.agent_id,
    calls.task_id,
    touches.service,
    judged.level,
    judged.history_count,
    judged.probability,
    judged.touched_count,
    judged.novel_count,
    judged.unknown_count,
    judged.most_calls
order by calls.agent_id, calls.task_id, touches.service
