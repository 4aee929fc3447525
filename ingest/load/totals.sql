-- Grain:  this batch.
-- Reads:  source_objects from $first_object_id on.
-- Misses: what the batch changed in the counts of earlier objects.
select
    sum(records_read) as records_read,
    sum(events_stored) as events_stored,
    sum(duplicates) as duplicates,
    sum(dead_letters) as dead_letters
from source_objects
where object_id >= $first_object_id
