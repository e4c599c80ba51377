"""Papers made of procedures."""
