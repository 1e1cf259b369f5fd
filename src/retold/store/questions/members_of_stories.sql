-- The articles of some stories, earliest first, with what their newest versions are about.
SELECT tellings.story_id, articles.id, articles.moment, articles.outlet, versions.title, features.data
FROM json_each(:stories) AS wanted
JOIN tellings ON tellings.story_id = wanted.value
JOIN articles ON articles.id = tellings.article_id
JOIN versions ON versions.number = articles.current
JOIN features ON features.version = articles.current
ORDER BY tellings.story_id, articles.moment IS NULL, articles.moment, articles.id
