"""Quotations of the Ecuador seeds, by the number with which the file names of the seeds begin."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sourcebrief.evidence.passages import SeedText, decode_seed, read_seed

SEEDS = Path(__file__).parents[2] / "seeds"

QUOTATIONS: list[tuple[int, str]] = [
    (0, "today welcomed Ecuador as the 51st nation member of the Clean Network"),
    (
        0,
        "Under Secretary Krach met with President Lenin Moreno, where the two officials discussed "
        "elevating the U.S.-Ecuador partnership",
    ),
    (0, "to discuss the critical importance of securing Ecuador’s 5G infrastructure"),
    (0, "Ecuador supports the principles of the Clean Network initiative."),
    (0, "operators Claro, Telefonica, and Corporación Nacional de Telecomunicaciones (CNT)"),
    (0, "Photo of President Moreno and Undersecretary Krach in Davos"),
    (1, "with the return of the U.S. Agency for International Development (USAID)"),
    (1, "So we are willing to provide technical assistance in that area,"),
    (1, "the upcoming new trade agreement between both countries"),
    (1, "Since the U.S. Supreme Court swore Pompeo in as State Secretary on April 2018"),
    (1, "the decision to hand Julian Assange over to the British authorities"),
    (1, "Pompeo was a congressman from 2011 to 2017"),
    (1, "Published 21 July 2019"),
    (2, "Published on November 21, 2022"),
    (
        2,
        "In October 2021, President Lasso asked Secretary of State Antony Blinken to push US "
        "politicians to intensify security cooperation with Ecuador.",
    ),
    (2, "the agreement on arms traceability is only one of the tools in the fight"),
    (2, "is to support the tracking of money from organized crime, to cut money laundering"),
    (2, "Ecuador being offered a seat on the UN Security Council"),
    (2, "cartels that operate “with an ocean of difference,” but who have the same practices"),
    (3, "The HSI-Quito supported TCIU was established in April 2018"),
    (3, "visited Ecuador’s capital Quito from December 7th through 8th to meet"),
    (3, "that was illegally transporting Ecuadorians to the United States"),
    (3, "the Secretary emphasized the importance of the U.S.-Ecuador relationship"),
    (4, "took place this week, September 26 and 27, 2023"),
    (4, "The visit of the Commissioner for Internal Affairs, Ylva Johansson, was a strong signal"),
    (4, "efforts in the process of negotiating a working agreement with Europol"),
    (4, "The banana cluster requires security in export"),
]


@cache
def text(number: int) -> str:
    (path,) = SEEDS.glob(f"{number:03d}_*.txt")
    return decode_seed(path.read_bytes())


@cache
def seed(number: int) -> SeedText:
    return read_seed(text(number))
