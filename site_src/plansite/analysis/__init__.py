"""What the numbers mean: verdicts, and how the data came to be what it is."""
