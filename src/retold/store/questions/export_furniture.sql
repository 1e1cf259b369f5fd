-- A block that is furniture of its outlet, most frequent first within it.
SELECT outlet, text, articles, pages, run FROM furniture ORDER BY outlet, articles DESC, text
