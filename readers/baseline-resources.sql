-- Grain:  task type + capability + resource of the agent's normal tasks, the $shown most used of each
--         capability; with a null type, of all of them.
-- Reads:  task_resources, tasks, findings.
-- Misses: what task_resources misses.
with

deviant as (

    select distinct task_id
    from findings
    where agent_id = $agent_id and task_id is not null and severity in ('medium', 'high', 'critical')

),

normal as (

    select task_id, coalesce(task_type, agent_id) as task_type
    from tasks
    where agent_id = $agent_id and task_id not in (select task_id from deviant)

),

uses as (

    select normal.task_type, normal.task_id, used.capability, used.resource, used.event_count
    from task_resources as used
    inner join normal using (task_id)
    where used.agent_id = $agent_id

),

counted as (

    select
        task_type,
        coalesce(capability, 'write-config') as capability,
        resource,
        count(distinct task_id) as task_count,
        sum(event_count) as event_count
    from uses
    group by grouping sets ((capability, resource), (task_type, capability, resource))

)

select
    task_type,
    capability,
    resource,
    task_count,
    count(*) over (partition by task_type, capability) as resource_count
from counted
qualify row_number() over (
    partition by task_type, capability
    order by task_count desc, event_count desc, resource
) <= $shown::integer
order by task_type nulls first, capability, task_count desc, event_count desc, resource
