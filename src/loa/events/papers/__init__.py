"""Gatherings on paper. Nothing here reads the database beyond what it is given."""
