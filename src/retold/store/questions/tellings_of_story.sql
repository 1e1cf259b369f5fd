-- The articles of a story, earliest first, undated last, each with its newest version.
SELECT articles.id, articles.outlet, versions.title, articles.url, versions.language, versions.published,
  articles.versions, tellings.score, tellings.settled
FROM tellings
JOIN articles ON articles.id = tellings.article_id
JOIN versions ON versions.number = articles.current
WHERE tellings.story_id = :story
ORDER BY articles.moment IS NULL, articles.moment, articles.id
