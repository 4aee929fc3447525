-- Grain:  access key id of temporary credentials, issued or seen in use.
-- Reads:  session_identities, session_issues, settled_records.
-- Keeps:  a key that nobody was seen issuing, with a null issuer: the trail may start after the issue.
create or replace view sessions as
with

uses as (

    select
        access_key_id,
        min(event_time) as first_used_at,
        max(event_time) as last_used_at,
        count(*) as event_count,
        count(error_code) as error_count
    from settled_records
    where access_key_id is not null
    group by access_key_id

)

select
    identities.access_key_id,
    issues.issued_at,
    uses.first_used_at,
    uses.last_used_at,
    identities.role_arn,
    identities.role_session_name,
    identities.source_identity,
    issues.issuer_access_key_id,
    issues.issuer_arn,
    issues.issuing_action,
    identities.agent_id,
    identities.task_id,
    identities.task_type,
    identities.on_behalf_of,
    identities.tags,
    coalesce(uses.event_count, 0) as event_count,
    coalesce(uses.error_count, 0) as error_count,
    identities.attribution_method,
    identities.attribution_confidence,
    issues.issuer_type,
    issues.event_id as issuing_event_id,
    issues.account_id as issuing_account_id
from session_identities as identities
left join session_issues as issues using (access_key_id)
left join uses using (access_key_id)
where identities.access_key_id = identities.session_key
    and (issues.access_key_id is not null or identities.access_key_id like 'ASIA%')
