"""Composing: citations, the brief's view, the figure, the manifest."""
