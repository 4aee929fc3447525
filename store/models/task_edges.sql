-- Grain:  task (agent id + task id) + from action + to action.
-- Reads:  events, in order of time, then event id: CloudTrail's times have whole seconds.
-- Misses: the true order of calls within one second, and of parallel sessions.
create or replace view task_edges as
with

steps as (

    select
        agent_id,
        task_id,
        lag(action) over (partition by agent_id, task_id order by event_time, event_id) as from_action,
        action as to_action
    from events
    where agent_id is not null and task_id is not null

)

select
    agent_id,
    task_id,
    from_action,
    to_action,
    count(*) as transition_count
from steps
where from_action is not null
group by agent_id, task_id, from_action, to_action
