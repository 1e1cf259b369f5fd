-- Versions that nobody has looked at, of articles that state no outlet, and whether they have features.
SELECT versions.number, features.version IS NOT NULL
FROM versions
JOIN articles ON articles.id = versions.article_id
LEFT JOIN features ON features.version = versions.number
WHERE features.aside IS NULL AND articles.outlet IS NULL
ORDER BY versions.number
