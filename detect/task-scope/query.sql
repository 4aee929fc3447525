-- Grain:  task (agent id + task id) + capability of calls outside the task's scope, declared or, where no
--         scope matches, learned from earlier tasks of the type.
-- Reads:  events, tasks, sessions, scope_entries.
-- Misses: calls that an AWS service made in the agent's name (invoked_by): the agent did not choose them.
with

calls as materialized (

    select
        agent_id,
        task_id,
        coalesce(task_type, agent_id) as task_type,
        on_behalf_of,
        access_key_id,
        role_arn,
        account_id,
        aws_region,
        event_id,
        event_time,
        action,
        split_part(event_source, '.', 1) as service,
        coalesce(capability, 'write-config') as capability,
        error_code is null as succeeded,
        attribution_confidence
    from events
    where agent_id is not null and (invoked_by is null or ends_with(invoked_by, '-mcp.amazonaws.com'))

),

kinds as (

    select distinct task_type, agent_id, action, capability
    from calls

),

matches as (

    select
        kinds.task_type,
        kinds.agent_id,
        kinds.action,
        kinds.capability,
        entries.effect,
        coalesce(entries.capability = kinds.capability, lower(kinds.action) glob entries.action) as is_hit
    from kinds
    inner join scope_entries as entries
        on kinds.task_type glob entries.task_type and kinds.agent_id glob entries.agent

),

verdicts as (

    -- Where no scope that matches allows anything, all that is not denied is in scope.
    select
        task_type,
        agent_id,
        action,
        capability,
        bool_or(effect = 'deny' and is_hit) as is_denied,
        bool_or(effect = 'allow') and not bool_or(effect = 'allow' and is_hit) as is_unlisted
    from matches
    group by task_type, agent_id, action, capability

),

out_of_scope as (

    select
        task_type,
        agent_id,
        action,
        capability,
        is_denied
    from verdicts
    where
        is_denied
        or (
            is_unlisted
            and not list_bool_or(list_transform(
                $always_allowed::varchar[],
                lambda pattern: lower(action) glob lower(pattern)
            ))
        )

),

allowances as (

    select
        kinds.task_type,
        kinds.agent_id,
        list_sort(list(distinct coalesce(entries.capability, entries.action))) as allowed
    from (select distinct task_type, agent_id from kinds) as kinds
    inner join scope_entries as entries
        on kinds.task_type glob entries.task_type and kinds.agent_id glob entries.agent
    where entries.effect = 'allow'
    group by kinds.task_type, kinds.agent_id

),

task_roles as (

    select agent_id, task_id, list_sort(list_distinct(list(role_arn))) as task_role_arns
    from sessions
    where agent_id is not null and role_arn is not null
    group by agent_id, task_id

),

-- What no scope was declared for, each task's type in one word and by what it is judged.
unscoped as materialized (

    select
        tasks.agent_id,
        tasks.task_id,
        coalesce(tasks.task_type, tasks.agent_id) as task_type,
        tasks.started_at,
        tasks.ended_at
    from tasks
    where
        $learn_scope::boolean
        and not exists (
            select 1
            from scope_entries as entries
            where
                coalesce(tasks.task_type, tasks.agent_id) glob entries.task_type
                and tasks.agent_id glob entries.agent
        )

),

unscoped_calls as materialized (

    select
        calls.agent_id,
        calls.task_id,
        unscoped.task_type,
        calls.event_id,
        calls.capability,
        calls.service,
        calls.succeeded,
        unscoped.started_at,
        unscoped.ended_at
    from calls
    inner join unscoped
        on unscoped.agent_id = calls.agent_id
        and unscoped.task_id = calls.task_id
        and unscoped.task_type = calls.task_type
    where
        not list_bool_or(list_transform(
            $always_allowed::varchar[],
            lambda pattern: lower(calls.action) glob lower(pattern)
        ))

),

-- At one instant the beginnings count first: a task that ends as another begins is not history to it.
histories as (

    select
        agent_id,
        task_id,
        (sum(is_end) over (
            partition by task_type
            order by case is_end when 0 then started_at else ended_at end, is_end
            range between unbounded preceding and current row
        ))::bigint as history_count,
        is_end
    from unscoped
    cross join (select unnest([0, 1]) as is_end) as bounds
    qualify is_end = 0

),

uses as materialized (

    select
        agent_id,
        task_id,
        task_type,
        kind,
        name,
        any_value(started_at) as started_at,
        any_value(ended_at) as ended_at,
        bool_or(succeeded)::integer as is_success
    from (
        select agent_id, task_id, task_type, started_at, ended_at, succeeded, 'capability' as kind, capability as name
        from unscoped_calls
        union all
        select agent_id, task_id, task_type, started_at, ended_at, succeeded, 'service' as kind, service as name
        from unscoped_calls
    )
    group by agent_id, task_id, task_type, kind, name

),

earlier_uses as (

    select
        agent_id,
        task_id,
        kind,
        name,
        (sum(is_end * is_success) over (
            partition by task_type, kind, name
            order by case is_end when 0 then started_at else ended_at end, is_end
            range between unbounded preceding and current row
        ))::bigint as use_count,
        is_end
    from uses
    cross join (select unnest([0, 1]) as is_end) as bounds
    qualify is_end = 0

),

foreign_parts as (

    -- What one earlier task did may have been wrong.
    select earlier_uses.agent_id, earlier_uses.task_id, earlier_uses.kind, earlier_uses.name, histories.history_count
    from earlier_uses
    inner join histories using (agent_id, task_id)
    where
        histories.history_count >= $minimum_tasks::integer
        and earlier_uses.use_count < $adopted_tasks::integer
        and (earlier_uses.use_count + 1) / (histories.history_count + 2)::double <= $maximum_probability::double

),

first_ends as (

    select task_type, name, min(ended_at) as known_at
    from uses
    where kind = 'capability' and is_success = 1
    group by task_type, name

),

learned_scopes as (

    select
        judged.agent_id,
        judged.task_id,
        list_sort(list(first_ends.name)) as allowed
    from (select distinct agent_id, task_id from foreign_parts) as judged
    inner join unscoped using (agent_id, task_id)
    inner join first_ends
        on first_ends.task_type = unscoped.task_type and first_ends.known_at < unscoped.started_at
    where
        not exists (
            select 1
            from foreign_parts
            where
                foreign_parts.agent_id = judged.agent_id
                and foreign_parts.task_id = judged.task_id
                and foreign_parts.kind = 'capability'
                and foreign_parts.name = first_ends.name
        )
    group by judged.agent_id, judged.task_id

),

out_of_any as (

    select
        calls.event_id,
        out_of_scope.is_denied,
        'declared' as origin,
        null as history_count,
        false as is_known_class
    from calls
    inner join out_of_scope using (task_type, agent_id, action, capability)
    union all
    select
        unscoped_calls.event_id,
        false as is_denied,
        'learned' as origin,
        foreign_parts.history_count,
        bool_and(foreign_parts.kind = 'service') as is_known_class
    from unscoped_calls
    inner join foreign_parts
        on foreign_parts.agent_id = unscoped_calls.agent_id
        and foreign_parts.task_id = unscoped_calls.task_id
        and foreign_parts.name
        = case foreign_parts.kind when 'service' then unscoped_calls.service else unscoped_calls.capability end
    -- Agents look around.
    where unscoped_calls.capability <> 'read-metadata'
    group by unscoped_calls.event_id, foreign_parts.history_count

),

violations as (

    select
        calls.agent_id,
        calls.task_id,
        calls.capability,
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
        bool_or(out_of_any.is_denied) as is_denied,
        max(out_of_any.origin) as origin,
        coalesce(max(out_of_any.history_count), 0)::bigint as history_count,
        bool_and(out_of_any.is_known_class) as is_known_class,
        count(*) as call_count,
        count(*) filter (where calls.succeeded) as succeeded_count,
        min(calls.attribution_confidence) as attribution_confidence
    from calls
    inner join out_of_any using (event_id)
    group by calls.agent_id, calls.task_id, calls.capability

)

select
    violations.agent_id,
    violations.task_id,
    violations.task_type,
    violations.on_behalf_of,
    violations.access_key_ids,
    violations.role_arns,
    violations.account_ids,
    violations.regions,
    violations.first_seen,
    violations.last_seen,
    violations.event_ids,
    violations.actions,
    violations.capability,
    violations.is_denied,
    violations.origin,
    violations.history_count,
    violations.is_known_class,
    violations.call_count,
    violations.succeeded_count,
    violations.attribution_confidence,
    coalesce(learned_scopes.allowed, allowances.allowed, []) as allowed,
    coalesce(task_roles.task_role_arns, []) as task_role_arns
from violations
left join allowances using (task_type, agent_id)
left join learned_scopes
    on learned_scopes.agent_id = violations.agent_id and learned_scopes.task_id = violations.task_id
left join task_roles
    on task_roles.agent_id = violations.agent_id
    and task_roles.task_id is not distinct from violations.task_id
order by violations.agent_id, violations.task_id, violations.capability
