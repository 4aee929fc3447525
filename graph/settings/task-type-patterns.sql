-- Grain:  entry of $rows, a JSON array.
-- Reads:  $rows.
-- Misses: nothing.
insert into task_type_patterns by name
select
    entry.position,
    entry.pattern,
    entry.task_type
from (
    select unnest(from_json(
        $rows,
        '[{"position": "INTEGER", "pattern": "VARCHAR", "task_type": "VARCHAR"}]'
    )) as entry
)
