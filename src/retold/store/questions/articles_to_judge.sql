-- Every article in the order of ids: all that its copies and origins are judged from but its text, which the number of
-- its version stands for; what names its reading, where a reader corrected it; and what it was judged by the last time.
SELECT articles.id, articles.current, articles.outlet, articles.url, versions.published, versions.seen, versions.author,
  versions.section, features.aside, readings.digest, judged.digest
FROM articles
JOIN versions ON versions.number = articles.current
LEFT JOIN features ON features.version = articles.current
LEFT JOIN readings ON readings.version = articles.current
LEFT JOIN judged ON judged.article_id = articles.id
ORDER BY articles.id
