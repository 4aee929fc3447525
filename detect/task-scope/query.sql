-- Grain:  task (agent id + task id) + capability of calls outside the task's declared scope.
-- Reads:  events, sessions, scope_entries.
-- Misses: calls that an AWS service made in the agent's name (invoked_by): the agent did not choose them.
with

calls as (

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
        bool_or(out_of_scope.is_denied) as is_denied,
        count(*) as call_count,
        count(*) filter (where calls.succeeded) as succeeded_count,
        min(calls.attribution_confidence) as attribution_confidence
    from calls
    inner join out_of_scope using (task_type, agent_id, action, capability)
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
    violations.call_count,
    violations.succeeded_count,
    violations.attribution_confidence,
    coalesce(allowances.allowed, []) as allowed,
    coalesce(task_roles.task_role_arns, []) as task_role_arns
from violations
left join allowances using (task_type, agent_id)
left join task_roles
    on task_roles.agent_id = violations.agent_id
    and task_roles.task_id is not distinct from violations.task_id
order by violations.agent_id, violations.task_id, violations.capability
