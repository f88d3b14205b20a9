"""Processes: limits, locks, temporary folders, and what runs beside the command."""
