-- Grain:  agent id.
-- Reads:  agents, tasks.
-- Misses: agents without identity.
with

work as (

    select
        agent_id,
        list_sort(list(distinct on_behalf_of) filter (where on_behalf_of is not null)) as on_behalf_of,
        list_sort(list_distinct(flatten(list(account_ids)))) as account_ids
    from tasks
    group by agent_id

)

select
    agents.agent_id,
    agents.first_seen,
    agents.last_seen,
    agents.task_count,
    agents.event_count,
    agents.role_arns,
    agents.credential_kinds,
    coalesce(work.on_behalf_of, []) as on_behalf_of,
    coalesce(work.account_ids, []) as account_ids
from agents
left join work using (agent_id)
order by agents.agent_id
