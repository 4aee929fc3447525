-- Grain:  finding with activity in the window.
-- Reads:  findings.
-- Misses: findings whose last event is before $since, or whose first is not before $until.
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
from findings
where
    ($since::timestamp is null or last_seen >= $since::timestamp)
    and ($until::timestamp is null or first_seen < $until::timestamp)
order by id
