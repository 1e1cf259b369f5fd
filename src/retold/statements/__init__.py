"""Statements: who says what in an article, in which words, with the evidence."""
