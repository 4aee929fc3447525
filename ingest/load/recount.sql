-- Objects of earlier batches whose events this one took over, hid or showed.
update source_objects
set
    events_stored = counted.events,
    duplicates = records_read - dead_letters - counted.events
from (
    select objects.object_id, count(records.event_id) as events
    from source_objects as objects
    left join event_records as records
        on records.object_id = objects.object_id and not records.is_copy
    where
        objects.object_id < $first_object_id
        and objects.object_id in (select object_id from losers union select object_id from copies)
    group by objects.object_id
) as counted
where source_objects.object_id = counted.object_id
