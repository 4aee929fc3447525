-- Grain:  what this trail could not have shown.
-- Reads:  events.
-- Misses: data events that are selected for some resources only: one event makes a service seen.
with

seen as (

    select distinct event_source
    from events
    where event_category = 'Data'

),

services as (

    select *
    from (values
        (1, 's3.amazonaws.com', 'no S3 data events: reads and writes of objects would not show'),
        (2, 'dynamodb.amazonaws.com', 'no DynamoDB data events: reads and writes of items would not show'),
        (3, 'lambda.amazonaws.com', 'no Lambda data events: invocations would not show')
    ) as listed (position, event_source, limit_text)

)

select services.limit_text
from services
anti join seen using (event_source)
order by services.position
