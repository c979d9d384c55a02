"""Files, processes, checksums and caches: tools that know nothing of plans."""
