-- A thing that a reader corrected a row, for each name of its article.
SELECT namings.source_id, corrections.article_id, corrections.version_id, corrections.part, corrections.start,
  corrections.end, corrections.words, corrections.value
FROM corrections
JOIN namings ON namings.article_id = corrections.article_id
ORDER BY namings.source_id, corrections.article_id, corrections.version_id, corrections.part, corrections.start
