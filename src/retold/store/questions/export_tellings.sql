-- An article that tells a story, a row and name.
SELECT namings.source_id, tellings.article_id, tellings.story_id, tellings.score, tellings.settled, tellings.run
FROM namings
JOIN tellings ON tellings.article_id = namings.article_id
ORDER BY namings.source_id, tellings.article_id
