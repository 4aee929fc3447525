-- Grain:  agent id.
-- Reads:  agents.
-- Misses: agents without identity.
select agent_id
from agents
order by agent_id
