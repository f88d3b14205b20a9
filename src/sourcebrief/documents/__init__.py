"""Publishing: templates, pandoc, PDF, DOCX, web page, whole-file writes."""
