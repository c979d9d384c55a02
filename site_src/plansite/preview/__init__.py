"""The live preview: pages that follow edits of the data."""
