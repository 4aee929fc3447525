-- Tables behind the views of store/models. No keys, indexes or sequences: a DuckLake catalog can stand
-- in for the file, and the writers keep what a key would.

create table store_version (
    schema_version integer not null,
    -- Of the views and the capability table.
    content_digest varchar
);

-- Grain: object uri + version (its ETag or mtime); key: object_id.
create table source_objects (
    object_id uinteger not null,
    uri varchar not null,
    version varchar not null,
    bytes ubigint,
    records_read ubigint not null,
    events_stored ubigint not null,
    duplicates ubigint not null,
    dead_letters ubigint not null,
    -- Why an object could not be read to its end; null for a whole one.
    problem varchar,
    ingested_at timestamp not null
);

-- Grain: record that is no event.
create table dead_letter_records (
    object_id uinteger not null,
    -- Index of the record in its object, from 0; null where the object as a whole is meant.
    position ubigint,
    reason varchar not null,
    raw varchar
);

-- Grain: event id. An UPDATED_DATA record stands under the id of the event that it replaces.
-- Nothing commits with a null id, time, source or name; they are nullable so that a load can find such
-- records by looking for them rather than by failing.
create table event_records (
    event_id varchar,
    -- The correcting record's own id; '' where the event stands as first delivered.
    revision varchar not null,
    object_id uinteger not null,
    -- The other account's copy of a cross-account call (sharedEventID); kept, and hidden from `events`.
    is_copy boolean not null,
    event_time timestamp,
    action varchar,
    event_source varchar,
    event_name varchar,
    event_category varchar,
    event_type varchar,
    event_version varchar,
    read_only boolean,
    aws_region varchar,
    account_id varchar,
    source_ip varchar,
    user_agent varchar,
    error_code varchar,
    error_message varchar,
    identity_type varchar,
    principal_id varchar,
    principal_arn varchar,
    user_name varchar,
    role_arn varchar,
    access_key_id varchar,
    invoked_by varchar,
    source_identity varchar,
    session_created_at timestamp,
    -- What attribution joins on: an access key id, else principal@creation, or mcp:request.
    session_key varchar,
    request_id varchar,
    shared_event_id varchar,
    vpc_endpoint_id varchar,
    resources json,
    request_parameters json,
    response_elements json,
    additional_event_data json,
    service_event_details json,
    event_context json,
    mcp_event_details json
);

-- Grain: action.
create table capabilities (
    action varchar not null,
    capability varchar not null,
    -- 'table' for the generated one, 'rule' for an action that it lacks.
    origin varchar not null
);

-- Grain: identity role (agent, task, taskType, onBehalfOf) + tag key in lower case.
create table attribution_tag_keys (
    identity_role varchar not null,
    position integer not null,
    tag_key varchar not null
);

-- Grain: pattern, in order. The first capture group is the agent, or the task.
create table attribution_patterns (
    position integer not null,
    -- 'session-name' or 'source-identity'.
    origin varchar not null,
    agent_pattern varchar,
    task_pattern varchar
);

-- Grain: pattern over task ids, in order.
create table task_type_patterns (
    position integer not null,
    pattern varchar not null,
    task_type varchar not null
);

-- Grain: use ('minter', 'agent-role') + ARN with the wildcards * and ?.
create table principal_patterns (
    use varchar not null,
    pattern varchar not null
);

-- Grain: scope + entry. Task type, agent and action may hold the wildcards * and ?.
create table scope_entries (
    scope_id integer not null,
    task_type varchar not null,
    agent varchar not null,
    -- 'allow' or 'deny'.
    effect varchar not null,
    -- Either of the two is set.
    capability varchar,
    action varchar
);

-- Grain: key id that some call issued; what the records of the issue say. graph/ makes it.
create table session_issues (
    access_key_id varchar not null,
    event_id varchar not null,
    issued_at timestamp not null,
    issuing_action varchar not null,
    issuer_access_key_id varchar,
    issuer_session_key varchar,
    issuer_arn varchar,
    issuer_type varchar,
    account_id varchar,
    role_arn varchar,
    role_session_name varchar,
    source_identity varchar,
    principal_id varchar,
    has_incoming_tags boolean not null,
    -- The key acts as its issuer: S3 Express's, and GetSessionToken's.
    is_same_principal boolean not null
);

-- Grain: session key + tag key in lower case, as in effect in the session.
create table session_tags (
    session_key varchar not null,
    tag_key varchar not null,
    -- As its caller spelled the key.
    tag_name varchar not null,
    tag_value varchar not null,
    is_transitive boolean not null,
    -- 'own', 'inherited' or 'context'.
    origin varchar not null
);

-- Grain: session key, issued or seen in use.
create table session_identities (
    session_key varchar not null,
    access_key_id varchar,
    role_arn varchar,
    role_session_name varchar,
    source_identity varchar,
    tags json,
    agent_id varchar,
    task_id varchar,
    task_type varchar,
    on_behalf_of varchar,
    attribution_method varchar not null,
    attribution_confidence double not null
);

create table finding_records (
    id varchar not null,
    detector varchar not null,
    severity varchar not null,
    confidence double not null,
    title varchar not null,
    explanation varchar not null,
    agent_id varchar,
    task_id varchar,
    task_type varchar,
    on_behalf_of varchar,
    access_key_ids varchar[] not null,
    role_arns varchar[] not null,
    account_ids varchar[] not null,
    regions varchar[] not null,
    first_seen timestamp not null,
    last_seen timestamp not null,
    evidence json not null,
    baseline json,
    techniques varchar[] not null,
    visibility varchar[] not null,
    response json
);

-- What each detector could do at the last `detect`. Grain: detector.
create table detector_states (
    detector varchar not null,
    status varchar not null,
    reason varchar
);

-- Grain: task that has a finding. How all that was found of it weighs together.
create table task_score_records (
    agent_id varchar not null,
    task_id varchar not null,
    score double not null,
    probability double not null,
    p_value double not null,
    baseline_level varchar not null,
    baseline_tasks ubigint not null
);

-- What each suppression of the configuration did at the last `detect`. Grain: suppression, in order.
create table suppression_states (
    position integer not null,
    owner varchar not null,
    reason varchar not null,
    expires date not null,
    finding_count ubigint not null
);

create table response_records (
    response_id varchar not null,
    finding_id varchar,
    kind varchar not null,
    targets varchar[] not null,
    state varchar not null,
    planned_at timestamp not null,
    applied_at timestamp,
    applied_by varchar,
    plan json not null,
    outcome json,
    reversal json
);
