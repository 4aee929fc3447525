-- Grain:  record that gives way to another of the same event.
-- Reads:  contested, event_records, source_objects, staged_objects.
-- Bounds: $first_time and $last_time, between which contested-span.sql says that all claims are: the wide
--         columns are read of those row groups alone.
-- Keeps:  the last correction, else what sorts first by content, then by its object's uri: an order that
--         knows nothing of arrival.
create or replace temp table losers as
with

objects as (

    select object_id, uri, version from source_objects
    union all
    select object_id, uri, version from staged_objects

),

ranked as (

    select
        records.rowid as record,
        records.object_id,
        records.shared_event_id,
        row_number() over (
            partition by event_id
            order by
                revision desc,
                hash(
                    event_time, event_source, event_name, event_category, event_type, event_version,
                    read_only, aws_region, account_id, source_ip, user_agent, error_code, error_message,
                    identity_type, principal_id, principal_arn, user_name, role_arn, access_key_id,
                    invoked_by, source_identity, session_created_at, request_id, shared_event_id,
                    vpc_endpoint_id, resources, request_parameters, response_elements,
                    additional_event_data, service_event_details, event_context, mcp_event_details
                ),
                objects.uri,
                objects.version,
                records.object_id,
                records.rowid
        ) as place
    from event_records as records
    semi join contested using (event_id)
    inner join objects using (object_id)
    -- JavaScript's times have milliseconds, cut off towards 1970.
    where
        records.event_time between $first_time::timestamp - interval 1 millisecond
        and $last_time::timestamp + interval 1 millisecond

)

select record, object_id, shared_event_id
from ranked
where place > 1
