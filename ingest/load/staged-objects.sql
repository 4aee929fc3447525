-- Grain:  object of this batch.
-- Reads:  $staged, the batch's manifest.
-- Misses: nothing.
create or replace temp table staged_objects as
select
    objectId as object_id,
    uri,
    version,
    bytes,
    problem
from read_json(
    $staged,
    format = 'array',
    columns = {
        'objectId': 'UINTEGER',
        'uri': 'VARCHAR',
        'version': 'VARCHAR',
        'bytes': 'UBIGINT',
        'problem': 'VARCHAR'
    }
)
