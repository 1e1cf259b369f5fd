-- The outlets with versions that nobody has looked at beside the others, and those that the articles of such left.
WITH news AS (
  SELECT DISTINCT versions.article_id AS id
  FROM versions
  LEFT JOIN features ON features.version = versions.number
  WHERE features.aside IS NULL
)
SELECT outlet FROM articles WHERE id IN (SELECT id FROM news) AND outlet IS NOT NULL
UNION
SELECT outlet FROM versions WHERE article_id IN (SELECT id FROM news) AND outlet IS NOT NULL
ORDER BY outlet
