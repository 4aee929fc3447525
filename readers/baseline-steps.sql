-- Grain:  task type + from action + to action of the agent's normal tasks, the $shown most common, reads
--         and repetitions left out; with a null type, of all of them.
-- Reads:  events, in order of time, then event id; tasks, findings.
-- Misses: the true order of calls within one second, and of parallel sessions.
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

steps as (

    select
        normal.task_type,
        normal.task_id,
        lag(events.action) over (partition by normal.task_id order by events.event_time, events.event_id)
            as from_action,
        events.action as to_action
    from events
    inner join normal using (task_id)
    where
        events.agent_id = $agent_id
        and events.event_type is distinct from 'AwsMcpEvent'
        and (events.invoked_by is null or ends_with(events.invoked_by, '-mcp.amazonaws.com'))
        and coalesce(events.capability, 'write-config') not in ('read-metadata', 'read-data')

)

select
    task_type,
    from_action,
    to_action,
    count(distinct task_id) as task_count,
    count(*) as transition_count
from steps
where from_action <> to_action
group by grouping sets ((from_action, to_action), (task_type, from_action, to_action))
qualify row_number() over (
    partition by task_type
    order by task_count desc, transition_count desc, from_action, to_action
) <= $shown::integer
order by task_type nulls first, task_count desc, transition_count desc, from_action, to_action
