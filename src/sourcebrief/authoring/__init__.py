"""Authoring: what helps to write a briefing and to keep its sources."""
