"""What is wrong with a single cell as typed, and what should stand there instead."""
