-- Stories, latest first, undated last; :words asks the index, the other filters the articles.
SELECT stories.id, stories.title, stories.articles, stories.outlets, stories.first, stories.last, COUNT(*) OVER ()
FROM stories
WHERE (:since IS NULL OR stories.last >= :since)
  AND (:until IS NULL OR stories.first < :until)
  AND stories.articles >= :least
  AND (:outlet IS NULL OR EXISTS (
    SELECT 1 FROM tellings JOIN articles ON articles.id = tellings.article_id
    WHERE tellings.story_id = stories.id AND articles.outlet = :outlet COLLATE NOCASE))
  AND (:words IS NULL OR stories.id IN (
    SELECT tellings.story_id FROM words
    JOIN versions ON versions.number = words.rowid
    JOIN tellings ON tellings.article_id = versions.article_id
    WHERE words MATCH :words))
ORDER BY stories.last IS NULL, stories.last DESC, stories.articles DESC, stories.id
LIMIT :limit OFFSET :offset
