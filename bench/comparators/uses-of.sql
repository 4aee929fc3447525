-- Grain:  action in $actions, by task, or by principal outside tasks.
-- Reads:  events.
-- Misses: what AWS services do by themselves, without a principal.
with

named as (

    select unnest(from_json($actions, '["VARCHAR"]')) as action

)

select
    agent_id,
    task_id,
    action,
    list_sort(list(distinct access_key_id) filter (where access_key_id is not null)) as access_key_ids,
    list(event_id order by event_time, event_id) as event_ids,
    min(event_time) as first_seen,
    max(event_time) as last_seen
from events
inner join named using (action)
where coalesce(role_arn, principal_arn) is not null
group by agent_id, task_id, case when task_id is null then principal_arn end, action
order by first_seen, action, event_ids
