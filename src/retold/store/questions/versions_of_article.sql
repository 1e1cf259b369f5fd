-- The versions of an article, the newest first: the one that stood last, undated ones before all others. A title without
-- a text, as feeds tell of pages, is never newer than a text.
SELECT number, url, outlet, moment
FROM versions
WHERE article_id = :article
ORDER BY text = COALESCE(title, ''), stood DESC, number DESC
