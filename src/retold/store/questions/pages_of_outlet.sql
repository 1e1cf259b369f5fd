-- Every version of an outlet's articles, oldest first.
SELECT versions.number, versions.article_id, COALESCE(versions.title, ''), versions.language, versions.prints
FROM articles
JOIN versions ON versions.article_id = articles.id
WHERE articles.outlet = :outlet
ORDER BY versions.article_id, versions.stood, versions.number
