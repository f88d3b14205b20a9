"""Evidence: where quotations stand in the seeds, and what it means when they do not.

    folding      the form in which a quotation and a seed are compared, and the way back
    words        where a quotation may begin and end
    passages     the text of a seed and its paragraphs
    marks        a curator's brackets and the readings they allow
    search       every way in which the pieces of a quotation stand in a seed
    quotations   locating a quotation: pieces with their W3C selectors, or a miss with its reason
    nearest      the passage most like words that do not stand in a seed
    misses       a miss worded for its reader, with the nearest passage
    drift        what a changed seed does to a passage: unmoved, moved, altered or gone

Everything here is a pure function of text; reading files is done by the callers.
"""
