"""Files beside the pages: feeds, sitemap, manifest, data for the compare view."""
