-- Grain:  response id.
-- Reads:  response_records.
-- Misses: nothing; it is empty until something was planned.
create or replace view responses as
select
    response_id,
    finding_id,
    kind,
    targets,
    state,
    planned_at,
    applied_at,
    applied_by,
    plan,
    outcome,
    reversal
from response_records
