-- Grain:  task type + action that other agents' normal tasks of the type have, and this agent's do not.
-- Reads:  events, tasks, findings.
-- Misses: what an AWS service did in an agent's name (invoked_by).
with

own_types as (

    select distinct coalesce(task_type, agent_id) as task_type
    from tasks
    where agent_id = $agent_id

),

peer_tasks as (

    select agent_id, task_id, coalesce(task_type, agent_id) as task_type
    from tasks
    where
        agent_id <> $agent_id
        and coalesce(task_type, agent_id) in (select task_type from own_types)
        and not exists (
            select 1
            from findings
            where
                findings.agent_id = tasks.agent_id
                and findings.task_id = tasks.task_id
                and findings.severity in ('medium', 'high', 'critical')
        )

),

deviant as (

    select distinct task_id
    from findings
    where agent_id = $agent_id and task_id is not null and severity in ('medium', 'high', 'critical')

),

calls as (

    select agent_id, task_id, action, coalesce(capability, 'write-config') as capability
    from events
    where
        event_type is distinct from 'AwsMcpEvent'
        and (invoked_by is null or ends_with(invoked_by, '-mcp.amazonaws.com'))

),

known as (

    select distinct coalesce(tasks.task_type, tasks.agent_id) as task_type, calls.action
    from calls
    inner join tasks using (agent_id, task_id)
    where calls.agent_id = $agent_id and calls.task_id not in (select task_id from deviant)

)

select
    peer_tasks.task_type,
    calls.action,
    min(calls.capability) as capability,
    count(distinct peer_tasks.agent_id) as agent_count,
    count(distinct (peer_tasks.agent_id, peer_tasks.task_id)) as task_count
from calls
inner join peer_tasks using (agent_id, task_id)
anti join known on known.task_type = peer_tasks.task_type and known.action = calls.action
group by peer_tasks.task_type, calls.action
order by peer_tasks.task_type, task_count desc, agent_count desc, calls.action
