-- Grain:  finding about the task.
-- Reads:  findings.
-- Misses: findings since the last `detect`.
select id, severity, title, evidence, confidence
from findings
where agent_id = $agent_id and task_id = $task_id
order by id
