-- What redacted.sql reads: a list of {pattern, replacement}, in RE2's spelling.
set variable redactions = from_json(
    $redactions,
    '[{"pattern": "VARCHAR", "replacement": "VARCHAR"}]'
)
