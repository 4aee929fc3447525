-- Grain:  finding id.
-- Reads:  finding_records, which `detect` writes.
-- Misses: findings since the last `detect`.
create or replace view findings as
select
    id,
    detector,
    severity,
    confidence,
    title,
    explanation,
    agent_id,
    task_id,
    task_type,
    on_behalf_of,
    access_key_ids,
    role_arns,
    account_ids,
    regions,
    first_seen,
    last_seen,
    evidence,
    baseline,
    techniques,
    visibility,
    response
from finding_records
