-- Grain:  agent id.
-- Reads:  tasks, sessions, events.
-- Misses: agents without identity: they have no row here, `inventory` suspects them.
create or replace view agents as
with

credentials as (

    select
        agent_id,
        min(coalesce(issued_at, first_used_at)) as first_seen,
        max(coalesce(last_used_at, issued_at)) as last_seen,
        list_sort(list(distinct role_arn) filter (where role_arn is not null)) as role_arns,
        list_sort(list(distinct case
            when issuing_action in (
                'sts:AssumeRoleWithSAML',
                'sts:AssumeRoleWithWebIdentity',
                'rolesanywhere:CreateSession',
                'cognito-identity:GetCredentialsForIdentity'
            ) then 'federation'
            -- The node that asks for its pod.
            when issuing_action = 'eks-auth:AssumeRoleForPodIdentity' then 'service'
            when issuer_access_key_id like 'AKIA%' then 'long-term-key'
            when issuer_access_key_id is not null then 'role-chain'
            when issuer_type = 'AWSService' then 'service'
            else 'unknown'
        end)) as credential_kinds
    from sessions
    where agent_id is not null
    group by agent_id

),

activity as (

    select
        agent_id,
        min(event_time) as first_seen,
        max(event_time) as last_seen,
        count(*) as event_count
    from events
    where agent_id is not null
    group by agent_id

),

work as (

    select
        agent_id,
        count(*) as task_count,
        count(distinct on_behalf_of) as on_behalf_of_count
    from tasks
    group by agent_id

)

select
    agent_id,
    least(credentials.first_seen, activity.first_seen) as first_seen,
    greatest(credentials.last_seen, activity.last_seen) as last_seen,
    coalesce(work.task_count, 0) as task_count,
    coalesce(credentials.role_arns, []) as role_arns,
    coalesce(credentials.credential_kinds, []) as credential_kinds,
    coalesce(work.on_behalf_of_count, 0) as on_behalf_of_count,
    coalesce(activity.event_count, 0) as event_count
from credentials
full join activity using (agent_id)
left join work using (agent_id)
