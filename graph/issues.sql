-- Grain:  key id that a call handed out. Several records may tell of one issue: both accounts' copies of
--         a cross-account AssumeRole, EKS's or Roles Anywhere's own event beside STS's.
-- Reads:  event_records; copies too: the caller's has the parent's key, the owner's may be all there is.
-- Misses: denied calls (they hand out nothing); calls whose response CloudTrail hides (sso:GetRoleCredentials).
create or replace temp table issue_records as
with

minted as (

    select
        records.*,
        coalesce(
            response_elements ->> '$.credentials.accessKeyId',
            response_elements ->> '$.credentialSet[0].credentials.accessKeyId',
            response_elements ->> '$.roleCredentials.accessKeyId'
        ) as issued_key_id
    from event_records as records
    semi join source_objects using (object_id)
    where
        action in (
            'sts:AssumeRole',
            'sts:AssumeRoleWithSAML',
            'sts:AssumeRoleWithWebIdentity',
            'sts:AssumeRoot',
            'sts:GetFederationToken',
            'sts:GetSessionToken',
            'sts:GetDelegatedAccessToken',
            'eks-auth:AssumeRoleForPodIdentity',
            'rolesanywhere:CreateSession',
            's3:CreateSession',
            's3express:CreateSession',
            'cognito-identity:GetCredentialsForIdentity',
            'sso:GetRoleCredentials'
        )

)

select
    issued_key_id,
    event_id,
    event_time,
    action,
    access_key_id as issuer_access_key_id,
    session_key as issuer_session_key,
    coalesce(principal_arn, invoked_by, principal_id) as issuer_arn,
    identity_type as issuer_type,
    account_id,
    role_arn as issuer_role_arn,
    source_identity as issuer_source_identity,
    request_parameters,
    response_elements,
    coalesce(
        response_elements -> '$.assumedRoleUser',
        response_elements -> '$.credentialSet[0].assumedRoleUser'
    ) as assumed_role_user
from minted
where issued_key_id is not null and issued_key_id <> ''
