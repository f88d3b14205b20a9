"""A brief on an invented subject, as the composing stage would hand it to the template."""

from __future__ import annotations

from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sourcebrief.brief.figure.layout import NARROW, timeline
from sourcebrief.brief.labels import (
    BASES,
    BRIEF_STATUSES,
    CONFIDENCES,
    KINDS,
    STATUSES,
    Labels,
    labels,
)
from sourcebrief.brief.view import (
    ActorSummary,
    ActorView,
    AnnexEntry,
    BriefView,
    Changes,
    ChangeView,
    Commitment,
    Html,
    JudgementView,
    OutcomeCount,
    OutcomeView,
    PersonView,
    QuotationView,
    Row,
    Section,
    SourceView,
    YearGroup,
)
from sourcebrief.dates.edtf import parse_edtf
from sourcebrief.dates.wording import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROOT = Path(__file__).resolve().parents[2]


class Folder:
    """The packaged templates as they lie in the repository, with some replaced or taken away."""

    def __init__(self, **replaced: str | bytes | None) -> None:
        self.replaced = {name.replace("__", "/"): text for name, text in replaced.items()}

    def with_file(self, name: str, text: str | bytes | None) -> Folder:
        other = Folder()
        other.replaced = {**self.replaced, name: text}
        return other

    def read(self, name: str) -> bytes:
        if name in self.replaced:
            text = self.replaced[name]
            if text is None:
                raise KeyError(name)
            return text.encode() if isinstance(text, str) else text
        path = ROOT / "templates" / name
        if not path.is_file():
            raise KeyError(name)
        return path.read_bytes()

    def where(self, name: str) -> str:
        return f"templates/{name}"

    def names(self, folder: str) -> Iterable[str]:
        there = {f"{folder}/{path.name}" for path in (ROOT / "templates" / folder).iterdir()} | set(
            self.replaced
        )
        return sorted(name for name in there if self.replaced.get(name, "") is not None)


TEMPLATES = Folder()

HARBOURS = ActorView("harbours", "Ministry of Harbours of Aurelia", "Aurelia Harbours", 1)
COUNCIL = ActorView("council", "Northern Fisheries Council", "NFC", 2)
UNION = ActorView("union", "Coastal Union", "Coastal Union", 3)
FOLLOWED = (HARBOURS, COUNCIL, UNION)
VELD = ActorView("veld-mfa", "Ministry of Foreign Affairs of Veldania", "Veldania MFA")
GUARD = ActorView(
    "veld-guard", "Coast Guard of Veldania", "Coast Guard", country="Veldania Islands"
)
PRESIDENCY = ActorView("veld-presidency", "Presidency of Veldania", "Presidency")
BANK = ActorView("bank", "Islands Development Bank", "Islands Bank")

LIND = PersonView("Maren Lind", "Minister of Harbours", "Aurelia Harbours")
SOTO = PersonView("Tomás Soto Peña", "Minister of Foreign Affairs", "Veldania MFA")
HALE = PersonView("Ingrid Hale", "Commissioner for Inspections", "NFC")
OKORO = PersonView("Daniel Okoro", "Head of Delegation", "Coastal Union")
REYES = PersonView("Álvaro Reyes", "President", "Presidency")

_EVENTS: tuple[tuple[Any, ...], ...] = (
    (
        "2018-04",
        (HARBOURS,),
        (GUARD,),
        "Joint inspection unit set up at Port Salis",
        "Aurelia pays for training and boats; Veldania’s coast guard supplies twelve officers. "
        "The unit reports to both ministries.",
        "The unit that inspects foreign hulls at Port Salis was established in April 2018",
        (),
        (("programme", "in-force", "Joint inspection unit at Port Salis"),),
        None,
    ),
    (
        "2019-07-20",
        (HARBOURS,),
        (VELD, PRESIDENCY),
        "Lind offers technical help with vessel registers",
        "On a visit of one day the minister offered “technical assistance” with a digital "
        "register of vessels; no sum or date was named.",
        "we are willing to provide technical assistance so that no hull sails without a name",
        (LIND, REYES),
        (("assistance", "announced", "Technical assistance with a digital vessel register"),),
        "The quotation was translated back into English by the paper that printed it.",
    ),
    (
        "2019-09",
        (),
        (BANK, VELD),
        "Islands Bank studies harbour finance",
        "The bank sent a mission of four to Port Salis and published nothing.",
        "a mission of the bank spent part of September in the harbour office",
        (),
        (),
        None,
    ),
    (
        "2020-11-14~",
        (HARBOURS,),
        (VELD,),
        "Veldania welcomed as 51st port of the Clean Hulls list",
        "Aurelia’s embassy announced that Veldania had joined the list, which asks ports to "
        "refuse fuel to unnamed vessels.",
        "today welcomed Veldania as the fifty-first port of the Clean Hulls list",
        (SOTO,),
        (("statement", "announced", "Support for the principles of the Clean Hulls list"),),
        "Two later lists count Veldania as the 49th; the release itself bears no date.",
    ),
    (
        "2021-10",
        (COUNCIL,),
        (VELD,),
        "Council asks for logbooks of distant-water fleets",
        "The request covered 2017 to 2020. Veldania answered in part.",
        "requested the logbooks of all distant-water vessels flagged before 2017",
        (HALE,),
        (("request", "proposed", "Logbooks of the distant-water fleet, 2017 to 2020"),),
        None,
    ),
    (
        "2021-12-01/2022-03-31",
        (COUNCIL,),
        (GUARD,),
        "Winter patrol with observers of the Council",
        "Three vessels and eleven observers took part; 214 boardings were reported.",
        "over four months the patrol made 214 boardings, of which nine led to charges",
        (),
        (("programme", "in-force", "Observers on winter patrols"),),
        None,
    ),
    (
        "2022-06",
        (),
        (PRESIDENCY,),
        "Reyes argues for a “Plan for the Strait”",
        "At the summit of coastal states the president asked partners for a common fund.",
        "asked his peers for a common fund that he called a Plan for the Strait",
        (REYES,),
        (("request", "proposed", "A common fund for the Strait"),),
        None,
    ),
    (
        "2022-06-20",
        (HARBOURS, UNION),
        (VELD,),
        "Talks on fuel and boardings at Cape Orrin",
        "Delegations agreed to meet twice a year. A text on boardings was left open.",
        "the delegations will meet twice a year and leave the text on boardings open",
        (LIND, OKORO, SOTO),
        (("agreement", "negotiating", "Terms for boardings on the high seas"),),
        None,
    ),
    (
        "2022-09-XX",
        (),
        (GUARD,),
        "Commander of the Outer Fleet visits",
        "The visit is known from one line in a report on another subject.",
        "who came in September on a date that the ministry did not give out",
        (),
        (),
        None,
    ),
    (
        "2022-11-16",
        (HARBOURS,),
        (VELD, GUARD),
        "Bilateral dialogue: overflight agreement, support for harbour police",
        "The meeting closed with an agreement on overflights, a list of 31 actions and a promise "
        "of radio equipment worth $2 million for the harbour police.",
        "The meeting, which took place on November 16, 2022, was led by the Foreign Minister and "
        "the Minister of Harbours and closed with an agreement on overflights",
        (LIND, SOTO),
        (
            ("agreement", "signed", "Agreement on overflights"),
            ("assistance", "announced", "Radio equipment for the harbour police"),
        ),
        None,
    ),
    (
        "2022-11-17",
        (HARBOURS,),
        (GUARD,),
        "Patrol boats handed over",
        "Two boats of an older class were handed to the coast guard on the day after the dialogue.",
        "on the following day two patrol boats changed hands at the naval quay",
        (LIND,),
        (("assistance", "in-force", "Two patrol boats"),),
        None,
    ),
    (
        "2022-12-07/2022-12-08",
        (COUNCIL,),
        (VELD, PRESIDENCY),
        "Hale in Port Salis: trafficking, migration, prize to the inspection unit",
        "The commissioner met the president and the foreign minister and gave the unit the "
        "Council’s yearly prize.",
        "during her visit of December 7 and 8 the commissioner met the president",
        (HALE, REYES, SOTO),
        (("programme", "announced", "Second phase of the inspection unit"),),
        "The Council’s own readout does not mention migration.",
    ),
    (
        "2023-02-14",
        (UNION,),
        (VELD,),
        "Union opens a delegation office in Port Salis",
        "The office has a staff of six and a mandate until 2027.",
        "opened on 14 February with a staff of six and a mandate until 2027",
        (OKORO,),
        (("programme", "in-force", "Delegation office in Port Salis"),),
        None,
    ),
    (
        "2023-02-15?",
        (UNION,),
        (GUARD,),
        "First joint exercise of the Union",
        "Papers differ by a day on when the exercise began.",
        "the first joint exercise began on the Wednesday, or as others write on the Thursday",
        (),
        (),
        "Two papers give different days.",
    ),
    (
        "2023-05/2023-07",
        (UNION, COUNCIL),
        (BANK,),
        "Audit of harbour dues",
        "Auditors of both looked at the dues of three harbours for 2019 to 2022.",
        "from May to July auditors looked at what three harbours had charged since 2019",
        (),
        (("programme", "in-force", "Audit of harbour dues"),),
        None,
    ),
    (
        "[2023-09-20..2023-09-27]",
        (UNION,),
        (PRESIDENCY,),
        "Commissioner’s visit",
        "Reported on 27 September as having taken place “in recent days”.",
        "who in recent days received the commissioner in the old customs house",
        (REYES,),
        (("statement", "announced", "A shared position on unnamed vessels"),),
        None,
    ),
    (
        "2023-09-26/2023-09-27",
        (UNION,),
        (VELD, GUARD),
        "Third technical round table; arrangement with Portpol under negotiation",
        "Experts of both sides worked through a draft arrangement on the exchange of data on "
        "crews; a date for signature was not set.",
        "the third round table, on 26 and 27 September, worked through the draft arrangement",
        (OKORO,),
        (("agreement", "negotiating", "Working arrangement with Portpol"),),
        None,
    ),
    (
        "2023-09/..",
        (COUNCIL,),
        (GUARD,),
        "Satellite data shared daily",
        "The Council has passed on positions of unnamed vessels every day since September 2023.",
        "since September the positions of unnamed vessels arrive every morning",
        (),
        (("assistance", "in-force", "Daily satellite positions"),),
        None,
    ),
)

SOURCES = (
    ("salis-herald-2022", "Salis Herald", "The strait and its partners", "2022-11-21", "C"),
    ("aurelia-embassy", "Embassy of Aurelia", "Veldania joins Clean Hulls", "n.d.", "B"),
    ("nfc-readout", "NFC readout", "Commissioner Hale in Veldania", "2022-12-09", "B"),
    ("union-press", "Coastal Union press", "Third technical round table", "2023-09-27", "B"),
)


def note(markup: str) -> Html:
    return Html(f'<span class="note">{markup}.</span>')


def sample_labels(language: str = "en-GB") -> Labels:
    return labels(language, TEMPLATES)


def row(
    number: int,
    date: str,
    lanes: tuple[ActorView, ...],
    counterparts: tuple[ActorView, ...],
    title: str,
    summary: str,
    quotation: str,
    people: tuple[PersonView, ...],
    outcomes: tuple[tuple[str, str, str], ...],
    caveat: str | None,
    *,
    words: Labels,
) -> Row:
    edtf = parse_edtf(date)
    source = SOURCES[number % len(SOURCES)]
    basis = "stated" if edtf.mark in ("point", "bar") else "inferred"
    basis = "external" if "~" in date else basis
    anchor = f"event-e{number}"
    return Row(
        number=number,
        id=f"e{number}",
        anchor=anchor,
        date=word(edtf, words.language),
        edtf=edtf,
        basis=basis,  # type: ignore[arg-type]
        basis_label=words.named(BASES, basis),
        date_note=Html("The report gives the month, and the day only as “Saturday”.")
        if basis == "inferred" and number % 4 == 1
        else None,
        year=str(edtf.start_key.year),
        depth=1 if title.startswith("Patrol boats") else 0,
        part_of=number - 1 if title.startswith("Patrol boats") else None,
        lanes=lanes,
        counterparts=counterparts,
        title=title,
        summary=Html(escape(summary, quote=False)),
        notes=note(
            f'<a href="#source-{source[0]}">{source[1]}</a>, 21 November 2022, '
            f"¶ {number}: {escape(words.quote(quotation), quote=False)}"
        ),
        caveat=Html(
            escape(caveat, quote=False)
            + note(f'<a href="#source-{source[0]}">{source[1]}</a>, ¶ 2')
        )
        if caveat
        else None,
        people=people,
        place="Port Salis",
        themes=("inspections",) if number % 2 else ("finance", "maritime safety"),
        outcomes=tuple(
            OutcomeView(
                kind,
                words.named(KINDS, kind),
                status,
                words.status(status, kind),
                Html(escape(text, quote=False)),
                words.meaning(words.status(status, kind)),
                "2024" if status == "negotiating" else None,
            )
            for kind, status, text in outcomes
        ),
        origins=1 + number % 3,
        credibility=2 if number % 3 == 0 else None,
        key=number % 2 == 1,
        sources=("Harbour Gazette",),
    )


def view_of(
    rows: Sequence[Row],
    words: Labels,
    *,
    followed: tuple[ActorView, ...] = FOLLOWED,
    **changed: Any,
) -> BriefView:
    figure = timeline(rows, followed, words)
    groups: dict[str, list[Row]] = {}
    for one in rows:
        groups.setdefault(one.year, []).append(one)
    cite = note(
        'Events <a href="#event-e1">1</a>; '
        '<a href="#source-salis-herald-2022">Salis Herald</a>, ¶ 19'
    )
    prose = Html(
        f"<p>Between the first and the last date on record it sent two ministers, offered help "
        f"with registers and radios, and signed one agreement, on overflights.{cite} What began "
        f"as an offer of advice in 2019 had become boats, radios and a standing dialogue by the "
        f"end of 2022; the record does not show what was delivered after that.{cite}</p>"
    )
    values: dict[str, Any] = {
        "name": "strait",
        "title": "Veldania’s partners in the Strait: inspection, finance and the law of the sea",
        "subtitle": "What was asked, offered and signed between April 2018 and September 2023",
        "as_of": word(parse_edtf("2023-10-01"), words.language),
        "status": "final",
        "status_label": words.named(BRIEF_STATUSES, "final"),
        "version": "1.0",
        "prepared_by": "Maritime desk",
        "prepared_for": "Head of mission",
        "marking": "TLP:CLEAR",
        "tlp": "CLEAR",
        "language": words.language,
        "layout": "full",
        "page": "A4",
        "edition": "3f9a1c20b7de",
        "bottom_line": Html(
            "<p>In five years Veldania’s partners moved from advice on registers to joint patrols. "
            "Aurelia acted first and most; the Coastal Union came late and opened the only office "
            f"that stays. One agreement is on record as signed.{cite}</p>"
        ),
        "likelihood": None,
        "judgements": (
            JudgementView(
                Html(
                    "<p>We judge that boardings displaced vessel registers as the main subject of "
                    f"cooperation between 2020 and 2022.{cite}</p>"
                ),
                "high",
                words.named(CONFIDENCES, "high"),
            ),
            JudgementView(
                Html(
                    "<p>Veldania’s place on the Clean Hulls list was a statement of principle, not "
                    f"a commitment that the record shows was carried out.{cite}</p>"
                ),
                "moderate",
                words.named(CONFIDENCES, "moderate"),
            ),
            JudgementView(
                Html(
                    "<p>The Union’s offer grew after February 2023, with the Portpol arrangement "
                    f"still under negotiation when the record ends.{cite}</p>"
                ),
                "low",
                words.named(CONFIDENCES, "low"),
            ),
        ),
        "figure": figure,
        "narrow_figure": timeline(rows, followed, words, NARROW),
        "figure_title": figure.title if figure else "",
        "figure_alt": figure.alt if figure else "",
        "actors": followed,
        "named": tuple(
            sorted(
                {a.id: a for one in rows for a in (*one.lanes, *one.counterparts)}.values(),
                key=lambda actor: actor.short,
            )
        ),
        "years": tuple(YearGroup(year, tuple(own)) for year, own in groups.items()),
        "summaries": tuple(
            ActorSummary(
                actor,
                f"actor-{actor.id}",
                prose,
                sum(actor in one.lanes for one in rows),
                next((one.date for one in rows if actor in one.lanes), None),
                next((one.date for one in reversed(rows) if actor in one.lanes), None),
                ("Veldania MFA", "Coast Guard", "Presidency"),
                (
                    OutcomeCount(words.named(STATUSES, "signed"), 1),
                    OutcomeCount(words.named(STATUSES, "announced"), 3),
                ),
            )
            for actor in followed
        ),
        "sections": MappingProxyType(
            {
                "actors": (
                    Section(
                        "Implications",
                        "section-1",
                        Html(
                            "<p>Two lines follow from the record:</p><ul><li>the boats need crews "
                            f"before they need fuel{cite}</li><li>an <em>open</em> text on "
                            "boardings is no agreement</li></ul>"
                        ),
                        "actors",
                    ),
                )
            }
        ),
        "commitments": tuple(Commitment(out, one) for one in rows for out in one.outcomes),
        "gaps": (
            Html(f"<p>No seed covers the months from December 2019 to October 2020.{cite}</p>"),
            Html(
                "<p>The embassy’s release calls Veldania the 51st port of the list; two later "
                f"lists count it as the 49th.{cite}</p>"
            ),
        ),
        "sources": (
            *(
                SourceView(
                    key,
                    f"source-{key}",
                    short,
                    Html(
                        f"{short}. “{title}.” {issued}. "
                        f'<a href="https://example.org/{key}">https://example.org/{key}</a>.'
                    ),
                    False,
                    grade,
                    "Close to the government; quotations are its own translations",
                    None,
                    "42eee178" + "0" * 56,
                )
                for key, short, title, issued, grade in SOURCES
            ),
            SourceView(
                "registry-2020",
                "source-registry-2020",
                "Registry of ports",
                Html("Registry of ports. “Clean Hulls: members.” 2020."),
                True,
                None,
                None,
                "undated; the web archive has it from 14 November 2020",
                None,
            ),
        ),
        "annex": tuple(
            AnnexEntry(
                one,
                (
                    QuotationView(
                        f"evidence-{one.id}-1",
                        _EVENTS[(one.number - 1) % len(_EVENTS)][5],
                        SOURCES[one.number % len(SOURCES)][1],
                        f"source-{SOURCES[one.number % len(SOURCES)][0]}",
                        f"¶ {one.number}",
                        "en",
                    ),
                ),
            )
            for one in rows
        ),
        "themes": tuple(dict.fromkeys(theme for one in rows for theme in one.themes)),
        "changes": None,
    }
    return BriefView(**{**values, **changed})


def sample_view(language: str = "en-GB", **changed: Any) -> BriefView:
    words = sample_labels(language)
    return view_of(
        [row(n, *event, words=words) for n, event in enumerate(_EVENTS, 1)], words, **changed
    )


def many_rows(count: int, words: Labels) -> list[Row]:
    """As many rows as asked for, the events over and over again, in later and later years."""
    rows = []
    for number in range(1, count + 1):
        _, *rest = _EVENTS[(number - 1) % len(_EVENTS)]
        day = f"{2000 + (number - 1) * 20 // count}-{1 + number % 12:02}-{1 + number % 28:02}"
        rows.append(row(number, day, *rest, words=words))
    return sorted(rows, key=lambda one: one.number)


CHANGES = Changes(
    "1 August 2023",
    (ChangeView("2 events added: 16, 17"), ChangeView("1 quotation changed: event 4")),
)
