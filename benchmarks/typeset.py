"""`python typeset.py SOURCE.typ OUT.pdf` compiles a source with the `typst` package, no more."""

import sys

import typst

typst.compile(sys.argv[1], output=sys.argv[2], pdf_standards="a-3a")
