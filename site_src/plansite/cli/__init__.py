"""What can be typed on the command line, and what commands do beyond their exit codes."""
