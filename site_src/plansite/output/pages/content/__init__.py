"""What single kinds of pages show, gathered for their templates."""
