-- Grain:  entry of $rows, a JSON array.
-- Reads:  $rows.
-- Misses: nothing.
insert into principal_patterns by name
select
    entry.use,
    entry.pattern
from (
    select unnest(from_json(
        $rows,
        '[{"use": "VARCHAR", "pattern": "VARCHAR"}]'
    )) as entry
)
