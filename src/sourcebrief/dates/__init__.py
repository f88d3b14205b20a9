"""When things happened: EDTF dates, their wording in a language, and dates in running text.

edtf.py        an EDTF date: reading, bounds, order, mark in the figure   needs nothing
date_words.py  the words around a date, per language                      needs nothing
wording.py     a date as a person would write it                          needs Babel (CLDR)
in_text.py     dates found in text; the rule on stated dates              Babel, when needed
"""
