-- Articles that joined a story since the last learn, with the earliest article of their story.
SELECT tellings.article_id, articles.current, articles.moment, (
    SELECT others.article_id FROM tellings AS others JOIN articles AS told ON told.id = others.article_id
    WHERE others.story_id = tellings.story_id
    ORDER BY others.settled DESC, told.moment IS NULL, told.moment, told.id LIMIT 1)
FROM tellings
JOIN articles ON articles.id = tellings.article_id
WHERE tellings.settled = 0
ORDER BY articles.moment IS NULL, articles.moment, articles.id
