-- Grain:  broken promise of agent tags: kind + session, task, id, or principal that breaks it.
-- Reads:  sessions, session_tags, events, attribution_tag_keys, principal_patterns.
-- Misses: issuers that the trail shows by their account alone (the other account's copy is missing);
--         a minter that tells untruths about its own agents.
with

tagged as (

    select
        access_key_id,
        issued_at,
        issuing_event_id,
        issuing_action,
        issuer_access_key_id,
        issuer_type,
        issuer_arn,
        role_arn,
        agent_id,
        task_id,
        task_type,
        on_behalf_of
    from sessions
    where
        agent_id is not null
        and issuing_event_id is not null
        and attribution_method in ('access-key', 'role-session', 'event-context')

),

-- The issuer as policies name it: role, user, or identity provider. Services are AWS's own.
issuers as (

    select
        tagged.access_key_id,
        coalesce(
            issues.role_arn,
            issues.response_elements ->> '$.provider',
            issues.request_parameters ->> '$.principalArn',
            tagged.issuer_arn
        ) as principal_arn
    from tagged
    inner join events as issues on issues.event_id = tagged.issuing_event_id
    where tagged.issuer_type is distinct from 'AWSService'

),

unknown_issuers as (

    select access_key_id, principal_arn
    from issuers
    where
        principal_arn like 'arn:%'
        and not exists (
            select 1
            from principal_patterns as patterns
            where patterns.use = 'minter' and principal_arn glob patterns.pattern
        )

),

lineage as (

    select
        children.access_key_id,
        parents.agent_id as parent_agent_id,
        parents.task_id as parent_task_id
    from tagged as children
    inner join sessions as parents on parents.access_key_id = children.issuer_access_key_id
    -- What a pattern made of a session's name need not be spelled as a tag.
    where
        parents.agent_id is not null
        and parents.attribution_method in ('access-key', 'role-session', 'event-context')

),

-- A declared minter may hand out sessions of other agents and tasks than its own.
stray_children as (

    select
        children.access_key_id,
        concat('as ', children.agent_id, coalesce(concat(' (task ', children.task_id, ')'), '')) as told,
        concat(lineage.parent_agent_id, coalesce(concat(' (task ', lineage.parent_task_id, ')'), '')) as expected,
        children.agent_id <> lineage.parent_agent_id as is_other_agent
    from tagged as children
    inner join lineage using (access_key_id)
    inner join unknown_issuers using (access_key_id)
    where
        children.agent_id <> lineage.parent_agent_id
        or children.task_id <> lineage.parent_task_id

),

role_values as (

    select
        tags.session_key as access_key_id,
        keys.identity_role,
        list_sort(list_distinct(list(tags.tag_value))) as tag_values
    from session_tags as tags
    inner join attribution_tag_keys as keys using (tag_key)
    where keys.identity_role in ('agent', 'task') and tags.tag_value <> ''
    group by tags.session_key, keys.identity_role
    -- A second key for what was inherited; two own ones may be an id and a name.
    having bool_or(tags.origin = 'inherited') and bool_or(tags.origin = 'own')

),

empty_tags as (

    select tags.session_key as access_key_id, min(tags.tag_name) as tag_name
    from session_tags as tags
    inner join attribution_tag_keys as keys using (tag_key)
    where keys.identity_role in ('agent', 'task') and tags.tag_value = ''
    group by tags.session_key

),

-- Cyrillic and Greek letters that look Latin, digits that look like letters, spaces, accents.
ids as (

    select
        'agent' as identity_role,
        agent_id as id,
        '' as space,
        translate(
            regexp_replace(strip_accents(lower(agent_id)), '[\s_-]+', '-', 'g'),
            'авекмнорстухіјѕԁοαενικτρυ01',
            'abekmhopctyxijsdoaeviktpuol'
        ) as looks,
        issued_at,
        access_key_id
    from tagged
    union all
    select
        'task' as identity_role,
        task_id as id,
        agent_id as space,
        translate(
            regexp_replace(strip_accents(lower(task_id)), '\s+', '', 'g'),
            'авекмнорстухіјѕԁοαενικτρυ',
            'abekmhopctyxijsdoaeviktpu'
        ) as looks,
        issued_at,
        access_key_id
    from tagged
    where task_id is not null

),

known_ids as (

    select identity_role, space, looks, id, min(issued_at) as known_at
    from ids
    group by identity_role, space, looks, id

),

-- Whichever came first is the one that the others look like.
look_alikes as (

    select
        identity_role,
        space,
        id,
        first_value(id) over (
            partition by identity_role, space, looks
            order by known_at, id
            rows between unbounded preceding and unbounded following
        ) as model_id
    from known_ids

),

-- A planner's worker shares its task by right: the chain of sessions says who sent it.
task_starts as (

    select tagged.access_key_id, tagged.agent_id, tagged.task_id
    from tagged
    left join lineage using (access_key_id)
    where tagged.task_id is not null and lineage.parent_task_id is distinct from tagged.task_id

),

task_owners as (

    select task_id, list_sort(list_distinct(list(agent_id))) as owners
    from task_starts
    group by task_id

),

-- Where many tasks have several agents, that is how this fleet works.
sharing as (

    select
        count(*) filter (where len(owners) > 1) >= $habitual_tasks::integer
        and count(*) filter (where len(owners) > 1) > $habitual_share::double * count(*) as is_habit
    from task_owners

),

breaches as (

    select
        'other-agent' as kind,
        access_key_id as about,
        access_key_id,
        told,
        expected
    from stray_children
    where is_other_agent
    union all
    select 'other-task' as kind, access_key_id as about, access_key_id, told, expected
    from stray_children
    where not is_other_agent
    union all
    select
        concat('two-', identity_role, 's') as kind,
        access_key_id as about,
        access_key_id,
        array_to_string(tag_values, ', ') as told,
        null as expected
    from role_values
    where len(tag_values) > 1
    union all
    select
        case when sharing.is_habit then 'common-task' else 'shared-task' end as kind,
        task_owners.task_id as about,
        task_starts.access_key_id,
        array_to_string(task_owners.owners, ', ') as told,
        null as expected
    from task_owners
    inner join task_starts using (task_id)
    cross join sharing
    where len(task_owners.owners) > 1
    union all
    select
        'unknown-minter' as kind,
        unknown_issuers.principal_arn as about,
        tagged.access_key_id,
        tagged.agent_id as told,
        unknown_issuers.principal_arn as expected
    from tagged
    inner join unknown_issuers using (access_key_id)
    where
        exists (select 1 from principal_patterns where use = 'minter')
        -- An agent's session is judged as a parent instead.
        and access_key_id not in (select access_key_id from lineage)
        -- Tags that came in from a parent, known or not, were handed out by another.
        and exists (
            select 1
            from session_tags as tags
            inner join attribution_tag_keys as keys using (tag_key)
            where
                tags.session_key = tagged.access_key_id
                and tags.origin = 'own'
                and keys.identity_role = 'agent'
        )
    union all
    select
        concat('look-alike-', look_alikes.identity_role) as kind,
        concat(look_alikes.id, ' for ', look_alikes.model_id) as about,
        ids.access_key_id,
        look_alikes.id as told,
        look_alikes.model_id as expected
    from look_alikes
    inner join ids using (identity_role, space, id)
    where look_alikes.id <> look_alikes.model_id
    union all
    select
        'empty-tag' as kind,
        concat(empty_tags.tag_name, ' ', sessions.role_arn) as about,
        empty_tags.access_key_id,
        empty_tags.tag_name as told,
        sessions.role_arn as expected
    from empty_tags
    inner join sessions using (access_key_id)

)

select
    case when breaches.kind not in ('shared-task', 'common-task') then sessions.agent_id end as agent_id,
    case
        when breaches.kind not in ('unknown-minter', 'look-alike-agent', 'empty-tag')
        then sessions.task_id
    end as task_id,
    min(sessions.task_type) as task_type,
    min(sessions.on_behalf_of) as on_behalf_of,
    list_sort(list_distinct(list(sessions.access_key_id))) as access_key_ids,
    list_sort(list_distinct(list(sessions.role_arn))) as role_arns,
    list_sort(list_distinct(list(issues.account_id))) as account_ids,
    list_sort(list_distinct(list(issues.aws_region))) as regions,
    min(issues.event_time) as first_seen,
    max(issues.event_time) as last_seen,
    list(issues.event_id order by issues.event_time, issues.event_id) as event_ids,
    list_sort(list_distinct(list(issues.action))) as actions,
    breaches.kind,
    breaches.about,
    list_sort(list_distinct(list(breaches.told))) as told,
    min(breaches.expected) as expected,
    list_sort(list_distinct(list(sessions.issuer_access_key_id))) as issuer_key_ids,
    count(distinct sessions.access_key_id) as session_count,
    exists (select 1 from principal_patterns where use = 'minter') as has_minters
from breaches
inner join sessions using (access_key_id)
inner join events as issues on issues.event_id = sessions.issuing_event_id
group by 1, 2, breaches.kind, breaches.about
order by breaches.kind, breaches.about, agent_id, task_id
