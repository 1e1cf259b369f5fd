-- A passage that two articles share, a row and pair of names, in the versions that were judged.
SELECT ones.source_id, others.source_id, passages.start, passages.end, passages.other_start, passages.other_end,
  passages.label, passages.words, passages.moved, one.id, other.id
FROM passages
JOIN namings AS ones ON ones.article_id = passages.article_id
JOIN namings AS others ON others.article_id = passages.other_id
JOIN judged AS mine ON mine.article_id = passages.article_id
JOIN judged AS yours ON yours.article_id = passages.other_id
JOIN versions AS one ON one.number = mine.version
JOIN versions AS other ON other.number = yours.version
ORDER BY ones.source_id, others.source_id, passages.article_id, passages.other_id, passages.place
