-- Grain:  event id. Of the two copies of a cross-account call, the caller's.
-- Reads:  event_records, session_identities, capabilities, source_objects.
-- Misses: fields that no column holds (tlsDetails, apiVersion); secrets, which were dropped on ingest.
create or replace view events as
select
    records.event_id,
    records.event_time,
    records.action,
    records.event_source,
    records.event_name,
    records.event_category,
    capabilities.capability,
    records.read_only,
    records.aws_region,
    records.account_id,
    records.source_ip,
    records.user_agent,
    records.error_code,
    records.error_message,
    records.identity_type,
    records.principal_id,
    records.principal_arn,
    records.role_arn,
    records.access_key_id,
    records.invoked_by,
    identities.agent_id,
    identities.task_id,
    identities.task_type,
    identities.on_behalf_of,
    coalesce(identities.attribution_method, 'none') as attribution_method,
    coalesce(identities.attribution_confidence, 0) as attribution_confidence,
    records.resources,
    records.request_parameters,
    records.response_elements,
    records.additional_event_data,
    source_objects.uri as source_object,
    records.event_type,
    records.event_version,
    records.user_name,
    records.source_identity,
    records.session_created_at,
    records.session_key,
    records.request_id,
    records.shared_event_id,
    records.vpc_endpoint_id,
    records.service_event_details,
    records.event_context,
    records.mcp_event_details,
    records.revision
from event_records as records
left join session_identities as identities using (session_key)
left join capabilities using (action)
inner join source_objects using (object_id)
where not records.is_copy
