"""Build briefings that have, between them, everything that a document can hold.

    python tests/validators/briefings.py FOLDER

writes invented briefings, and one whose house has its own reference.docx, builds them and the
repository's own briefings, and leaves the documents in FOLDER/documents/NAME: what the validators
look at. The invented record is made of numbered sentences, so that every quotation stands in its
seed once.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import shutil
import subprocess
import sys
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/support"))

import many_scripts  # noqa: E402
from keys import PASSWORD, house, timestamp_server  # noqa: E402
from sourcebrief.seals.certificates import proofs_in  # noqa: E402
from sourcebrief.seals.pdf_signing import sign_pdf, signer_of_pkcs12  # noqa: E402

LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrikantenverein"

ENGLISH = {
    "months": "January February March April May June July August September October November "
    "December",
    "date": "{day} {month} {year}",
    "sentence": "On {date} the {actor} and the Ministry of Ports met in {place} for round {number} "
    "of the talks on {one} and {other}.",
    "elided": "and the Ministry of Ports",
    "title": "{place}: round {number} of the talks on {one}",
    "summary": "The two sides went through *{other}*, **{one}** and what {place} had asked; "
    "[the *whole* minutes](https://example.org/minutes/{number}) are public.",
    "outcome": "{one} for {place}, lot {number}",
    "caveat": "The almanac has no such round. [@almanac]",
    "note": "The gazette gives the month, and no day.",
    "things": "pilots radar dues buoys lights charts dredging quarantine patrols cables wrecks ice "
    "fuel customs ballast tugs berths",
    "themes": "{one} {other}",
    "actors": (
        "Coast Office",
        "Harbour Police",
        "Directorate-General for Harbours, Lights and Inland Waterways",
        "Board of Pilots",
        "Strait Authority",
        "Radar Service",
        "Customs House",
        "Fisheries Council",
        "Institute of Charts",
    ),
    "ports": "Ministry of Ports",
    "people": (("Ana Ruiz", "Minister of Ports"), ("Tomás Peña", "Head of delegation")),
    "bottom": "Talks began with pilots and ended with radar. One round followed another. ",
    "judged": "We judge that the talks will go on",
    "did": "It came to the talks and left them with a list, as *agreed*. ",
    "gap": "No minutes of the first round are on record. [@seed-1]",
    "section": "Options",
    "options": "Two lines follow: {}\n\n- Wait for [the **next** round](https://example.org/n). {}"
    "\n- Ask for the minutes. {}",
}
PLACES = "Almera Brandsund Cádiz Dunholm Esbjerg Faro Gijón Harwich Ílhavo Jávea Kotka Lübeck Malmö"
SPANISH = {
    "months": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
    "date": "{day} de {month} de {year}",
    "sentence": "El {date} la {actor} y el Ministerio de Puertos celebraron en {place} la ronda "
    "{number} de las conversaciones sobre {one} y {other}.",
    "elided": "y el Ministerio de Puertos",
    "title": "{place}: ronda {number} de las conversaciones sobre {one}",
    "summary": "Las dos partes trataron de *{other}*, **{one}** y lo que había pedido {place}; "
    "[el acta *íntegra*](https://example.org/actas/{number}) es pública.",
    "outcome": "{one} para {place}, lote {number}",
    "caveat": "El almanaque no recoge esa ronda. [@almanac]",
    "note": "La gaceta da el mes, y no el día.",
    "things": "prácticos radares tasas boyas faros cartas dragados cuarentenas patrullas cables "
    "pecios hielo combustible aduanas lastre remolques atraques",
    "themes": "{one} {other}",
    "actors": (
        "Oficina de Costas",
        "Policía Portuaria",
        "Dirección General de Puertos, Faros y Vías Navegables",
        "Junta de Prácticos",
    ),
    "ports": "Ministerio de Puertos",
    "people": (("Ana Ruiz", "ministra de Puertos"), ("Tomás Peña", "jefe de la delegación")),
    "bottom": "Las conversaciones empezaron por los prácticos y acabaron en los radares. ",
    "judged": "Estimamos que las conversaciones seguirán adelante",
    "did": "Acudió a las conversaciones y salió de ellas con una lista, según lo *acordado*. ",
    "gap": "No consta acta alguna de la primera ronda. [@seed-1]",
    "section": "Opciones",
    "options": "Quedan dos: {}\n\n- Esperar [la ronda **siguiente**](https://example.org/n). "
    "{}\n- Pedir las actas. {}",
}


class Record:
    """An invented record of `count` events in a language, in seeds of forty paragraphs."""

    def __init__(self, language: str, count: int, prefix: str, first: date, step: float) -> None:
        self.words: dict[str, Any] = SPANISH if language.startswith("es") else ENGLISH
        self.language, self.count, self.prefix = language.partition("-")[0], count, prefix
        self.days = [first + timedelta(days=round(step * n)) for n in range(count)]
        self.numbers = range(1, count + 1)

    def text(self, template: str) -> str:
        return template.replace("@", f"@{self.prefix}-")

    def date_words(self, day: date) -> str:
        month = self.words["months"].split()[day.month - 1]
        return str(self.words["date"].format(day=day.day, month=month, year=day.year))

    def actor(self, number: int) -> int:
        return number % len(self.words["actors"])

    def said(self, what: str, number: int) -> str:
        """One of the templates about an event; neighbours share hardly a word of what varies."""
        things, places = self.words["things"].split(), PLACES.split()
        return str(
            self.words[what].format(
                date=self.date_words(self.days[number - 1]),
                actor=self.words["actors"][self.actor(number)],
                place=places[number % len(places)],
                one=things[number % len(things)],
                other=things[(number // len(things) + 5 * number + 3) % len(things)],
                number=number,
            )
        )

    def sentence(self, number: int) -> str:
        return self.said("sentence", number)

    def seeds(self, folder: Path) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = []
        for index, at in enumerate(range(0, self.count, 40), 1):
            numbers = self.numbers[at : at + 40]
            name = f"{self.prefix}-{index} – señal.txt"
            data = "\n\n".join(map(self.sentence, numbers)).encode()
            (folder / name).write_bytes(data)
            entries.append(
                {
                    "id": f"{self.prefix}-seed-{index}",
                    "type": "article-newspaper",
                    "title": f"Gaceta {index}: «prácticos» & radar <{index}>",
                    "container-title": f"Gazette {index} of {self.prefix}",
                    "issued": self.days[numbers[-1] - 1].isoformat(),
                    "URL": f"https://example.org/gazette/{index}?a=1&b=2",
                    "language": self.language,
                    "custom": {
                        "file": name,
                        "sha256": hashlib.sha256(data).hexdigest(),
                        "issued_basis": "stated",
                        "reliability": {"grade": "BCD"[index % 3], "why": "A paper of record"},
                        "embed": "full" if index % 2 else "quotes",
                    },
                }
            )
        almanac = {"id": f"{self.prefix}-almanac", "type": "book", "title": "Almanac of Ports"}
        return [*entries, {**almanac, "publisher": f"Press of {self.prefix}", "issued": "2001"}]

    def event(self, number: int) -> dict[str, Any]:
        words, day = self.words, self.days[number - 1]
        event: dict[str, Any] = {
            "id": f"{self.prefix}-{number}",
            "date": day.isoformat(),
            "title": self.said("title", number),
            "actors": [f"a{self.actor(number)}", "ports"] if number % 11 else ["ports"],
            "people": ["ruiz", "pena"][: number % 3],
            "themes": list(dict.fromkeys(self.said("themes", number).split())),
            "summary": self.said("summary", number),
            "evidence": [
                {"seed": f"{self.prefix}-seed-{(number - 1) // 40 + 1}", "quote": self.cut(number)}
            ],
        }
        if number % 5 == 0:
            event["date"] = {
                "value": day.isoformat()[:7] if number % 10 else f"{day.isoformat()}~",
                "basis": "inferred",
                "note": words["note"],
            }
        if number % 4 == 1:
            event["caveat"] = self.text(words["caveat"])
        if number % 3 == 0:
            status = ("announced", "signed", "negotiating", "in-force")[number // 3 % 4]
            text = self.said("outcome", number)
            outcome = {
                "kind": "programme",
                "status": status,
                "text": text,
                "by": event["actors"][0],
            }
            event["outcomes"] = [outcome]
        return event

    def cut(self, number: int) -> str:
        """The sentence without its full stop; every seventh one with an elision."""
        sentence = self.sentence(number).removesuffix(".")
        if number % 7 == 0:
            return sentence.replace(self.words["elided"], "[...]")
        return sentence

    def events(self) -> dict[str, Any]:
        words = self.words
        actors = {f"a{n}": {"name": name} for n, name in enumerate(words["actors"])}
        (ruiz, minister), (pena, head) = words["people"]
        return {
            "actors": {**actors, "ports": {"name": words["ports"]}},
            "people": {
                "ruiz": {"name": ruiz, "role": minister, "actor": "ports"},
                "pena": {"name": pena, "role": head, "actor": "a0"},
            },
            "events": [self.event(number) for number in self.numbers],
        }

    def brief(self, **changed: Any) -> dict[str, Any]:
        words = self.words
        cite = f"[@{self.prefix}-1]"
        followed = [
            n for n in range(len(words["actors"])) if any(self.actor(m) == n for m in self.numbers)
        ]
        return {
            "title": "Pilots & radar <in> the “strait”",
            "as_of": (self.days[-1] + timedelta(days=9)).isoformat(),
            "status": "final",
            "version": "1.0",
            "prepared_by": "Harbour desk",
            "marking": "TLP:CLEAR",
            "language": self.language,
            "events": ["events.yaml"],
            "bottom_line": words["bottom"] + cite,
            "judgements": [
                {"text": f"{words['judged']}. {cite}", "confidence": level}
                for level in ("moderate", "low")
            ],
            "actors": [{"id": f"a{n}", "summary": words["did"] + cite} for n in followed],
            "gaps": [self.text(words["gap"])],
            "sections": [
                {
                    "heading": words["section"],
                    "text": words["options"].format(cite, cite, cite),
                    "after": "actors",
                }
            ],
            **changed,
        }


BRIEFINGS: dict[str, tuple[Record, dict[str, Any]]] = {
    # Contents in the Word document, clusters in the figure, a table over many pages.
    "long": (Record("en-GB", 210, "long", date(2003, 3, 5), 29.1), {"language": "en-GB"}),
    "letter": (
        Record("en-US", 12, "letter", date(2019, 2, 1), 90),
        {
            "language": "en-US",
            "page": "Letter",
            "status": "draft",
            "title": "Pilots, radar and dues in the Strait and beyond: what was asked, offered, "
            "announced and signed by nine authorities between 2019 and 2021",
            "subtitle": f"For the {LONG_WORD}",
            "prepared_for": "The Permanent Representatives of the coastal states, their deputies "
            "and the Directorate-General for Harbours",
            "marking": "OFFICIAL – SENSITIVE – FOR DELEGATES AND THEIR PRINCIPAL PRIVATE "
            "SECRETARIES ALL",
        },
    ),
    "spanish": (
        Record("es", 30, "spanish", date(2021, 1, 10), 21),
        {
            "language": "es",
            "marking": "TLP:AMBER+STRICT",
            "title": "Prácticos y radares: «señales» del estrecho",
            "subtitle": "Qué se pidió, se ofreció y se firmó",
            "prepared_by": "Mesa de asuntos marítimos",
        },
    ),
    "two-pages": (
        Record("en-GB", 24, "two-pages", date(2019, 1, 3), 60),
        {"language": "en-GB", "layouts": ["full", "short"]},
    ),
    "single": (
        Record("en-GB", 1, "single", date(2022, 2, 2), 1),
        {"language": "en-GB", "judgements": [], "gaps": [], "sections": [], "marking": "Internal"},
    ),
}
KEYS = 8
"""The events of a short edition."""
HOUSE = "house"
"""The briefing that a workspace with its own reference.docx makes."""


def house_reference() -> bytes:
    """A house's own Word template: other fonts, sizes, colours and margins, and a letterhead."""
    shipped = zipfile.ZipFile(ROOT / "templates" / "reference.docx")
    replaced = {
        "word/styles.xml": (
            ('<w:sz w:val="25"/>', '<w:sz w:val="36"/>'),
            ("1B2330", "5B1A1A"),
            ("1A4F8B", "7A1F1F"),
        ),
        "word/theme/theme1.xml": (("Calibri", "Arial"), ("Cambria", "Times New Roman")),
        "word/document.xml": (('w:left="907"', 'w:left="1701"'),),
    }
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in shipped.namelist():
            text = shipped.read(name).decode()
            for old, new in replaced.get(name, ()):
                if old not in text:
                    raise SystemExit(f"templates/reference.docx: {name} has no {old}")
                text = text.replace(old, new)
            archive.writestr(name, text)
    return into.getvalue()


def write_workspace(root: Path) -> None:
    """Write the invented briefings, and the repository's own beside them."""
    (root / "seeds").mkdir(parents=True)
    catalogue: list[dict[str, Any]] = []
    for name, (record, changed) in BRIEFINGS.items():
        folder = root / "briefings" / name
        folder.mkdir(parents=True)
        catalogue += record.seeds(root / "seeds")
        events = record.events()
        for event in events["events"][: KEYS if "layouts" in changed else 0]:
            event["key"] = True
        write_yaml(folder / "events.yaml", events)
        write_yaml(folder / "brief.yaml", record.brief(**changed))
    write_yaml(root / "seeds" / "seeds.yaml", {"references": catalogue})


def write_house(root: Path) -> None:
    """Write a workspace whose templates hold a reference.docx of its own."""
    record = Record("en-GB", 150, HOUSE, date(2015, 1, 3), 12)
    for folder in ("seeds", f"briefings/{HOUSE}", "templates"):
        (root / folder).mkdir(parents=True)
    write_yaml(root / "seeds" / "seeds.yaml", {"references": record.seeds(root / "seeds")})
    write_yaml(root / "briefings" / HOUSE / "events.yaml", record.events())
    write_yaml(root / "briefings" / HOUSE / "brief.yaml", record.brief(language="en-GB"))
    (root / "templates" / "reference.docx").write_bytes(house_reference())


def write_own(root: Path) -> None:
    """Copy the repository's own seeds and briefings, without what was built of them."""
    shutil.copytree(ROOT / "seeds", root / "seeds")
    for source in sorted((ROOT / "briefings").rglob("*.yaml")):
        target = root / source.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def write_yaml(path: Path, value: Any) -> None:
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), "utf-8")


def build(root: Path, into: Path, *options: str) -> None:
    run = [sys.executable, str(ROOT / "build.py"), "-C", str(root), "build", "--quiet"]
    done = subprocess.run([*run, "--output-dir", str(into), *options], check=False)
    if done.returncode:
        raise SystemExit(f"briefings.py: {root.name} was not built")


def seal(built: Path, into: Path) -> None:
    """Sign a built PDF for the long term, which must stay as valid as it was."""
    into.mkdir()
    (into / "root.pem").write_bytes(house().root)
    (into / "root.crl").write_bytes(house().revoked())
    signer = signer_of_pkcs12(house().pkcs12, PASSWORD)
    with timestamp_server(house()) as address:
        sealed = sign_pdf(built.read_bytes(), signer, timestamps=address, proofs=proofs_in(into))
    (into / "sealed.pdf").write_bytes(sealed)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    if folder.exists():
        shutil.rmtree(folder)
    os.environ.pop("SOURCE_DATE_EPOCH", None)
    into = (folder / "documents").resolve()
    write_workspace(folder / "workspace")
    build(folder / "workspace", into, "--keep-html")
    write_own(folder / "own")
    build(folder / "own", into, "--keep-html")
    seal(into / "ecuador-security-cooperation/ecuador-security-cooperation.pdf", into / "sealed")
    many_scripts.write_workspace(folder / "scripts")
    build(folder / "scripts", into, "--keep-html")
    # Its PDF is like the others’.
    write_house(folder / "house")
    build(folder / "house", into, "--format", "docx,html")


if __name__ == "__main__":
    main()
