-- Grain:  dead letter of the objects from $first_object_id on; the first few.
-- Reads:  dead_letter_records, source_objects.
-- Misses: those beyond $most.
select
    source_objects.uri,
    letters.position,
    letters.reason
from dead_letter_records as letters
inner join source_objects using (object_id)
where letters.object_id >= $first_object_id
order by source_objects.uri, letters.position nulls first, letters.reason
limit $most
