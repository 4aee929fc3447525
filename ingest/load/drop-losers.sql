delete from event_records
where rowid in (select record from losers)
