-- Grain:  attribution method by which an agent is known.
-- Reads:  events.
-- Misses: nothing.
select attribution_method, count(*) as events
from events
where agent_id is not null
group by attribution_method
order by attribution_method
