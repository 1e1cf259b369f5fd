-- An article and an origin whose text it carries, a row and name.
SELECT carriers.origin_id, namings.source_id, carriers.article_id, carriers.role, carriers.share, origins.agency,
  origins.articles, origins.earliest, origins.fullest, origins.source
FROM carriers
JOIN origins ON origins.id = carriers.origin_id
JOIN namings ON namings.article_id = carriers.article_id
ORDER BY carriers.origin_id, namings.source_id, carriers.article_id
