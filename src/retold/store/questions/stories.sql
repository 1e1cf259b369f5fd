-- Stories, latest first, undated last, or by what :by names; :words asks the index, the other filters the articles.
-- After the place that :key, :then and :id name, where one is named: so pages stay as they are while stories are added.
WITH told AS (
  SELECT stories.*, CASE WHEN :origins > 1 OR :by = 'origins' THEN (
      SELECT COUNT(DISTINCT carriers.origin_id) FROM tellings
      JOIN carriers ON carriers.article_id = tellings.article_id AND carriers.role = 'main'
      WHERE tellings.story_id = stories.id) END AS origins
  FROM stories
  WHERE (:since IS NULL OR stories.last >= :since)
    AND (:until IS NULL OR stories.first < :until)
    AND stories.articles >= :least
    AND stories.outlets >= :outlets
    AND (:only IS NULL OR stories.id IN (SELECT value FROM json_each(:only)))
    AND (:outlet IS NULL OR EXISTS (
      SELECT 1 FROM tellings JOIN articles ON articles.id = tellings.article_id
      WHERE tellings.story_id = stories.id AND articles.outlet = :outlet COLLATE NOCASE))
    AND (:language IS NULL OR EXISTS (
      SELECT 1 FROM tellings
      JOIN articles ON articles.id = tellings.article_id
      JOIN versions ON versions.number = articles.current
      WHERE tellings.story_id = stories.id AND versions.language = :language))
    AND (:agency IS NULL OR EXISTS (
      SELECT 1 FROM tellings
      JOIN carriers ON carriers.article_id = tellings.article_id
      JOIN origins ON origins.id = carriers.origin_id
      WHERE tellings.story_id = stories.id AND origins.agency = :agency COLLATE NOCASE))
    AND (:words IS NULL OR stories.id IN (
      SELECT tellings.story_id FROM words
      JOIN versions ON versions.number = words.rowid
      JOIN tellings ON tellings.article_id = versions.article_id
      WHERE words MATCH :words))
),
placed AS (
  SELECT told.*, COUNT(*) OVER () AS total,
    CASE :by WHEN 'articles' THEN articles WHEN 'outlets' THEN outlets WHEN 'origins' THEN origins
      ELSE COALESCE(last, -1e18) END AS key,
    CASE :by WHEN 'latest' THEN articles ELSE COALESCE(last, -1e18) END AS then_
  FROM told
  WHERE :origins <= 1 OR origins >= :origins
)
SELECT id, title, articles, outlets, first, last, total, key, then_
FROM placed
WHERE :key IS NULL OR (key, then_) < (:key, :then) OR (key = :key AND then_ = :then AND id > :id)
ORDER BY key DESC, then_ DESC, id
LIMIT :limit OFFSET :offset
