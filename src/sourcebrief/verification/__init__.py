"""Editions: verifying one that was sent, and what changed between two."""
