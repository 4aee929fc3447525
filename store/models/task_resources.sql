-- Grain:  task (agent id + task id) + resource + capability.
-- Reads:  events: the ARNs that CloudTrail lists, else what the request names, as a typed id.
-- Misses: requests over 100 KB and denied ones (CloudTrail leaves their parameters out); names that
--         stand under other keys than those below.
create or replace view task_resources as
with

attributed as (

    select agent_id, task_id, event_id, event_source, capability, resources, request_parameters
    from events
    where agent_id is not null and task_id is not null

),

listed as (

    select
        agent_id,
        task_id,
        event_id,
        capability,
        unnest(json_transform(resources, '[{"ARN": "VARCHAR", "ARNPrefix": "VARCHAR"}]')) as entry
    from attributed
    where json_type(resources) = 'ARRAY'

),

arns as (

    select agent_id, task_id, event_id, capability, coalesce(entry.ARN, entry.ARNPrefix) as resource
    from listed
    where coalesce(entry.ARN, entry.ARNPrefix) is not null

),

requests as (

    select
        agent_id,
        task_id,
        event_id,
        capability,
        split_part(event_source, '.', 1) as service,
        unnest([
            {'kind': 'bucket', 'id': request_parameters ->> 'bucketName'},
            {'kind': 'db-instance', 'id': request_parameters ->> 'dBInstanceIdentifier'},
            {'kind': 'db-cluster', 'id': request_parameters ->> 'dBClusterIdentifier'},
            {'kind': 'db-snapshot', 'id': request_parameters ->> 'dBSnapshotIdentifier'},
            {'kind': 'cluster', 'id': request_parameters ->> 'clusterName'},
            {'kind': 'cluster', 'id': request_parameters ->> 'clusterIdentifier'},
            {'kind': 'table', 'id': request_parameters ->> 'tableName'},
            {'kind': 'database', 'id': request_parameters ->> 'databaseName'},
            {'kind': 'secret', 'id': request_parameters ->> 'secretId'},
            {'kind': 'parameter', 'id': request_parameters ->> '$.name'},
            {'kind': 'function', 'id': request_parameters ->> 'functionName'},
            {'kind': 'instance', 'id': request_parameters ->> 'instanceId'},
            {'kind': 'instance', 'id': request_parameters ->> '$.instancesSet.items[0].instanceId'},
            {'kind': 'volume', 'id': request_parameters ->> 'volumeId'},
            {'kind': 'snapshot', 'id': request_parameters ->> 'snapshotId'},
            {'kind': 'image', 'id': request_parameters ->> 'imageId'},
            {'kind': 'security-group', 'id': request_parameters ->> 'groupId'},
            {'kind': 'role', 'id': coalesce(request_parameters ->> 'roleArn', request_parameters ->> 'roleName')},
            {'kind': 'user', 'id': request_parameters ->> 'userName'},
            {'kind': 'policy', 'id': coalesce(request_parameters ->> 'policyArn', request_parameters ->> 'policyName')},
            {'kind': 'key', 'id': request_parameters ->> 'keyId'},
            {'kind': 'queue', 'id': request_parameters ->> 'queueUrl'},
            {'kind': 'topic', 'id': request_parameters ->> 'topicArn'},
            {'kind': 'log-group', 'id': request_parameters ->> 'logGroupName'},
            {'kind': 'stack', 'id': request_parameters ->> 'stackName'},
            {'kind': 'repository', 'id': request_parameters ->> 'repositoryName'},
            {'kind': 'workgroup', 'id': request_parameters ->> 'workGroup'},
            {'kind': 'job', 'id': request_parameters ->> 'jobName'},
            {'kind': 'trail', 'id': case when event_source = 'cloudtrail.amazonaws.com' then request_parameters ->> '$.trailName' end},
            {'kind': 'model', 'id': request_parameters ->> 'modelId'}
        ]) as named
    from attributed
    where
        json_type(request_parameters) = 'OBJECT'
        and (json_type(resources) is distinct from 'ARRAY' or json_array_length(resources) = 0)

),

typed_ids as (

    select
        agent_id,
        task_id,
        event_id,
        capability,
        case
            when named.id like 'arn:%' then named.id
            else concat(service, ':', named.kind, '/', named.id)
        end as resource
    from requests
    where named.id is not null

)

select
    agent_id,
    task_id,
    resource,
    capability,
    count(distinct event_id) as event_count
from (
    select agent_id, task_id, event_id, capability, resource from arns
    union all
    select agent_id, task_id, event_id, capability, resource from typed_ids
)
group by agent_id, task_id, resource, capability
