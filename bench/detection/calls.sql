-- Grain:  event that is in $event_ids, or of a task in $tasks, or by a key in $keys.
-- Reads:  events.
-- Misses: nothing.
with

wanted_ids as (

    select unnest(from_json($event_ids, '["VARCHAR"]')) as event_id

),

wanted_tasks as (

    select entry.agentId as agent_id, entry.taskId as task_id
    from (
        select unnest(from_json($tasks, '[{"agentId": "VARCHAR", "taskId": "VARCHAR"}]')) as entry
    )

),

wanted_keys as (

    select unnest(from_json($keys, '["VARCHAR"]')) as access_key_id

)

select event_id, event_time, action, capability, agent_id, task_id, access_key_id, shared_event_id
from events
where event_id in (select event_id from wanted_ids)
    or (agent_id, task_id) in (select (agent_id, task_id) from wanted_tasks)
    or access_key_id in (select access_key_id from wanted_keys)
order by event_time, event_id
