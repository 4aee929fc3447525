-- Grain:  parent session + child session: the parent's credentials issued the child's.
-- Reads:  sessions.
-- Misses: a child whose issue is outside the trail; a parent known only by its principal.
create or replace view delegations as
select
    children.issuer_access_key_id as parent_access_key_id,
    children.access_key_id as child_access_key_id,
    parents.agent_id as parent_agent_id,
    children.agent_id as child_agent_id,
    parents.task_id as parent_task_id,
    children.task_id as child_task_id,
    -- A user, or a session of which nothing else is known, has no row in sessions with a role.
    split_part(coalesce(parents.role_arn, children.issuer_arn), ':', 5) as parent_account_id,
    split_part(children.role_arn, ':', 5) as child_account_id,
    parents.role_arn as parent_role_arn,
    children.role_arn as child_role_arn,
    children.issued_at,
    children.issuing_action,
    children.issuing_event_id
from sessions as children
left join sessions as parents on parents.access_key_id = children.issuer_access_key_id
where children.issuer_access_key_id is not null
