-- Grain:  event id that more than one record claims, one of them new.
-- Reads:  event_records; objects from $first_object_id on are new.
-- Misses: nothing: an event id is one event whenever and wherever it comes again.
create or replace temp table contested as
with

new_ids as (

    select event_id, count(*) as claims
    from event_records
    where object_id >= $first_object_id
    group by event_id

)

select event_id
from new_ids
where claims > 1
union
select new_ids.event_id
from event_records as stored
inner join new_ids using (event_id)
where stored.object_id < $first_object_id
