"""The editor's server: problems while typing, and what stands behind an id or a quotation."""
