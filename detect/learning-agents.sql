-- Grain:  one row.
-- Reads:  tasks.
-- Misses: agents whose calls name no task: they have no history here.
with

lacks as (

    select agent_id, $minimum_tasks::integer - count(*) as lacking_count
    from tasks
    group by agent_id
    having count(*) < $minimum_tasks::integer

),

named as (

    select agent_id, lacking_count
    from lacks
    order by lacking_count, agent_id
    limit 3

),

told as (

    select
        count(*) as agent_count,
        (
            select string_agg(concat(agent_id, ' (', lacking_count, ')'), ', ' order by lacking_count, agent_id)
            from named
        ) as examples
    from lacks

)

select
    case
        when not exists (select 1 from tasks) then 'not-available'
        when told.agent_count > 0 then 'learning'
        else 'ran'
    end as status,
    case
        when not exists (select 1 from tasks) then 'no task is known: no session has an agent and a task'
        when told.agent_count > 0 then concat(
            told.agent_count, case when told.agent_count = 1 then ' agent has' else ' agents have' end,
            ' too few tasks, judged by tasks of the same type (lacking): ', told.examples, case when told.agent_count > 3 then ', …' else '' end
        )
    end as reason
from told
order by status
