"""Text and metadata from text, HTML, PDF and DOCX files; references from CSL files."""
