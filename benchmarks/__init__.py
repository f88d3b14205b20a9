"""Measurements of the whole program against references, each run as a process of its own."""
