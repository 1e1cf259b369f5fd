-- The outlets with versions that nobody has looked at beside the others, those that the articles of such left, and those
-- that an article left or came to because it was corrected.
WITH news AS (
  SELECT DISTINCT versions.article_id AS id
  FROM versions
  LEFT JOIN features ON features.version = versions.number
  WHERE features.aside IS NULL
)
SELECT outlet FROM articles WHERE id IN (SELECT id FROM news) AND outlet IS NOT NULL
UNION
SELECT outlet FROM versions WHERE article_id IN (SELECT id FROM news) AND outlet IS NOT NULL
UNION
SELECT judged.value FROM readings, json_each(readings.outlets) AS judged
ORDER BY outlet
