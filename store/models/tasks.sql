-- Grain:  agent id + task id.
-- Reads:  events, sessions.
-- Misses: a task of which no call and no session was seen; calls that attribution could not place.
create or replace view tasks as
with

activity as (

    select
        agent_id,
        task_id,
        min(task_type) as task_type,
        min(on_behalf_of) as on_behalf_of,
        min(event_time) as started_at,
        max(event_time) as ended_at,
        count(*) as event_count,
        count(error_code) as error_count,
        count(distinct action) as action_count,
        list_sort(list(distinct account_id) filter (where account_id is not null)) as account_ids,
        list_sort(list(distinct aws_region) filter (where aws_region is not null)) as regions
    from events
    where agent_id is not null and task_id is not null
    group by agent_id, task_id

),

credentials as (

    select
        agent_id,
        task_id,
        min(task_type) as task_type,
        min(on_behalf_of) as on_behalf_of,
        min(coalesce(issued_at, first_used_at)) as started_at,
        max(coalesce(last_used_at, issued_at)) as ended_at,
        count(*) as session_count
    from sessions
    where agent_id is not null and task_id is not null
    group by agent_id, task_id

)

select
    agent_id,
    task_id,
    coalesce(activity.task_type, credentials.task_type) as task_type,
    coalesce(activity.on_behalf_of, credentials.on_behalf_of) as on_behalf_of,
    least(activity.started_at, credentials.started_at) as started_at,
    greatest(activity.ended_at, credentials.ended_at) as ended_at,
    coalesce(credentials.session_count, 0) as session_count,
    coalesce(activity.event_count, 0) as event_count,
    coalesce(activity.error_count, 0) as error_count,
    coalesce(activity.action_count, 0) as action_count,
    coalesce(activity.account_ids, []) as account_ids,
    coalesce(activity.regions, []) as regions
from activity
full join credentials using (agent_id, task_id)
