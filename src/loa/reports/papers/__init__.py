"""Reports on paper: facts in, an official document or a workbook out. Nothing here reads the database."""
