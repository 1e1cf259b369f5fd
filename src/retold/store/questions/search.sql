-- Versions that hold the words, best first; a word in a title weighs four times one in the body. The texts of the few
-- that are shown are asked for afterwards.
SELECT found.number, found.score, versions.id, versions.article_id, tellings.story_id, articles.outlet,
  versions.title, articles.url, versions.published
FROM (
  SELECT rowid AS number, bm25(words, 4.0, 1.0) AS score
  FROM words WHERE words MATCH :words ORDER BY score LIMIT :most
) AS found
JOIN versions ON versions.number = found.number
JOIN articles ON articles.id = versions.article_id
LEFT JOIN tellings ON tellings.article_id = articles.id
WHERE (:outlet IS NULL OR articles.outlet = :outlet COLLATE NOCASE)
  AND (:language IS NULL OR versions.language = :language)
  AND (:since IS NULL OR versions.moment >= :since)
  AND (:until IS NULL OR versions.moment < :until)
ORDER BY found.score, found.number
