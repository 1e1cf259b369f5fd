-- A text and one that was made from it, a row and pair of names; those that nobody has seen have no naming.
SELECT lineage.origin_id, COALESCE(sources.source_id, lineage.source), COALESCE(targets.source_id, lineage.target),
  sources.article_id, targets.article_id, lineage.probability, CAST(lineage.signs AS TEXT)
FROM lineage
LEFT JOIN namings AS sources ON sources.article_id = lineage.source
LEFT JOIN namings AS targets ON targets.article_id = lineage.target
ORDER BY lineage.origin_id, 2, 3, lineage.source, lineage.target
