-- Grain:  task of the agent with a finding of medium or above; the gravest finding.
-- Reads:  findings, tasks.
-- Misses: findings since the last `detect`.
select
    findings.task_id,
    coalesce(tasks.task_type, tasks.agent_id) as task_type,
    findings.severity,
    findings.title
from findings
inner join tasks using (agent_id, task_id)
where findings.agent_id = $agent_id and findings.severity in ('medium', 'high', 'critical')
qualify row_number() over (
    partition by findings.task_id
    order by list_position(['critical', 'high', 'medium'], findings.severity), findings.confidence desc, findings.id
) = 1
order by tasks.started_at, findings.task_id
