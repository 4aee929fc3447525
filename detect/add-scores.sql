-- Grain:  entry of $scores, a JSON array: a task.
-- Reads:  $scores.
-- Misses: nothing.
insert into task_score_records by name
select
    entry.agentId as agent_id,
    entry.taskId as task_id,
    entry.score,
    entry.probability,
    entry.pValue as p_value,
    entry.baselineLevel as baseline_level,
    entry.baselineTasks as baseline_tasks
from (
    select unnest(from_json(
        $scores,
        '[{
            "agentId": "VARCHAR", "taskId": "VARCHAR", "score": "DOUBLE", "probability": "DOUBLE",
            "pValue": "DOUBLE", "baselineLevel": "VARCHAR", "baselineTasks": "UBIGINT"
        }]'
    )) as entry
)
