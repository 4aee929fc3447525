-- Grain:  task type + action of the agent's normal tasks; with a null type, action of all of them.
-- Reads:  events, tasks, findings.
-- Misses: what an AWS service did in the agent's name (invoked_by): the detectors do not judge it either.
with

deviant as (

    select distinct task_id
    from findings
    where agent_id = $agent_id and task_id is not null and severity in ('medium', 'high', 'critical')

),

normal as (

    select task_id, coalesce(task_type, agent_id) as task_type
    from tasks
    where agent_id = $agent_id and task_id not in (select task_id from deviant)

),

calls as (

    select
        normal.task_type,
        normal.task_id,
        events.action,
        coalesce(events.capability, 'write-config') as capability,
        coalesce(
            regexp_matches(events.error_code, 'AccessDenied|Unauthorized|NotAuthorized|AuthorizationError|Forbidden'),
            false
        ) as is_denied
    from events
    inner join normal using (task_id)
    where
        events.agent_id = $agent_id
        -- The envelope of a tool call: the call in it is told by itself.
        and events.event_type is distinct from 'AwsMcpEvent'
        and (events.invoked_by is null or ends_with(events.invoked_by, '-mcp.amazonaws.com'))

)

select
    task_type,
    action,
    min(capability) as capability,
    count(distinct task_id) as task_count,
    count(*) as call_count,
    count(*) filter (where is_denied) as denied_count
from calls
group by grouping sets ((action), (task_type, action))
order by task_type nulls first, task_count desc, call_count desc, action
