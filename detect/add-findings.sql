-- Grain:  entry of $findings, a JSON array of findings.
-- Reads:  $findings.
-- Misses: nothing.
insert into finding_records by name
select
    entry.id,
    entry.detector,
    entry.severity,
    entry.confidence,
    entry.title,
    entry.explanation,
    entry.agentId as agent_id,
    entry.taskId as task_id,
    entry.taskType as task_type,
    entry.onBehalfOf as on_behalf_of,
    entry.accessKeyIds as access_key_ids,
    entry.roleArns as role_arns,
    entry.accountIds as account_ids,
    entry.regions,
    entry.firstSeen::timestamp as first_seen,
    entry.lastSeen::timestamp as last_seen,
    entry.evidence,
    case when json_type(entry.baseline) = 'OBJECT' then entry.baseline end as baseline,
    entry.techniques,
    entry.visibility,
    case when json_type(entry.response) = 'OBJECT' then entry.response end as response
from (
    select unnest(from_json(
        $findings,
        '[{
            "id": "VARCHAR", "detector": "VARCHAR", "severity": "VARCHAR", "confidence": "DOUBLE",
            "title": "VARCHAR", "explanation": "VARCHAR", "agentId": "VARCHAR", "taskId": "VARCHAR",
            "taskType": "VARCHAR", "onBehalfOf": "VARCHAR", "accessKeyIds": ["VARCHAR"],
            "roleArns": ["VARCHAR"], "accountIds": ["VARCHAR"], "regions": ["VARCHAR"],
            "firstSeen": "VARCHAR", "lastSeen": "VARCHAR", "evidence": "JSON", "baseline": "JSON",
            "techniques": ["VARCHAR"], "visibility": ["VARCHAR"], "response": "JSON"
        }]'
    )) as entry
)
