-- Grain:  entry of $states, a JSON array: a detector.
-- Reads:  $states.
-- Misses: nothing.
insert into detector_states by name
select entry.id as detector, entry.status, entry.reason
from (
    select unnest(from_json(
        $states,
        '[{"id": "VARCHAR", "status": "VARCHAR", "reason": "VARCHAR"}]'
    )) as entry
)
