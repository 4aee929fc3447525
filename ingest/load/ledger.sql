-- Grain:  object of this batch.
-- Reads:  staged_objects, event_records, losers, dead_letter_records.
-- Misses: nothing: records_read = events_stored + duplicates + dead_letters for each.
insert into source_objects by name
with

stored as (

    select object_id, count(*) as records, count(*) filter (where not is_copy) as events
    from event_records
    where object_id >= $first_object_id
    group by object_id

),

lost as (

    select object_id, count(*) as records
    from losers
    group by object_id

),

dead as (

    select object_id, count(*) as records
    from dead_letter_records
    where object_id >= $first_object_id
    group by object_id

)

select
    objects.object_id,
    objects.uri,
    objects.version,
    objects.bytes,
    coalesce(stored.records, 0) + coalesce(lost.records, 0) + coalesce(dead.records, 0) as records_read,
    coalesce(stored.events, 0) as events_stored,
    coalesce(stored.records, 0) - coalesce(stored.events, 0) + coalesce(lost.records, 0) as duplicates,
    coalesce(dead.records, 0) as dead_letters,
    objects.problem,
    $ingested_at::timestamp as ingested_at
from staged_objects as objects
left join stored using (object_id)
left join lost using (object_id)
left join dead using (object_id)
