-- Grain:  source object: uri + version (ETag or mtime).
-- Reads:  source_objects.
-- Keeps:  records_read = events_stored + duplicates + dead_letters; an event belongs to the object
--         whose uri sorts first among those that hold it.
create or replace view objects as
select
    uri,
    version,
    bytes,
    records_read,
    events_stored,
    duplicates,
    dead_letters,
    problem,
    ingested_at
from source_objects
