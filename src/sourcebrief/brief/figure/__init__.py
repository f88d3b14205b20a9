"""The timeline figure."""
