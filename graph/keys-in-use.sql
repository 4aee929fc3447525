-- Grain:  session key: what its calls say of their session.
-- Reads:  settled_records.
-- Misses: keys that were issued and never used: session_issues has them.
create or replace temp table keys_in_use as
select
    session_key,
    min(access_key_id) as access_key_id,
    min(principal_id) as principal_id,
    min(principal_arn) as principal_arn,
    min(session_created_at) as session_created_at,
    min(role_arn) as role_arn,
    min(source_identity) as source_identity,
    min(request_id) as request_id
from settled_records
where session_key is not null
group by session_key
