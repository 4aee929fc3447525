-- Grain:  first use of an action by a role or user.
-- Reads:  events.
-- Misses: what AWS services do by themselves, without a principal.
with

uses as (

    select
        coalesce(role_arn, principal_arn) as principal,
        action,
        event_id,
        event_time,
        agent_id,
        task_id,
        access_key_id
    from events
    where coalesce(role_arn, principal_arn) is not null

),

placed as (

    select
        uses.*,
        row_number() over (partition by principal, action order by event_time, event_id) as place,
        min(event_time) over (partition by principal) as known_since
    from uses

)

select
    agent_id,
    task_id,
    access_key_id,
    action,
    event_id,
    event_time,
    date_diff('second', known_since, event_time) / 86400.0 as known_days
from placed
where place = 1
order by event_time, event_id
