-- Grain:  task type + kind of place + place of the agent's normal tasks; with a null type, of all of them.
-- Reads:  events, tasks, findings.
-- Misses: hosts that share a network. A client is what it says it is.
with

deviant as (

    select distinct task_id
    from findings
    where agent_id = $agent_id and task_id is not null and severity in ('medium', 'high', 'critical')

),

normal as (

    select task_id, coalesce(task_type, agent_id) as task_type
    from tasks
    where agent_id = $agent_id and task_id not in (select task_id from deviant)

),

calls as (

    select
        normal.task_type,
        normal.task_id,
        events.aws_region as region,
        events.account_id as account,
        case
            when not regexp_full_match(lower(events.source_ip), '[0-9a-f]*[.:][0-9a-f:.]+') then null
            when events.vpc_endpoint_id is not null then events.vpc_endpoint_id
            when contains(events.source_ip, ':') then concat(
                array_to_string(
                    list_transform(
                        [1, 2, 3],
                        lambda place: coalesce(
                            nullif(
                                ltrim(split_part(split_part(lower(events.source_ip), '::', 1), ':', place), '0'), ''
                            ),
                            '0'
                        )
                    ),
                    ':'
                ),
                '::/48'
            )
            else regexp_replace(events.source_ip, '^(\d+\.\d+\.\d+)\.\d+$', '\1.0/24')
        end as network,
        case
            when not regexp_full_match(lower(events.source_ip), '[0-9a-f]*[.:][0-9a-f:.]+') then events.source_ip
        end as service,
        case
            when regexp_matches(events.user_agent, '^\[?(Mozilla/|S3Console|(console|signin)\.amazonaws\.com)')
                then 'console'
            when
                coalesce(events.user_agent, '') = ''
                or ends_with(events.user_agent, '.amazonaws.com')
                or events.user_agent = 'AWS Internal'
                then null
            when regexp_matches(events.user_agent, '(?i)\bterraform\b') then 'terraform'
            when regexp_matches(events.user_agent, '(?i)^\[?(boto3|botocore)/') then 'boto3'
            -- Nothing of a stranger's text but a short name.
            else coalesce(
                nullif(regexp_extract(lower(events.user_agent), '^\[?([a-z0-9._-]{1,40})', 1), ''), 'other'
            )
        end as client
    from events
    inner join normal using (task_id)
    where events.agent_id = $agent_id and events.event_type is distinct from 'AwsMcpEvent'

),

-- Few combinations stand for many calls.
combinations as (

    select distinct task_type, task_id, region, account, network, service, client
    from calls

),

places as (

    select
        task_type,
        task_id,
        unnest([
            {'kind': 'region', 'name': region},
            {'kind': 'account', 'name': account},
            {'kind': 'network', 'name': network},
            {'kind': 'service', 'name': service},
            {'kind': 'client', 'name': client}
        ], recursive := true)
    from combinations

)

select task_type, kind, name, count(distinct task_id) as task_count
from places
where name is not null
group by grouping sets ((kind, name), (task_type, kind, name))
order by task_type nulls first, kind, task_count desc, name
