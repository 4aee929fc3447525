-- Grain:  request that a tool call of an AWS-managed MCP server made of an AWS API.
-- Reads:  settled_records of AwsMcpEvent type: additionalEventData.downstreamRequests[].
-- Misses: self-managed MCP servers, which call as themselves.
create or replace temp table mcp_requests as
with

tool_calls as (

    select
        session_key,
        event_id,
        unnest(json_transform(
            additional_event_data -> '$.downstreamRequests',
            '[{"requestId": "VARCHAR"}]'
        )) as request
    from settled_records
    where
        event_type = 'AwsMcpEvent'
        and session_key is not null
        and json_type(additional_event_data, '$.downstreamRequests') = 'ARRAY'

)

select request.requestId as request_id, arg_min(session_key, event_id) as session_key
from tool_calls
where request.requestId is not null
group by request.requestId
