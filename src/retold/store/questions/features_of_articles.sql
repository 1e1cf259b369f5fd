-- What the newest versions of some articles are about.
SELECT articles.id, features.data
FROM json_each(:articles) AS wanted
JOIN articles ON articles.id = wanted.value
JOIN features ON features.version = articles.current
