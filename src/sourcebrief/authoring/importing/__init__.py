"""Documents of others as seeds: text and metadata out of text, HTML, PDF and DOCX; CSL records."""
