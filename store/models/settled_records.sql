-- Grain:  event id. Of the two copies of a cross-account call, the caller's.
-- Reads:  event_records of the objects that the ledger has: a load shows all of an object or nothing.
-- Misses: nothing.
create or replace view settled_records as
select event_records.*
from event_records
semi join source_objects using (object_id)
where not event_records.is_copy
