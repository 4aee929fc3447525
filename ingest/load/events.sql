-- Grain:  record of the staged files, whose names are their object ids.
-- Reads:  $staged, a glob over JSON arrays of CloudTrail records; the macro redacted.
-- Misses: records that are no events: `unfit.sql` finds them by what is null here.
insert into event_records by name
with

records as (

    select
        parse_filename(filename, true)::uinteger as object_id,
        eventID as own_event_id,
        case when addendum.reason = 'UPDATED_DATA' then nullif(addendum.originalEventID, '') end as original_event_id,
        eventTime,
        eventSource,
        eventName,
        eventCategory,
        eventType,
        eventVersion,
        readOnly,
        awsRegion,
        recipientAccountId,
        sourceIPAddress,
        userAgent,
        errorCode,
        errorMessage,
        userIdentity as identity,
        userIdentity.sessionContext as session,
        userIdentity.sessionContext.attributes.creationDate as created_text,
        requestID,
        sharedEventID,
        vpcEndpointId,
        resources,
        requestParameters,
        responseElements,
        additionalEventData,
        serviceEventDetails,
        eventContext,
        mcpEventDetails
    from read_json(
        $staged,
        format = 'array',
        filename = true,
        maximum_object_size = 4194304,
        columns = {
            'eventID': 'VARCHAR',
            'eventVersion': 'VARCHAR',
            'eventTime': 'VARCHAR',
            'eventSource': 'VARCHAR',
            'eventName': 'VARCHAR',
            'eventCategory': 'VARCHAR',
            'eventType': 'VARCHAR',
            'readOnly': 'VARCHAR',
            'awsRegion': 'VARCHAR',
            'recipientAccountId': 'VARCHAR',
            'sourceIPAddress': 'VARCHAR',
            'userAgent': 'VARCHAR',
            'errorCode': 'VARCHAR',
            'errorMessage': 'VARCHAR',
            'requestID': 'VARCHAR',
            'sharedEventID': 'VARCHAR',
            'vpcEndpointId': 'VARCHAR',
            'userIdentity': 'STRUCT(type VARCHAR, principalId VARCHAR, arn VARCHAR, accountId VARCHAR, accessKeyId VARCHAR, userName VARCHAR, invokedBy VARCHAR, sessionContext STRUCT(sessionIssuer STRUCT(type VARCHAR, arn VARCHAR), attributes STRUCT(creationDate VARCHAR), sourceIdentity VARCHAR))',
            'addendum': 'STRUCT(reason VARCHAR, originalEventID VARCHAR)',
            'resources': 'JSON',
            'requestParameters': 'JSON',
            'responseElements': 'JSON',
            'additionalEventData': 'JSON',
            'serviceEventDetails': 'JSON',
            'eventContext': 'JSON',
            'mcpEventDetails': 'JSON'
        }
    )

),

flat as (

    select
        *,
        nullif(identity.accessKeyId, '') as access_key_id,
        nullif(identity.principalId, '') as principal_id,
        -- A cast would take `+11:00` and let the offset fall; other spellings go the slow way.
        case when eventTime like '____-__-__T__:__:__Z' or eventTime like '____-__-__T__:__:__.%Z'
            then try_cast(eventTime as timestamp) end as event_time,
        case when created_text like '____-__-__T__:__:__Z' then try_cast(created_text as timestamp)
            else try_strptime(created_text, '%Y%m%dT%H%M%SZ') end as session_created_at,
        coalesce(identity.invokedBy like '%mcp.amazonaws.com', false) as is_mcp
    from records

)

select
    -- A correction without an id of its own is no event.
    case when own_event_id <> '' then coalesce(original_event_id, own_event_id) end as event_id,
    case when original_event_id is null then '' else coalesce(own_event_id, '') end as revision,
    object_id,
    false as is_copy,
    event_time,
    concat(
        case when ends_with(eventSource, '.amazonaws.com')
            then left(eventSource, -14)
            else eventSource end,
        ':',
        -- API dates: UpdateFunctionCode20150331v2, CreateDistribution2020_05_31.
        case when contains(eventName, '20')
            then regexp_replace(eventName, '_?20[0-9]{2}_?[01][0-9]_?[0-3][0-9](v[0-9]+)?$', '')
            else eventName end
    ) as action,
    eventSource as event_source,
    eventName as event_name,
    eventCategory as event_category,
    eventType as event_type,
    eventVersion as event_version,
    case lower(readOnly) when 'true' then true when 'false' then false end as read_only,
    awsRegion as aws_region,
    coalesce(recipientAccountId, identity.accountId) as account_id,
    sourceIPAddress as source_ip,
    userAgent as user_agent,
    nullif(errorCode, '') as error_code,
    errorMessage as error_message,
    identity.type as identity_type,
    principal_id,
    identity.arn as principal_arn,
    identity.userName as user_name,
    case
        when session.sessionIssuer.type = 'Role' then session.sessionIssuer.arn
        when identity.type = 'AssumedRole' and identity.arn like 'arn:%:sts::%:assumed-role/%'
            then regexp_replace(identity.arn, '^(arn:[^:]+):sts::(\d+):assumed-role/([^/]+)/.*$', '\1:iam::\2:role/\3')
    end as role_arn,
    access_key_id,
    identity.invokedBy as invoked_by,
    session.sourceIdentity as source_identity,
    session_created_at,
    case
        when is_mcp and requestID is not null then concat('mcp:', requestID)
        when access_key_id is not null then access_key_id
        when session_created_at is not null
            then concat(principal_id, '@', strftime(session_created_at, '%Y-%m-%dT%H:%M:%SZ'))
    end as session_key,
    requestID as request_id,
    sharedEventID as shared_event_id,
    vpcEndpointId as vpc_endpoint_id,
    -- ARNs, types and accounts, of CloudTrail's own making.
    resources,
    redacted(requestParameters) as request_parameters,
    redacted(responseElements) as response_elements,
    redacted(additionalEventData) as additional_event_data,
    redacted(serviceEventDetails) as service_event_details,
    redacted(eventContext) as event_context,
    redacted(mcpEventDetails) as mcp_event_details
from flat
