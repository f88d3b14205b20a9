"""When things happened: EDTF dates, their wording in a language, and dates in running text.

    edtf.py          parse, bounds, order, mark in the figure       needs nothing
    phrases.py       the words around a date, per language          needs nothing
    wording.py       a date as a person would write it              needs Babel (CLDR)
    expressions.py   dates found in text; the rule on stated dates  Babel for month names, lazily

The light part is exported here; import ``wording`` where a date is printed.
"""

from sourcebrief.dates.edtf import EDTFError, EventDate, Mark, Precision, SimpleDate, Span, parse

__all__ = ["EDTFError", "EventDate", "Mark", "Precision", "SimpleDate", "Span", "parse"]
