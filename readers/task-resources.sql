-- Grain:  resource + capability of the task.
-- Reads:  task_resources.
-- Misses: what task_resources misses.
select resource, capability, event_count
from task_resources
where agent_id = $agent_id and task_id = $task_id
order by resource, capability
