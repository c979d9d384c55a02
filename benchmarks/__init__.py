"""Measuring what a build costs."""
