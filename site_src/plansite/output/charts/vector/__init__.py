"""Charts as SVG for pages, and as specifications to explore."""
