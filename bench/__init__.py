"""Measurements of speed and quality. They are no tests: what they print is recorded in ``RESULTS.md``."""
