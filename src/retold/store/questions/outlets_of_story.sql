-- How many outlets tell a story.
SELECT COUNT(DISTINCT articles.outlet)
FROM tellings
JOIN articles ON articles.id = tellings.article_id
WHERE tellings.story_id = :story
