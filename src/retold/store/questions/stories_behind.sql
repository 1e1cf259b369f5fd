-- Stories of which an article was told anew since their row was written: its title, outlet or time may be another now.
SELECT DISTINCT stories.id
FROM stories
JOIN tellings ON tellings.story_id = stories.id
JOIN articles ON articles.id = tellings.article_id
JOIN features ON features.version = articles.current
WHERE articles.run > stories.run OR features.run > stories.run
ORDER BY stories.id
