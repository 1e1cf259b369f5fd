-- Articles whose versions are there, while their own row is missing, miscounts them, or names none of them the newest.
SELECT versions.article_id, MIN(versions.run)
FROM versions
LEFT JOIN articles ON articles.id = versions.article_id
GROUP BY versions.article_id
HAVING articles.id IS NULL OR articles.versions <> COUNT(*) OR SUM(versions.number = articles.current) = 0
ORDER BY versions.article_id
