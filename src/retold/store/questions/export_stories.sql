-- A story a row; moments in UTC.
SELECT id, title, strftime('%Y-%m-%dT%H:%M:%SZ', first, 'unixepoch'), strftime('%Y-%m-%dT%H:%M:%SZ', last, 'unixepoch'),
  articles, outlets, run
FROM stories
ORDER BY id
