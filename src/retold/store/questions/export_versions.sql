-- A version a row, its blocks and credits as JSON.
SELECT id, article_id, source_id, source, url, outlet, title, author, section, language, published, seen, text,
  CAST(blocks AS TEXT), CAST(credits AS TEXT), run
FROM versions
ORDER BY id
