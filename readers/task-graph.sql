-- Grain:  task of this id, of any agent.
-- Reads:  tasks.
-- Misses: nothing.
select agent_id, task_id, task_type, on_behalf_of, started_at, ended_at
from tasks
where task_id = $task_id and ($agent_id::varchar is null or agent_id = $agent_id::varchar)
order by agent_id
