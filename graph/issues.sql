-- Grain:  record of a call that handed out a key. Several may tell of one issue: both accounts' copies of a
--         cross-account AssumeRole, EKS's or Roles Anywhere's own event beside STS's.
-- Reads:  event_records of the objects that the ledger has; copies too: the caller's has the parent's key,
--         the owner's may be all there is.
-- Misses: denied calls (they hand out nothing); calls whose response CloudTrail hides (sso:GetRoleCredentials).
create or replace temp table issue_records as
with

minted as (

    select
        event_id,
        event_time,
        action,
        access_key_id,
        session_key,
        coalesce(principal_arn, invoked_by, principal_id) as issuer_arn,
        identity_type,
        account_id,
        role_arn,
        source_identity,
        json_transform(request_parameters, '{
            "roleArn": "VARCHAR",
            "roleSessionName": "VARCHAR",
            "name": "VARCHAR",
            "sourceIdentity": "VARCHAR",
            "tags": [{"key": "VARCHAR", "value": "VARCHAR"}],
            "principalTags": "MAP(VARCHAR, VARCHAR)",
            "transitiveTagKeys": ["VARCHAR"],
            "incomingTransitiveTags": "MAP(VARCHAR, VARCHAR)"
        }') as request,
        json_transform(response_elements, '{
            "credentials": {"accessKeyId": "VARCHAR"},
            "roleCredentials": {"accessKeyId": "VARCHAR"},
            "assumedRoleUser": {"arn": "VARCHAR", "assumedRoleId": "VARCHAR"},
            "federatedUser": {"federatedUserId": "VARCHAR"},
            "sourceIdentity": "VARCHAR",
            "credentialSet": [{
                "credentials": {"accessKeyId": "VARCHAR"},
                "assumedRoleUser": {"arn": "VARCHAR", "assumedRoleId": "VARCHAR"},
                "roleArn": "VARCHAR",
                "sourceIdentity": "VARCHAR"
            }]
        }') as response
    from event_records
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

),

issued as (

    select
        *,
        coalesce(
            response.credentials.accessKeyId,
            response.credentialSet[1].credentials.accessKeyId,
            response.roleCredentials.accessKeyId
        ) as issued_key_id
    from minted

)

select
    issued_key_id,
    event_id,
    event_time,
    action,
    access_key_id as issuer_access_key_id,
    -- A call by way of an MCP server has a session key of its own.
    coalesce(access_key_id, session_key) as issuer_session_key,
    issuer_arn,
    identity_type as issuer_type,
    -- A key for a bucket, or for the caller itself, acts as the caller and with all of its tags.
    action in ('s3:CreateSession', 's3express:CreateSession', 'sts:GetSessionToken') as is_same_principal,
    account_id,
    role_arn as issuer_role_arn,
    coalesce(request.roleArn, response.credentialSet[1].roleArn) as role_arn,
    -- Without the path of the role's name.
    nullif(regexp_replace(
        regexp_extract(
            coalesce(response.assumedRoleUser.arn, response.credentialSet[1].assumedRoleUser.arn),
            '^arn:[^:]+:sts::\d+:assumed-role/[^/]+'
        ),
        '^(arn:[^:]+):sts::(\d+):assumed-role/',
        '\1:iam::\2:role/'
    ), '') as assumed_role_arn,
    coalesce(
        request.roleSessionName,
        request.name,
        nullif(regexp_extract(
            coalesce(response.assumedRoleUser.arn, response.credentialSet[1].assumedRoleUser.arn),
            '/([^/]+)$',
            1
        ), '')
    ) as role_session_name,
    source_identity as issuer_source_identity,
    coalesce(
        request.sourceIdentity,
        response.sourceIdentity,
        response.credentialSet[1].sourceIdentity
    ) as source_identity,
    coalesce(
        response.assumedRoleUser.assumedRoleId,
        response.credentialSet[1].assumedRoleUser.assumedRoleId,
        response.federatedUser.federatedUserId
    ) as principal_id,
    request.tags,
    request.principalTags as principal_tags,
    list_transform(request.transitiveTagKeys, lambda tag_key: lower(tag_key)) as transitive_keys,
    request.incomingTransitiveTags as incoming_tags
from issued
where issued_key_id is not null and issued_key_id <> ''
