-- Grain:  task (agent id + task id) + action + region.
-- Reads:  events.
-- Misses: bytes of services that do not log them (all but S3): bytes_out is null there.
create or replace view task_actions as
select
    agent_id,
    task_id,
    min(task_type) as task_type,
    action,
    min(capability) as capability,
    aws_region as region,
    count(*) as event_count,
    count(error_code) as error_count,
    min(event_time) as first_time,
    max(event_time) as last_time,
    -- CloudTrail writes 1234.0. Whole numbers add up to the same in any order, and never to more than fits.
    sum(try_cast(try_cast(additional_event_data ->> 'bytesTransferredOut' as double) as bigint)) as bytes_out
from events
where agent_id is not null and task_id is not null
group by agent_id, task_id, action, aws_region
