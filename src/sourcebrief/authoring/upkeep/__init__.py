"""Upkeep of a workspace without an editor: ids renamed, documents updated and removed."""
