-- What names the blocks of an outlet's versions, what was set aside of each until now, and whether it has features.
SELECT versions.number, versions.prints, features.aside, features.version IS NOT NULL
FROM articles
JOIN versions ON versions.article_id = articles.id
LEFT JOIN features ON features.version = versions.number
WHERE articles.outlet = :outlet
ORDER BY versions.number
