"""What changed between states of the data, and what each page and correction rests on."""
