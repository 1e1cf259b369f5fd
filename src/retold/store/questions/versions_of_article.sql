-- The versions of an article, the newest first: the one that stood last, undated ones before all others. A title without
-- a text, as feeds tell of pages, is never newer than a text; what a reader says its title is does not make it one.
SELECT versions.number, versions.url, versions.outlet, versions.moment
FROM versions
LEFT JOIN readings ON readings.version = versions.number
WHERE versions.article_id = :article
ORDER BY
  versions.text = COALESCE(CASE WHEN readings.version IS NULL THEN versions.title ELSE readings.title END, ''),
  versions.stood DESC, versions.number DESC
