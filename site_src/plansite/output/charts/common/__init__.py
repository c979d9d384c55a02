"""What charts on pages and pictures in pixels share: marks, colours, sizes, text widths."""
