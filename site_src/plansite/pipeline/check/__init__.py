"""Whether a built site is right: links, rows, checksums, addresses that stay."""
