"""Verdicts, and the counts, sentences and citations that rest on them."""
