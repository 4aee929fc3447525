-- Grain:  the store.
-- Reads:  objects.
-- Misses: nothing: records_read = events_stored + duplicates + dead_letters.
select
    count(*) as objects,
    coalesce(sum(records_read), 0) as records_read,
    coalesce(sum(events_stored), 0) as events_stored,
    coalesce(sum(duplicates), 0) as duplicates,
    coalesce(sum(dead_letters), 0) as dead_letters
from objects
