"""Adding documents and references to a workspace."""
