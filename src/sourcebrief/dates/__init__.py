"""When things happened: EDTF dates, their wording in a language, and dates in running text.

event_date    a date: its parts, bounds, order, and mark in the figure
edtf          reading an EDTF date, and what to write instead of what is refused
wording       a date as a person would write it, from cldr (Babel) and date_phrases
in_text       dates found in text by date_lexicon, and the rule on stated dates
"""
