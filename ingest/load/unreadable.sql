-- An object that could not be read, or not to its end, is a dead letter of its own.
insert into dead_letter_records by name
select object_id, null as position, problem as reason, null as raw
from staged_objects
where problem is not null
