"""A timeline and briefing document generator whose every statement leads to a passage."""

__version__ = "0.1.0"
