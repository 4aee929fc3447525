-- Grain:  entry of $rows, a JSON array.
-- Reads:  $rows.
-- Misses: nothing.
insert into attribution_tag_keys by name
select
    entry.identity_role,
    entry.position,
    entry.tag_key
from (
    select unnest(from_json(
        $rows,
        '[{"identity_role": "VARCHAR", "position": "INTEGER", "tag_key": "VARCHAR"}]'
    )) as entry
)
