"""Training text of our own: annotated news, what reads it and what checks it."""
