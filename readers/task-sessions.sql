-- Grain:  session of the task; the parent only where it is one of the task too.
-- Reads:  sessions.
-- Misses: sessions that attribution could not place.
with

own as (

    select *
    from sessions
    where agent_id = $agent_id and task_id = $task_id

)

select
    own.access_key_id,
    parents.access_key_id as parent_access_key_id,
    own.role_arn,
    own.role_session_name,
    own.source_identity,
    own.issued_at,
    own.first_used_at,
    own.last_used_at,
    own.event_count,
    own.error_count
from own
left join own as parents on parents.access_key_id = own.issuer_access_key_id
order by coalesce(own.issued_at, own.first_used_at), own.access_key_id
