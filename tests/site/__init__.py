# ruff: noqa: A005 - always imported by its full name, so it hides no other module
