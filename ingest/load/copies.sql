-- Grain:  record of a call that another account logged too, when it has to be shown or hidden anew.
-- Reads:  event_records, of which losers are no more; objects from $first_object_id on are new.
-- Keeps:  in sight the caller's copy, which has the key and the ARN of the caller.
create or replace temp table copies as
with

shared as (

    select shared_event_id
    from event_records
    where object_id >= $first_object_id and shared_event_id is not null
    union
    select shared_event_id
    from losers
    where shared_event_id is not null

),

ranked as (

    select
        records.rowid as record,
        records.object_id,
        records.is_copy as was_copy,
        row_number() over (
            partition by shared_event_id
            order by access_key_id is null, principal_arn is null, event_id
        ) > 1 as is_copy
    from event_records as records
    semi join shared using (shared_event_id)
    anti join losers on losers.record = records.rowid

)

select record, object_id, is_copy
from ranked
where is_copy is distinct from was_copy
