-- Grain:  object of this batch that holds a record which is no event as it stands.
-- Reads:  event_records of objects from $first_object_id on.
-- Misses: what read_json itself refuses: that fails the load.
select distinct object_id
from event_records
where
    object_id >= $first_object_id
    and (
        coalesce(event_id, '') = ''
        or coalesce(event_source, '') = ''
        or coalesce(event_name, '') = ''
        or event_time is null
        or event_version not like '1.%'
    )
order by object_id
