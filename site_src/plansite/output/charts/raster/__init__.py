"""Pictures in pixels: PNG charts to take away, and the cards that links show."""
