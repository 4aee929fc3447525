-- Grain:  the store.
-- Reads:  events, agents, tasks, sessions.
-- Misses: services of which some resources only are logged: one data event makes a service covered.
with

totals as (

    select
        count(*) as events,
        count(agent_id) as attributed_events,
        min(event_time) as first_event_at,
        max(event_time) as last_event_at,
        coalesce(list_sort(list(distinct account_id) filter (where account_id is not null)), []) as accounts,
        coalesce(list_sort(list(distinct aws_region) filter (where aws_region is not null)), []) as regions,
        coalesce(
            list_sort(list(distinct split_part(event_source, '.', 1)) filter (where event_category = 'Data')),
            []
        ) as data_event_services,
        count(*) filter (where action = 'sts:AssumeRole' and error_code is null) as assume_role_events
    from events

)

select
    totals.*,
    (select count(*) from agents) as agents,
    (select count(*) from tasks) as tasks,
    (select count(*) from sessions) as sessions
from totals
