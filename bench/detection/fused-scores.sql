-- Grain:  task (agent id + task id) that has a finding.
-- Reads:  task_scores, tasks.
-- Misses: findings without a task.
select
    scores.agent_id,
    scores.task_id,
    scores.score,
    scores.probability,
    tasks.started_at,
    tasks.ended_at
from task_scores as scores
inner join tasks using (agent_id, task_id)
order by scores.agent_id, scores.task_id
