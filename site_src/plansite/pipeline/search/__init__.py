"""The search index, made by Pagefind from the built pages."""
