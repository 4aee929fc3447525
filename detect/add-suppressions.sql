-- Grain:  entry of $suppressions, a JSON array: a suppression, in order.
-- Reads:  $suppressions.
-- Misses: nothing.
insert into suppression_states by name
select
    generate_subscripts(entries, 1) as position,
    unnest(entries).owner as owner,
    unnest(entries).reason as reason,
    unnest(entries).expires::date as expires,
    unnest(entries).findings as finding_count
from (
    select from_json(
        $suppressions,
        '[{"owner": "VARCHAR", "reason": "VARCHAR", "expires": "VARCHAR", "findings": "UBIGINT"}]'
    ) as entries
)
