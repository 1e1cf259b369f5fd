-- Every article whose newest version has features, by time, then id, undated last.
SELECT articles.id, articles.moment, features.digest
FROM articles
JOIN features ON features.version = articles.current
ORDER BY articles.moment IS NULL, articles.moment, articles.id
