"""Evidence: where quotations stand in the seeds, and what it means when they do not.

    folding          the form in which a quotation and a seed are compared, and the way back
    word_boundaries  where a quotation may begin and end
    passages         the text of a seed and its paragraphs
    assertions       numbers, dates and negations, and how a cut may turn the sense
    brackets         the brackets of a quotation, and the readings that they allow
    search           every way in which the pieces of a quotation stand in a seed
    quotations       a quotation located, with its W3C selectors, or a miss with its reason
    misses           a miss in words, with the nearest passage
    proof            the evidence of every event of a record, located
    claims           what of the author's texts the evidence does not support
    coverage         what of its seeds a briefing quotes
    changed_seeds    what a changed seed does to each passage and to what rests on it
    drift_words      the same in words

Everything here is a pure function of text; the callers read the files.
"""
