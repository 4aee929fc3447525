-- Grain:  entry of $rows, a JSON array.
-- Reads:  $rows.
-- Misses: nothing.
insert into scope_entries by name
select
    entry.scope_id,
    entry.task_type,
    entry.agent,
    entry.effect,
    entry.capability,
    entry.action
from (
    select unnest(from_json(
        $rows,
        '[{"scope_id": "INTEGER", "task_type": "VARCHAR", "agent": "VARCHAR", "effect": "VARCHAR", "capability": "VARCHAR", "action": "VARCHAR"}]'
    )) as entry
)
