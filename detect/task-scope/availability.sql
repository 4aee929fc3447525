-- Grain:  one row.
-- Reads:  scope_entries, tasks.
-- Misses: scopes that match tasks they were not meant for.
with

unscoped as (

    select agent_id, task_id, coalesce(task_type, agent_id) as task_type
    from tasks
    where not exists (
        select 1
        from scope_entries as entries
        where
            coalesce(tasks.task_type, tasks.agent_id) glob entries.task_type
            and tasks.agent_id glob entries.agent
    )

),

counted as (

    select count(*) as task_count, list_sort(list_distinct(list(task_type))) as task_types
    from unscoped

),

young as (

    select count(*) as type_count
    from (
        select task_type
        from unscoped
        group by task_type
        having count(*) < $minimum_tasks::integer
    )

)

select
    case
        when exists (select 1 from scope_entries) then 'ran'
        when not $learn_scope::boolean or counted.task_count = 0 then 'not-available'
        when young.type_count > 0 then 'learning'
        else 'ran'
    end as status,
    case
        when exists (select 1 from scope_entries) then case
            when counted.task_count > 0 then concat(
                counted.task_count, ' of ', (select count(*) from tasks), ' tasks have no matching scope: ',
                array_to_string(counted.task_types[1:3], ', '),
                case when len(counted.task_types) > 3 then ', …' else '' end
            )
        end
        when not $learn_scope::boolean or counted.task_count = 0 then 'no scopes are configured'
        else concat(
            'no scopes are configured; ', len(counted.task_types) - young.type_count, ' of ',
            len(counted.task_types), case when len(counted.task_types) = 1 then ' task type has' else ' task types have' end,
            ' the ', $minimum_tasks::integer, ' tasks to learn one from'
        )
    end as reason
from counted, young
order by status
