"""The floor: `python floor.py PAGE.html OUT.pdf` imports WeasyPrint and writes the PDF, no more."""

import sys

import weasyprint

weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2], pdf_variant="pdf/a-3a")
