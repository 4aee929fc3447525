-- Grain:  task (agent id + task id) that has a finding.
-- Reads:  task_score_records, which `detect` writes.
-- Misses: tasks without a finding: they score 0.
create or replace view task_scores as
select
    agent_id,
    task_id,
    score,
    probability,
    p_value,
    baseline_level,
    baseline_tasks
from task_score_records
