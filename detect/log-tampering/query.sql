-- Grain:  task (agent id + task id), or principal where no tag names an agent.
-- Reads:  events, sessions, principal_patterns, scope_entries.
-- Misses: what a service did in the agent's name (invoked_by); switches whose request is not in the record;
--         what a log was before the call: data events that fall away while management events stay.
with

candidates as (

    select
        event_id,
        event_time,
        action,
        agent_id,
        task_id,
        coalesce(task_type, agent_id) as task_type,
        on_behalf_of,
        access_key_id,
        role_arn,
        coalesce(role_arn, principal_arn) as principal_arn,
        account_id,
        aws_region,
        user_agent,
        error_code is null as succeeded,
        request_parameters as request,
        coalesce(
            list_bool_or(list_transform(
                $audit_logs::varchar[],
                lambda pattern: lower(request_parameters ->> 'logGroupName') glob lower(pattern)
            )),
            false
        ) as is_audit_log,
        attribution_confidence
    from events
    where
        (invoked_by is null or ends_with(invoked_by, '-mcp.amazonaws.com'))
        and event_type is distinct from 'AwsMcpEvent'
        and (
            capability = 'evade'
            or action in ('logs:PutRetentionPolicy', 's3:DeleteObject', 'guardduty:CreateFilter')
        )

),

-- Of a denied call CloudTrail leaves the request out, and with it the direction of the switch.
losses as (

    select
        *,
        case
            when action in (
                'cloudtrail:StopLogging', 'cloudtrail:DeleteTrail', 'cloudtrail:DeleteEventDataStore',
                'cloudtrail:StopEventDataStoreIngestion'
            ) then 'trail-off'
            when action in ('guardduty:DeleteDetector', 'securityhub:DisableSecurityHub', 'macie2:DisableMacie',
                'inspector2:Disable', 'detective:DeleteGraph', 'access-analyzer:DeleteAnalyzer',
                'securitylake:DeleteDataLake', 'guardduty:StopMonitoringMembers',
                'guardduty:DisassociateFromAdministratorAccount', 'guardduty:DisassociateFromMasterAccount',
                'securityhub:BatchDisableStandards'
            ) then 'detection-off'
            when action in (
                'config:StopConfigurationRecorder', 'config:DeleteConfigurationRecorder',
                'config:DeleteDeliveryChannel'
            ) then 'recorder-off'
            when action in (
                'ec2:DeleteFlowLogs', 'route53resolver:DeleteResolverQueryLogConfig',
                'route53resolver:DisassociateResolverQueryLogConfig'
            ) then 'network-log-off'
            when action in ('logs:DeleteLogGroup', 'logs:DeleteLogStream') then case
                when is_audit_log then 'audit-log-erased'
                else 'log-erased'
            end
            when action in (
                'logs:DeleteSubscriptionFilter', 'logs:DeleteDestination', 'logs:DeleteDelivery',
                'logs:DeleteDeliverySource', 'logs:DeleteDeliveryDestination', 'rds:StopActivityStream',
                'redshift:DisableLogging', 'wafv2:DeleteLoggingConfiguration',
                'bedrock:DeleteModelInvocationLoggingConfiguration', 'guardduty:DeletePublishingDestination'
            ) then 'log-cut-off'
            when action in (
                'monitoring:DeleteAlarms', 'monitoring:DisableAlarmActions', 'events:DeleteRule',
                'events:DisableRule', 'events:RemoveTargets', 'logs:DeleteMetricFilter'
            ) then 'alarm-off'
            when not succeeded then case
                when action in (
                    'cloudtrail:PutEventSelectors', 'cloudtrail:UpdateTrail', 'cloudtrail:UpdateEventDataStore',
                    'cloudtrail:PutInsightSelectors', 'guardduty:UpdateDetector'
                ) then 'attempt'
            end
            when action = 'cloudtrail:UpdateTrail' then case
                when (request ->> 's3BucketName') is not null then 'trail-diverted'
                when
                    'false' in (
                        (request ->> 'isMultiRegionTrail'), (request ->> 'includeGlobalServiceEvents'),
                        (request ->> 'enableLogFileValidation'), (request ->> 'isOrganizationTrail')
                    )
                    or (request ->> 'cloudWatchLogsLogGroupArn') = ''
                then 'trail-narrowed'
            end
            when action = 'cloudtrail:UpdateEventDataStore' and 'false' in (
                (request ->> 'multiRegionEnabled'), (request ->> 'organizationEnabled'),
                (request ->> 'terminationProtectionEnabled')
            ) then 'trail-narrowed'
            when action = 'cloudtrail:PutInsightSelectors'
                and coalesce(json_array_length(request -> 'insightSelectors'), 0) = 0
            then 'trail-narrowed'
            when action = 'cloudtrail:PutEventSelectors' then case
                when
                    coalesce(json_array_length(request -> 'eventSelectors'), 0)
                    + coalesce(json_array_length(request -> 'advancedEventSelectors'), 0) = 0
                then case when json_type(request) = 'OBJECT' then 'trail-off' end
                -- Each selector of management events takes all of them, the reading or the writing ones.
                when not list_has_all(flatten(list_concat(
                    list_transform(
                        coalesce(
                            json_transform(
                                request -> 'eventSelectors',
                                '[{"readWriteType": "VARCHAR", "includeManagementEvents": "VARCHAR"}]'
                            ),
                            []
                        ),
                        lambda selector: case
                            when selector.includeManagementEvents = 'false' then []
                            when selector.readWriteType = 'WriteOnly' then ['write']
                            when selector.readWriteType = 'ReadOnly' then ['read']
                            else ['read', 'write']
                        end
                    ),
                    list_transform(
                        coalesce(json_extract(request, '$.advancedEventSelectors[*].fieldSelectors'), []),
                        lambda fields: case
                            when not regexp_matches(fields::varchar, '"equals":\s*\[\s*"Management"') then []
                            when regexp_matches(fields::varchar, '"readOnly"')
                            then [
                                case
                                    when regexp_matches(
                                        fields::varchar,
                                        '"readOnly"[^{}]*"true"|"true"[^{}]*"readOnly"'
                                    ) then 'read'
                                    else 'write'
                                end
                            ]
                            else ['read', 'write']
                        end
                    )
                )), ['read', 'write']) then 'trail-narrowed'
            end
            when action in (
                'guardduty:UpdateDetector', 'guardduty:UpdateMemberDetectors',
                'guardduty:UpdateOrganizationConfiguration'
            ) then case
                when (request ->> 'enable') = 'false' then 'detection-off'
                when
                    regexp_matches(request::varchar, '"DISABLED"|"(enable|autoEnable)":\s*false')
                    or (request ->> 'autoEnableOrganizationMembers') = 'NONE'
                then 'detection-muted'
            end
            when action = 'macie2:UpdateMacieSession' and (request ->> 'status') = 'PAUSED' then 'detection-off'
            when
                (
                    action in ('guardduty:CreateFilter', 'guardduty:UpdateFilter', 'macie2:CreateFindingsFilter')
                    and (request ->> 'action') = 'ARCHIVE'
                )
                or (action in ('inspector2:CreateFilter', 'inspector2:UpdateFilter') and (request ->> 'action') = 'SUPPRESS')
                or (action in ('guardduty:CreateIPSet', 'guardduty:UpdateIPSet') and (request ->> 'activate') = 'true')
                or (action = 'securityhub:UpdateStandardsControl' and (request ->> 'controlStatus') = 'DISABLED')
                or action in ('access-analyzer:CreateArchiveRule', 'access-analyzer:ApplyArchiveRule')
            then 'detection-muted'
            when
                action = 'logs:PutRetentionPolicy'
                and try_cast(request ->> 'retentionInDays' as integer) <= $short_retention_days::integer
            then case
                when is_audit_log then 'audit-log-erased'
                else 'log-erased'
            end
            when
                action = 's3:DeleteObject'
                and regexp_matches(request ->> 'key', '(^|/)AWSLogs/.*/(CloudTrail|Config|GuardDuty|vpcflowlogs)')
            then 'audit-log-erased'
            when
                action = 's3:PutBucketLogging'
                and json_type(request, '$.BucketLoggingStatus') is not null
                and json_type(request, '$.BucketLoggingStatus.LoggingEnabled') is null
            then 'log-cut-off'
        end as loss
    from candidates

),

tampering as (

    select *
    from losses
    where
        loss is not null
        -- Who made a log in this task may remove it.
        and not exists (
            select 1
            from events as made
            where
                made.action in ('logs:CreateLogGroup', 'cloudtrail:CreateTrail')
                and made.error_code is null
                and made.event_time <= losses.event_time
                and made.agent_id = losses.agent_id
                and made.task_id = losses.task_id
                and split_part(made.action, ':', 1) = split_part(losses.action, ':', 1)
                and coalesce((made.request_parameters ->> 'logGroupName'), (made.request_parameters ->> '$.name'))
                = coalesce(
                    (losses.request ->> 'logGroupName'),
                    regexp_replace(losses.request ->> '$.name', '^arn:.*:trail/', '')
                )
        )

),

clients as (

    select
        user_agent,
        list_concat(
            regexp_split_to_array(lower(user_agent), '[^a-z0-9_-]+'),
            -- Before 2.35.24 the codes did not exist.
            case
                when regexp_matches(
                    user_agent,
                    '(^|\[)aws-cli/([3-9]\.|2\.([4-9][0-9]|3[6-9]|[0-9]{3,}|35\.(2[4-9]|[3-9][0-9]|[0-9]{3,})))'
                ) then list_transform(
                    string_split(regexp_extract(user_agent, ' m/([A-Za-z0-9,+-]+)', 1), ','),
                    lambda code: concat('m/', code)
                )
                else []
            end
        ) as words
    from (select distinct user_agent from tampering where user_agent is not null)

),

suspected_clients as (

    select
        user_agent,
        list_filter(
            $agent_marks::varchar[],
            lambda mark: list_contains(words, split_part(mark, '=', 1))
        ) as marks
    from clients

),

agent_roles as (

    select role_arn
    from sessions
    where role_arn is not null and (issuing_event_id is not null or agent_id is not null)
    group by role_arn
    having
        (
            count(*) filter (where agent_id is not null) >= $minimum_tagged_sessions::integer
            and count(*) filter (where agent_id is not null) / count(*) >= $minimum_tagged_share::double
        )
        or exists (
            select 1
            from principal_patterns as patterns
            where patterns.use = 'agent-role' and role_arn glob patterns.pattern
        )

),

verdicts as (

    select
        tampering.event_id,
        coalesce(bool_or(entries.effect = 'allow') and not bool_or(entries.effect = 'deny'), false) as is_allowed
    from tampering
    left join scope_entries as entries
        on tampering.task_type glob entries.task_type
        and tampering.agent_id glob entries.agent
        and coalesce(entries.capability = 'evade', lower(tampering.action) glob entries.action)
    group by tampering.event_id

),

task_roles as (

    select agent_id, task_id, list_sort(list_distinct(list(role_arn))) as task_role_arns
    from sessions
    where agent_id is not null and role_arn is not null
    group by agent_id, task_id

),

calls as (

    select
        tampering.*,
        case when tampering.agent_id is null then tampering.principal_arn end as subject_arn,
        verdicts.is_allowed
    from tampering
    inner join verdicts using (event_id)
    where
        tampering.agent_id is not null
        or tampering.role_arn in (select role_arn from agent_roles)
        or tampering.user_agent in (select user_agent from suspected_clients where len(marks) > 0)

)

select
    calls.agent_id,
    calls.task_id,
    min(calls.task_type) as task_type,
    min(calls.on_behalf_of) as on_behalf_of,
    list_sort(list_distinct(list(calls.access_key_id))) as access_key_ids,
    list_sort(list_distinct(list(calls.role_arn))) as role_arns,
    list_sort(list_distinct(list(calls.account_id))) as account_ids,
    list_sort(list_distinct(list(calls.aws_region))) as regions,
    min(calls.event_time) as first_seen,
    max(calls.event_time) as last_seen,
    list(calls.event_id order by calls.event_time, calls.event_id) as event_ids,
    list_sort(list_distinct(list(calls.action))) as actions,
    calls.subject_arn,
    coalesce(list_sort(list_distinct(list(calls.loss) filter (where calls.succeeded))), []) as losses,
    coalesce(list_sort(list_distinct(list(calls.loss) filter (where not calls.succeeded))), []) as attempts,
    bool_and(calls.is_allowed) as is_allowed,
    count(*) as call_count,
    count(*) filter (where calls.succeeded) as succeeded_count,
    -- Of a session without tags it is sure who called: whoever held the key.
    min(case when calls.agent_id is null then 1.0 else calls.attribution_confidence end)::double
        as attribution_confidence,
    coalesce(any_value(task_roles.task_role_arns), []) as task_role_arns
from calls
left join task_roles
    on task_roles.agent_id = calls.agent_id
    and task_roles.task_id is not distinct from calls.task_id
group by calls.agent_id, calls.task_id, calls.subject_arn
order by calls.agent_id, calls.task_id, calls.subject_arn
