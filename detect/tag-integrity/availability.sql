-- Grain:  one row.
-- Reads:  principal_patterns.
-- Misses: patterns so wide that everyone is a minter.
select
    'ran' as status,
    case
        when count(*) = 0 then 'no minters are configured: whoever hands out agent tags is believed'
    end as reason
from principal_patterns
where use = 'minter'
order by status
