-- An article a row and name, as its newest version has it.
SELECT namings.source_id, articles.id, articles.url, articles.outlet, versions.title, versions.author, versions.section,
  versions.language, versions.published, versions.seen, articles.versions, tellings.story_id
FROM namings
JOIN articles ON articles.id = namings.article_id
JOIN versions ON versions.number = articles.current
LEFT JOIN tellings ON tellings.article_id = articles.id
ORDER BY namings.source_id, articles.id
