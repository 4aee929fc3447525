update event_records
set is_copy = copies.is_copy
from copies
where event_records.rowid = copies.record
