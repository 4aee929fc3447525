-- Grain:  record that is no event, or object that could not be read.
-- Reads:  dead_letter_records, source_objects.
-- Misses: secrets in raw: they are dropped.
create or replace view dead_letters as
select
    source_objects.uri as source_object,
    dead_letter_records.position,
    dead_letter_records.reason,
    dead_letter_records.raw
from dead_letter_records
left join source_objects using (object_id)
