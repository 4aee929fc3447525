-- Grain:  role that sessions of more than one agent use.
-- Reads:  sessions.
-- Misses: roles of agents without identity.
select
    role_arn,
    list_sort(list(distinct agent_id)) as agent_ids
from sessions
where agent_id is not null and role_arn is not null
group by role_arn
having count(distinct agent_id) > 1
order by role_arn
