-- Versions by number, with the outlet and address of their article, and what its outlet's pages taught about them.
SELECT versions.number, articles.outlet, articles.url, versions.id, versions.source, versions.text, versions.blocks,
  versions.credits, versions.language, versions.title, versions.outlet, versions.url, versions.published,
  versions.seen, versions.source_id, versions.author, versions.section, features.aside
FROM json_each(:numbers) AS wanted
JOIN versions ON versions.number = wanted.value
JOIN articles ON articles.id = versions.article_id
LEFT JOIN features ON features.version = versions.number
