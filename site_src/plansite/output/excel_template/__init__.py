"""The Excel workbook that people fill in and send back."""
