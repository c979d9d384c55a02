"""One table in each format that people and programs open."""
