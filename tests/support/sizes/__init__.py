"""Inputs of any size, and how much work they are."""
