-- Grain:  action + region of the task.
-- Reads:  task_actions.
-- Misses: bytes of services that do not log them.
select
    action,
    capability,
    coalesce(region, '') as region,
    event_count,
    error_count,
    first_time,
    last_time,
    coalesce(bytes_out, 0) as bytes_out
from task_actions
where agent_id = $agent_id and task_id = $task_id
order by first_time, action, region
