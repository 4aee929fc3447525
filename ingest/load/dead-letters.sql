-- Grain:  dead letter of the staged files, whose names are their object ids.
-- Reads:  $staged, a glob over JSON arrays of {position, reason, raw}.
-- Misses: nothing.
insert into dead_letter_records by name
select
    parse_filename(filename, true)::uinteger as object_id,
    position,
    reason,
    raw
from read_json(
    $staged,
    format = 'array',
    filename = true,
    maximum_object_size = 67108864,
    columns = {'position': 'UBIGINT', 'reason': 'VARCHAR', 'raw': 'VARCHAR'}
)
