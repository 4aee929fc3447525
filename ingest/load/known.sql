-- Grain:  object of the page that was ingested before, in this version of its content.
-- Reads:  source_objects.
-- Misses: nothing.
with

page as (

    select unnest($uris::varchar[]) as uri, unnest($versions::varchar[]) as version

)

select page.uri, page.version
from page
semi join source_objects using (uri, version)
