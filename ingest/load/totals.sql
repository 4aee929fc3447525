-- Grain:  the objects from $first_object_id on.
-- Reads:  source_objects.
-- Misses: nothing.
select
    coalesce(sum(records_read), 0) as records_read,
    coalesce(sum(events_stored), 0) as events_stored,
    coalesce(sum(duplicates), 0) as duplicates,
    coalesce(sum(dead_letters), 0) as dead_letters
from source_objects
where object_id >= $first_object_id
