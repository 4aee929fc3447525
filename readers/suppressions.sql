-- Grain:  suppression of the configuration, in order.
-- Reads:  suppression_states, events.
-- Misses: expiry by the clock: a suppression has expired when the log goes on after its day.
select
    owner,
    reason,
    strftime(expires, '%Y-%m-%d') as expires,
    finding_count,
    coalesce((select max(event_time) from events) >= expires, false) as is_expired
from suppression_states
order by position
