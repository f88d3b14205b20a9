"""What each key of the three files means, with an example: what an editor shows beside it.

Kept apart from the model, which every build imports and which does not need them.
"""

from __future__ import annotations

from typing import Any, Final

Described = tuple[str, Any]
"""What a key means, and a value that it can have."""

DESCRIPTIONS: Final[dict[str, dict[str, Described]]] = {
    "Catalogue": {
        "references": (
            "The bibliography: seeds, which are quoted, and references, which are only cited.",
            [{"id": "readout-2024", "type": "webpage", "title": "Readout", "issued": "2024-03-12"}],
        ),
    },
    "CatalogueEntry": {
        "id": ("How events and texts name it: [@readout-2024].", "readout-2024"),
        "type": ("The kind of document, a type of CSL.", "webpage"),
        "title": (
            "As the document has it. Where you supplied it, say so with title_supplied.",
            "Readout of the meeting in Almera",
        ),
        "issued": ("The date of the document, in EDTF.", "2024-03-12"),
        "URL": ("Its address.", "https://example.org/readout"),
        "language": (
            "BCP 47. A seed needs it: names of months are looked for in this language.",
            "en",
        ),
        "publisher": ("Who issued it.", "Ministry of Transport"),
        "container-title": ("The newspaper, site or series that it stands in.", "Almera Gazette"),
        "container-title-short": ("What notes call it, where the full name is long.", "Gazette"),
        "custom": (
            "What is sourcebrief's own. With `file` the entry is a seed.",
            {"file": "readout.txt", "issued_basis": "stated"},
        ),
    },
    "Custom": {
        "file": (
            "The text that is quoted: a UTF-8 file beside seeds.yaml. Makes the entry a seed.",
            "readout.txt",
        ),
        "sha256": (
            "The pin: the SHA-256 of the file, which `sourcebrief pin` writes.",
            "52269a07d1caae8c6530d31acd4d4b6566881ce9730e291893c959bf429f6fce",
        ),
        "original": (
            "The file that the text was extracted from.",
            {
                "file": "readout.pdf",
                "sha256": "52269a07d1caae8c6530d31acd4d4b6566881ce9730e291893c959bf429f6fce",
            },
        ),
        "issued_basis": (
            "How the date of a seed is known: stated in its text, inferred from it, or external.",
            "stated",
        ),
        "issued_note": (
            "How a date that is not stated is known. It prints.",
            "The press of the next day reports it.",
        ),
        "title_supplied": ("true: the title is yours and prints in brackets.", True),
        "reliability": (
            "What the source is worth: an Admiralty grade and its reason.",
            {"grade": "B", "why": "The Ministry's own account"},
        ),
        "origin": (
            "Who the account comes from; one origin counts once as corroboration.",
            "ministry",
        ),
        "derived_from": ("The entry that this one reprints or translates.", "readout-2024"),
        "ignore": (
            "Paragraphs that are not the document, as menus and other headlines.",
            [1, "3-4"],
        ),
        "embed": (
            "quotes: documents carry excerpts. full: the seed is attached whole, where you may "
            "reprint it.",
            "quotes",
        ),
        "private": ("true: the document is never handed out to a program that asks for it.", True),
        "recognised": ("true: the text was read by OCR. It prints.", True),
        "marking": ("The marking of the document; TLP labels are checked.", "TLP:AMBER"),
        "distinct": (
            "Entries that share text with this one and are independent all the same.",
            [{"from": "wire-2024", "why": "Both print the same official statement."}],
        ),
        "earlier": (
            "Superseded copies of the file. They verify old editions and are never quoted.",
            [
                {
                    "file": "readout-2024.1.txt",
                    "sha256": "52269a07d1caae8c6530d31acd4d4b6566881ce9730e291893c959bf429f6fce",
                    "until": "2026-01-05",
                }
            ],
        ),
    },
    "Distinct": {
        "from": ("The other entry.", "wire-2024"),
        "why": ("The reason, in a line. It prints.", "Both print the same official statement."),
    },
    "EarlierCopy": {
        "file": ("The copy, beside seeds.yaml.", "readout-2024.1.txt"),
        "sha256": (
            "Its pin: the SHA-256 of the copy.",
            "52269a07d1caae8c6530d31acd4d4b6566881ce9730e291893c959bf429f6fce",
        ),
        "until": ("The day on which it was superseded.", "2026-01-05"),
    },
    "Original": {
        "file": ("The original, beside seeds.yaml.", "readout.pdf"),
        "sha256": (
            "Its pin: the SHA-256 of the file.",
            "52269a07d1caae8c6530d31acd4d4b6566881ce9730e291893c959bf429f6fce",
        ),
    },
    "Reliability": {
        "grade": (
            "A completely reliable, B usually, C fairly, D not usually, E unreliable, F cannot be "
            "judged.",
            "B",
        ),
        "why": ("The reason, in a line. It prints.", "The Ministry's own account"),
    },
    "EventList": {
        "actors": (
            "Organisations, by an id of your choice.",
            {"ministry": {"name": "Ministry of Transport", "short": "Ministry"}},
        ),
        "people": (
            "Persons, by an id of your choice.",
            {"ruiz": {"name": "Ana Ruiz", "role": "Minister of Transport", "actor": "ministry"}},
        ),
        "events": ("What happened, in any order.", []),
    },
    "Actor": {
        "name": ("In full.", "Ministry of Transport"),
        "short": ("For the table and the figure; default: the name.", "Ministry"),
        "country": ("As you like to write it; it does not print.", "EC"),
        "part_of": ("The parent: an event of a part counts for it, too.", "government"),
    },
    "Person": {
        "name": ("As it prints.", "Ana Ruiz"),
        "roles": (
            "The functions held; the one held on an event's date prints with it.",
            [{"role": "Minister of Transport", "actor": "ministry", "from": 2023}],
        ),
    },
    "Role": {
        "role": ("The title of the function.", "Minister of Transport"),
        "actor": ("The actor in which it is held.", "ministry"),
        "from": ("When it began, in EDTF.", "2018-04-26"),
        "to": ("When it ended, in EDTF.", "2021-01"),
    },
    "Event": {
        "id": ("How texts cite it: [@scanner-data].", "scanner-data"),
        "date": (
            "When it happened and how that is known; a date alone is one that a quotation states.",
            "2024-03-12",
        ),
        "title": ("What happened, in one line.", "Minister and Authority agree to share data"),
        "actors": ("All who took part.", ["ministry", "harbour"]),
        "people": (
            "Who took part; {person: actor} where the date does not decide the role.",
            ["ruiz", {"hale": "harbour"}],
        ),
        "place": ("Where, in the seed's words.", "Almera"),
        "themes": ("Free text, compared as written.", ["container scanning"]),
        "summary": (
            "One or two sentences of Markdown; figures in them have to stand in the evidence.",
            "The two agreed to share the data of the scanners.",
        ),
        "evidence": (
            "The quotations that prove it, at least one.",
            [{"seed": "readout-2024", "quote": "Both sides agreed to share the data"}],
        ),
        "outcomes": (
            "What it led to, or is to lead to.",
            [{"kind": "agreement", "status": "announced", "text": "Sharing of scanner data"}],
        ),
        "credibility": (
            "Admiralty grade: 1 confirmed by other sources, 2 probably true, 3 possibly true, "
            "4 doubtful, 5 improbable, 6 cannot be judged.",
            2,
        ),
        "caveat": (
            "What a reader must know before relying on it.",
            "Only one side has said so. [@readout-2024]",
        ),
        "part_of": ("The event that contains it.", "visit-2024"),
        "key": ("true: an entry of the short edition.", True),
        "marking": ("The marking of the event; TLP labels are checked.", "TLP:AMBER"),
    },
    "DateOfEvent": {
        "value": ("The date, in EDTF; a set needs quotes.", "2024-03-12"),
        "basis": (
            "stated by one quotation; inferred from the seed or its entry; or external, known "
            "from elsewhere.",
            "inferred",
        ),
        "note": ("How a date that is not stated is known. It prints.", "The day of the report."),
        "sources": ("The catalogue entries that give an external date.", ["gazette-2024"]),
    },
    "PersonReference": {
        "id": ("The person.", "hale"),
        "actor": ("The actor whose role is meant.", "harbour"),
    },
    "Evidence": {
        "seed": ("The id of a seed.", "readout-2024"),
        "quote": (
            "Its words, verbatim and within one paragraph; [...] leaves words out, [words] are "
            "yours.",
            "Both sides agreed to share the data",
        ),
        "paragraph": ("The paragraph that holds them, where they stand more than once.", 4),
        "translation": (
            "The quotation in the brief's language: a text of yours, or one with its origin.",
            {"text": "Both sides agreed to share the data", "by": "machine"},
        ),
        "note": ("Your word on how the quotation was cut.", "The speaker names two ports here."),
    },
    "Translation": {
        "text": ("The words.", "Both sides agreed to share the data"),
        "by": ("Who translated: ours (the default) or machine.", "machine"),
        "seed": ("The seed that gives the translation, an official one.", "readout-2024-en"),
        "paragraph": ("The paragraph of that seed.", 4),
    },
    "Outcome": {
        "kind": ("What it is.", "agreement"),
        "status": ("How far it has come.", "announced"),
        "text": ("In one line, plain text.", "Sharing of scanner data"),
        "expected": ("By when it is foreseen, in EDTF.", "2024-06"),
        "by": (
            "The actor who undertakes it. An event with one followed actor does not need it.",
            "ministry",
        ),
        "later": (
            "What another source says has become of it.",
            {"status": "signed", "date": "2024-09-01", "source": "gazette-2024"},
        ),
    },
    "LaterStatus": {
        "status": ("How far it has come since.", "signed"),
        "date": ("When that was so, in EDTF.", "2024-09-01"),
        "source": ("The catalogue entry that says so.", "gazette-2024"),
    },
    "BriefFile": {
        "title": ("One line.", "Scanner data in the harbour of Almera"),
        "subtitle": ("One line.", "What was agreed, and what was not"),
        "as_of": (
            "The day on which the brief is true; no selected event may begin later.",
            "2024-03-31",
        ),
        "status": ("draft or final.", "draft"),
        "version": ("Your own; quote it.", "1.0"),
        "prepared_by": ("Prints in the masthead.", "Policy desk"),
        "prepared_for": ("Prints in the masthead.", "The Minister"),
        "marking": (
            "At the head and foot of every page; TLP labels are checked and coloured.",
            "TLP:GREEN",
        ),
        "language": (
            "BCP 47: labels, dates, quotation marks, hyphenation. en-GB, en-US or es.",
            "en-GB",
        ),
        "page": ("The size of the page.", "A4"),
        "events": (
            "Files, relative to brief.yaml; several briefings may share one.",
            ["events.yaml"],
        ),
        "select": (
            "Which events to take: values within a key are alternatives, keys combine.",
            {"themes": ["container scanning"], "from": 2024},
        ),
        "bottom_line": (
            "What the reader must know if they read nothing else.",
            "The two agreed to share data. [@scanner-data]",
        ),
        "judgements": (
            "What you conclude, apart from the facts, each with its confidence.",
            [{"text": "We judge that it will hold. [@scanner-data]", "confidence": "moderate"}],
        ),
        "actors": (
            "The organisations that the brief follows, in this order.",
            [{"id": "ministry", "summary": "The Ministry agreed. [@scanner-data]"}],
        ),
        "gaps": (
            "What the record lacks or gets wrong.",
            ["No sum is on record. [@readout-2024, ¶ 5]"],
        ),
        "sections": (
            "Sections of your own.",
            [{"heading": "Questions", "text": "When? [@scanner-data]", "after": "gaps"}],
        ),
        "csl": ("A citation style of the brief's own, a file beside it.", "house.csl"),
        "formats": ("What a build makes; default: all three.", ["pdf", "docx"]),
        "layouts": ("The layouts that a build makes. This version knows full only.", ["full"]),
        "require_translation": (
            "true: a quotation in another language than the brief's needs a translation.",
            True,
        ),
        "likelihood": (
            "Whose words of likelihood the judgements use: icd203, phia or none.",
            "icd203",
        ),
        "reviewed_by": (
            "Who read each statement beside its passages.",
            {"name": "Ana Ruiz", "date": "2024-03-30", "statements": "52269a07d1ca"},
        ),
        "drafted_with": ("A program that proposed text.", "Example 1.0"),
    },
    "Review": {
        "name": ("The reader.", "Ana Ruiz"),
        "date": ("When it was read, in EDTF.", "2024-03-30"),
        "statements": ("The hash of the statements that were read.", "52269a07d1ca"),
    },
    "Selection": {
        "actors": (
            "Events in which one of them takes part; a parent stands for its parts.",
            ["us"],
        ),
        "themes": ("Events with one of them.", ["cybersecurity", "5G"]),
        "from": ("Events that may end on or after it, in EDTF.", 2019),
        "to": ("Events that may begin on or before it, in EDTF.", "2020-12"),
    },
    "Judgement": {
        "text": ("Markdown that cites events.", "We judge that it will hold. [@scanner-data]"),
        "confidence": ("How sure you are.", "moderate"),
    },
    "FollowedActor": {
        "id": ("An actor of the event files.", "ministry"),
        "summary": ("Markdown; its figures are counted for you.", "It agreed. [@scanner-data]"),
    },
    "FreeSection": {
        "heading": ("One line.", "Questions to put"),
        "text": ("Markdown that cites events.", "When will the terms be ready? [@scanner-data]"),
        "after": ("The section that it follows.", "gaps"),
    },
}
"""By model and by key, as the files spell it."""
