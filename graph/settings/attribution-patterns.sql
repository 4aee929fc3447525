-- Grain:  entry of $rows, a JSON array.
-- Reads:  $rows.
-- Misses: nothing.
insert into attribution_patterns by name
select
    entry.position,
    entry.origin,
    entry.agent_pattern,
    entry.task_pattern
from (
    select unnest(from_json(
        $rows,
        '[{"position": "INTEGER", "origin": "VARCHAR", "agent_pattern": "VARCHAR", "task_pattern": "VARCHAR"}]'
    )) as entry
)
