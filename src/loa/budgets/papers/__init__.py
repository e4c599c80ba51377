"""Estimates on paper: official documents with their tables, and workbooks."""
