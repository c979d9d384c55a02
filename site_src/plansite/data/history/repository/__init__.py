"""What git keeps: commits, lists of files, and their bytes, read without running anything else."""
