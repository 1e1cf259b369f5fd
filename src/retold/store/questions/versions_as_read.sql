-- The versions of an article, the newest first: what stands of each, and how it was read where that was corrected.
SELECT versions.number, versions.id, versions.text, versions.seen, features.aside, readings.version IS NOT NULL,
  readings.outlets, versions.title, versions.outlet, versions.author, versions.published, versions.language,
  versions.blocks, versions.credits, versions.prints, readings.title, readings.outlet, readings.author,
  readings.published, readings.language, readings.blocks, readings.credits, readings.prints
FROM versions
LEFT JOIN features ON features.version = versions.number
LEFT JOIN readings ON readings.version = versions.number
WHERE versions.article_id = :article
ORDER BY versions.stood DESC, versions.number DESC
