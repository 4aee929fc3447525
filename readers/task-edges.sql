-- Grain:  from action + to action of the task.
-- Reads:  task_edges.
-- Misses: the order of calls within one second.
select from_action, to_action, transition_count
from task_edges
where agent_id = $agent_id and task_id = $task_id
order by from_action, to_action
