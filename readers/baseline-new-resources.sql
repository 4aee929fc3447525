-- Grain:  task type of the agent's normal tasks; with a null type, all of them.
-- Reads:  task_resources, tasks, findings.
-- Misses: what task_resources misses.
with

deviant as (

    select distinct task_id
    from findings
    where agent_id = $agent_id and task_id is not null and severity in ('medium', 'high', 'critical')

),

normal as (

    select task_id, coalesce(task_type, agent_id) as task_type, started_at
    from tasks
    where agent_id = $agent_id and task_id not in (select task_id from deviant)

),

placed as (

    select
        task_id,
        task_type,
        row_number() over (order by started_at, task_id) as place,
        row_number() over (partition by task_type order by started_at, task_id) as place_in_type
    from normal

),

uses as (

    select placed.task_type, placed.place, placed.place_in_type, used.resource
    from task_resources as used
    inner join placed using (task_id)
    where used.agent_id = $agent_id

)

-- Each resource is new once: those that the first task did not have were new to a later one.
select
    task_type,
    count(distinct resource) - case grouping(task_type)
        when 1 then count(distinct resource) filter (where place = 1)
        else count(distinct resource) filter (where place_in_type = 1)
    end as new_count
from uses
group by grouping sets ((), (task_type))
order by task_type nulls first
