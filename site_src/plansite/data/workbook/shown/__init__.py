"""What a cell of a workbook shows to the person who looks at it, and so what is read."""
