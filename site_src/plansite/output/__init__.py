"""How things look outside: pure functions from a publication to pages and files."""
