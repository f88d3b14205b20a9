"""All that knows WeasyPrint's private parts."""
