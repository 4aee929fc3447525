-- Grain:  key id that a call handed out.
-- Reads:  issue_records.
-- Keeps:  of several records of one issue the caller's, which knows the parent.
insert into session_issues by name
with

ranked as (

    select
        *,
        row_number() over (
            partition by issued_key_id
            order by issuer_access_key_id is null, not starts_with(action, 'sts:'), event_time, event_id
        ) as place
    from issue_records

),

facts as (

    -- What one record of the issue lacks, another may have.
    select
        issued_key_id,
        min(role_arn) as role_arn,
        min(assumed_role_arn) as assumed_role_arn,
        min(role_session_name) as role_session_name,
        min(source_identity) as source_identity,
        min(principal_id) as principal_id,
        bool_or(incoming_tags is not null) as has_incoming_tags
    from issue_records
    group by issued_key_id

)

select
    ranked.issued_key_id as access_key_id,
    ranked.event_id,
    ranked.event_time as issued_at,
    ranked.action as issuing_action,
    ranked.issuer_access_key_id,
    ranked.issuer_session_key,
    ranked.issuer_arn,
    ranked.issuer_type,
    ranked.account_id,
    coalesce(
        facts.role_arn,
        facts.assumed_role_arn,
        case when ranked.is_same_principal then ranked.issuer_role_arn end
    ) as role_arn,
    facts.role_session_name,
    coalesce(facts.source_identity, ranked.issuer_source_identity) as source_identity,
    facts.principal_id,
    facts.has_incoming_tags,
    ranked.is_same_principal
from ranked
inner join facts using (issued_key_id)
where ranked.place = 1
