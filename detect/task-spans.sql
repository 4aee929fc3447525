-- Grain:  task (agent id + task id).
-- Reads:  tasks.
-- Misses: what attribution could not place.
select
    agent_id,
    task_id,
    task_type,
    epoch_ms(started_at) as started_ms,
    epoch_ms(ended_at) as ended_ms
from tasks
order by agent_id, task_id
