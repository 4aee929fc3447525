-- Grain:  one row.
-- Reads:  contested, copies.
-- Misses: nothing: it tells which of the later steps have something to do.
select
    exists(select 1 from contested) as has_contested,
    exists(select 1 from copies) as has_copies
