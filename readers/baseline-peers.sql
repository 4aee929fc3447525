-- Grain:  task type of the agent that other agents have too.
-- Reads:  tasks, findings.
-- Misses: peers whose tasks of the type all have findings of medium or above.
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

)

select task_type, count(distinct agent_id) as agent_count, count(*) as task_count
from peer_tasks
group by task_type
order by task_type
