-- Grain:  one row.
-- Reads:  tasks.
-- Misses: agents whose calls name no task: they have no history here.
with

types as (

    select coalesce(task_type, agent_id) as task_type, $minimum_tasks::integer - count(*) as lacking_count
    from tasks
    group by coalesce(task_type, agent_id)
    having count(*) < $minimum_tasks::integer

),

named as (

    select task_type, lacking_count
    from types
    order by lacking_count, task_type
    limit 3

),

told as (

    select
        count(*) as type_count,
        (
            select string_agg(concat(task_type, ' (', lacking_count, ')'), ', ' order by lacking_count, task_type)
            from named
        ) as examples
    from types

)

select
    case
        when not exists (select 1 from tasks) then 'not-available'
        when told.type_count > 0 then 'learning'
        else 'ran'
    end as status,
    case
        when not exists (select 1 from tasks) then 'no task is known: no session has an agent and a task'
        when told.type_count > 0 then concat(
            told.type_count, case when told.type_count = 1 then ' task type has' else ' task types have' end,
            ' too few tasks, judged by other tasks (lacking): ', told.examples, case when told.type_count > 3 then ', …' else '' end
        )
    end as reason
from told
order by status
