-- Grain:  entry of $rows, a JSON array: an action that the capability table lacks.
-- Reads:  $rows.
-- Misses: nothing.
insert into capabilities by name
select entry.action, entry.capability, 'rule' as origin
from (
    select unnest(from_json($rows, '[{"action": "VARCHAR", "capability": "VARCHAR"}]')) as entry
)
