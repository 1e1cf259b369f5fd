-- A story that is no more, a row and successor.
SELECT id, successor, run FROM successors ORDER BY id, successor
