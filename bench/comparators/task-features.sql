-- Grain:  task (agent id + task id).
-- Reads:  tasks, task_actions, sessions.
-- Misses: calls outside tasks.
with

actions as (

    select
        agent_id,
        task_id,
        sum(event_count) filter (where capability = 'read-metadata') as read_metadata,
        sum(event_count) filter (where capability = 'read-data') as read_data,
        sum(event_count) filter (where capability in ('write-data', 'write-config')) as writes,
        sum(event_count) filter (where capability in ('run-code', 'spend', 'network')) as others,
        sum(event_count) filter (where capability in ('export', 'share')) as exports,
        sum(event_count) filter (where capability in ('credential', 'privilege')) as rights,
        sum(event_count) filter (where capability in ('evade', 'destroy')) as harm,
        sum(bytes_out) as bytes_out
    from task_actions
    group by agent_id, task_id

),

keys as (

    select agent_id, task_id, list_sort(list(access_key_id)) as access_key_ids
    from sessions
    where agent_id is not null and task_id is not null
    group by agent_id, task_id

)

select
    tasks.agent_id,
    tasks.task_id,
    coalesce(keys.access_key_ids, []) as access_key_ids,
    tasks.started_at,
    tasks.ended_at,
    tasks.event_count::double as event_count,
    [
        ln(1 + tasks.event_count),
        ln(1 + tasks.action_count),
        ln(1 + tasks.error_count),
        ln(1 + tasks.session_count),
        ln(1 + date_diff('second', tasks.started_at, tasks.ended_at)),
        len(tasks.account_ids),
        len(tasks.regions),
        ln(1 + coalesce(actions.read_metadata, 0)),
        ln(1 + coalesce(actions.read_data, 0)),
        ln(1 + coalesce(actions.writes, 0)),
        ln(1 + coalesce(actions.others, 0)),
        ln(1 + coalesce(actions.exports, 0)),
        ln(1 + coalesce(actions.rights, 0)),
        ln(1 + coalesce(actions.harm, 0)),
        ln(1 + coalesce(actions.bytes_out, 0))
    ]::double[] as features
from tasks
left join actions using (agent_id, task_id)
left join keys using (agent_id, task_id)
order by tasks.agent_id, tasks.task_id
