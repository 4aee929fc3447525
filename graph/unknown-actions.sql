-- Grain:  action in the store that the capability table lacks.
-- Reads:  settled_records, capabilities.
-- Misses: nothing.
select action, bool_and(read_only) as read_only
from settled_records
anti join capabilities using (action)
group by action
order by action
