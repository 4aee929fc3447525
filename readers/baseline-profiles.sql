-- Grain:  task type of the agent; with a null type, all its tasks. Only normal tasks are measured.
-- Reads:  tasks, findings.
-- Misses: calls that name no task.
with

deviant as (

    select distinct task_id
    from findings
    where agent_id = $agent_id and task_id is not null and severity in ('medium', 'high', 'critical')

),

own as (

    select
        coalesce(task_type, agent_id) as task_type,
        task_id not in (select task_id from deviant) as is_normal,
        started_at,
        ended_at,
        event_count,
        session_count,
        date_diff('second', started_at, ended_at) as seconds
    from tasks
    where agent_id = $agent_id

)

select
    task_type,
    count(*) as seen_count,
    count(*) filter (where is_normal) as task_count,
    min(started_at) filter (where is_normal) as since,
    max(ended_at) filter (where is_normal) as until,
    quantile_disc(event_count, [0.1, 0.5, 0.9]) filter (where is_normal) as events_per_task,
    quantile_disc(seconds, [0.1, 0.5, 0.9]) filter (where is_normal) as seconds_per_task,
    quantile_disc(session_count, [0.1, 0.5, 0.9]) filter (where is_normal) as sessions_per_task
from own
group by grouping sets ((), (task_type))
order by task_type nulls first
