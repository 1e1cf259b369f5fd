-- Two articles that share passages, a row and pair of names.
SELECT ones.source_id, others.source_id, copies.article_id, copies.other_id, copies.words, copies.share,
  copies.other_share, copies.label
FROM copies
JOIN namings AS ones ON ones.article_id = copies.article_id
JOIN namings AS others ON others.article_id = copies.other_id
ORDER BY ones.source_id, others.source_id, copies.article_id, copies.other_id
