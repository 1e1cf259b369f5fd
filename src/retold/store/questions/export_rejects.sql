-- An input that could not be read.
SELECT source, place, reason, run FROM rejects ORDER BY source, place, reason
