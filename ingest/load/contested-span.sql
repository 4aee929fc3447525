-- Grain:  one row; nulls where nothing is contested.
-- Reads:  event_records, contested.
-- Misses: nothing.
select min(event_time) as first_time, max(event_time) as last_time
from event_records
semi join contested using (event_id)
