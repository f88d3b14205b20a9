"""A workspace whose documents are in many languages and scripts, for one brief in English."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import yaml

SENTENCES: Final = {
    "ar": (
        "بيان الوزارة",
        "التقى الوزير بوفد هيئة الميناء في 3 مارس 2024 وناقشا (بيان رقم 12) أنّ 45.5% تُموّل خلاله.",
    ),
    "he": ("הודעת המשרד", "השר נפגש ב-3 במרץ 2024 עם רשות הנמל (מס' 12) ודן ב-45.5% מתקציב NATO."),
    "hi": ("मंत्रालय का वक्तव्य", "मंत्री ने बंदरगाह प्राधिकरण के प्रतिनिधिमंडल से मुलाकात की।"),
    "zh": ("部长会见代表团", "部长会见了港务局代表团，双方同意共享货运数据。"),
    "ja": ("大臣の会談", "大臣は港湾局の代表団と会談し、貨物データの共有に合意した。"),
    "ko": ("장관의 회담", "장관은 항만청 대표단을 만나 화물 자료를 공유하기로 했다."),
    "th": ("แถลงการณ์กระทรวง", "รัฐมนตรีพบคณะผู้แทนการท่าเรือและตกลงแบ่งปันข้อมูลน้ำหนักสินค้า"),
    "uk": ("Повідомлення міністерства", "Міністр зустрівся з делегацією портової влади в Одесі."),
    "el": ("Ανακοίνωση του υπουργείου", "Ο υπουργός συναντήθηκε με την αντιπροσωπεία του λιμένα."),
    "tr": (
        "Bakanlık açıklaması",
        "Bakan, liman idaresinin heyetiyle görüştü, iş birliği istedi.",
    ),
    "pl": ("Komunikat ministerstwa", "Minister spotkał się z delegacją zarządu portu w Gdyni."),
    "vi": ("Thông cáo của bộ", "Bộ trưởng đã gặp phái đoàn của cơ quan cảng vụ Hải Phòng."),
    "en": ("A post of the ministry", "The minister met the delegation today 🚢 and was glad."),
}
"""A title and a sentence by language."""


def write_workspace(root: Path, languages: tuple[str, ...] = tuple(SENTENCES)) -> None:
    """Write the seeds and the briefing `scripts`, an event for each language."""
    references, events = [], []
    for number, language in enumerate(languages):
        title, sentence = SENTENCES[language]
        text = f"{title}\n\n{sentence}\n"
        file = root / "seeds" / f"{language}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        references.append(
            {
                "id": f"seed-{language}",
                "type": "webpage",
                "title": title,
                "publisher": "Ministry of Ports",
                "issued": f"2024-03-{number + 1:02}",
                "language": language,
                "custom": {
                    "file": file.name,
                    "sha256": hashlib.sha256(text.encode()).hexdigest(),
                    "issued_basis": "external",
                    "issued_note": "The desk received it on that day.",
                },
            }
        )
        events.append(
            {
                "id": f"meeting-{language}",
                "date": {
                    "value": f"2024-03-{number + 1:02}",
                    "basis": "inferred",
                    "note": "The day of the document.",
                },
                "title": f"The minister meets a delegation ({language})",
                "actors": ["ministry"],
                "themes": ["meetings"],
                "summary": f"The ministry reports a meeting under the title {title}.",
                "evidence": [{"seed": f"seed-{language}", "quote": sentence.rstrip("。।.")}],
            }
        )
    brief = {
        "title": "Documents in many scripts",
        "as_of": "2024-04-01",
        "status": "final",
        "version": "1.0",
        "prepared_by": "Desk",
        "marking": "TLP:CLEAR",
        "language": "en-GB",
        "events": ["events.yaml"],
        "bottom_line": f"The ministry met delegations. [@{events[0]['id']}]",
        "actors": [{"id": "ministry", "summary": f"It met them. [@{events[-1]['id']}]"}],
    }
    folder = root / "briefings/scripts"
    folder.mkdir(parents=True)
    for path, value in {
        root / "seeds/seeds.yaml": {"references": references},
        folder / "events.yaml": {"actors": {"ministry": {"name": "Ministry"}}, "events": events},
        folder / "brief.yaml": brief,
    }.items():
        path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), "utf-8")
