"""A record made by hand that has something of everything: rival accounts, losses, places of each precision, talks, reviews, decisions, and hostile text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from sayso.export import Options, export
from sayso.model import Act, Entity, EventType, Manner, Reading, Sector, When, Where
from sayso.record import Record
from sayso.record.filters import Filter
from tests.making import (
    ARMENIA,
    AZERBAIJAN,
    BAKU,
    MISSION,
    RUSSIA,
    TOVUZ,
    YEREVAN,
    casualty,
    event,
    materiel,
    reading,
    report,
    role,
    said_by,
)  # fmt: skip
from tests.record.conftest import place, record

__all__ = ["filled", "place", "readings", "record", "written"]

CIVILIANS = Entity(text="villagers", name="villagers of Tovuz", country="AZE", sector=Sector.CVL)
POST = Where(name="Hill 703", country="AZE", lat=40.95, lon=45.51, precision="point")
PROVINCE = Where(name="Tavush Province", country="ARM", admin1="Tavush", lat=40.88, lon=45.33, precision="province")
COUNTRY = Where(name="Armenia", country="ARM", lat=40.18, lon=44.51, precision="country")
TAVEUNI = Where(name="Taveuni", country="FJI", lat=-16.85, lon=179.99, precision="city")
LONG = "very " * 8000
HOSTILE = f"=HYPERLINK(\"http://evil.example\",\"click\") \u202eevil\u202c \x07bell, a {LONG}long cell."
CEASEFIRE = Act(type=EventType.RETREAT, modes=["ceasefire"])


def readings() -> list[Reading]:
    """The reports."""
    baku = report(
        "Azerbaijan's ministry said on Monday that Armenian units shelled Tovuz. Four soldiers were killed. Two villagers were killed. A tank was destroyed.",
        title="Four killed at Tovuz", url="https://wire.example/baku?a=1&b=2", id="baku-1",
    )  # fmt: skip
    yerevan = report(
        "Armenia's ministry said Azerbaijani units attacked near Tovuz. It denied that its units had shelled Tovuz. Three Azerbaijani soldiers died. "
        "A hill was shelled.",
        publisher="Southern Courier", title="Yerevan denies attack", id="yerevan-1",
    )  # fmt: skip
    talks = report(
        "Russia's minister spoke by telephone with both. The sides agreed on a ceasefire on 14 July. The ceasefire was observed. "
        "Sergey Lavrov is Russia's foreign minister. Troops were sent to Tavush. Armenia protested. In 1994 a truce was signed.",
        published="2020-07-15", url="ftp://not-on-the-web", id="talks-1",
    )  # fmt: skip
    hostile = report(HOSTILE, publisher="+cmd|' /C calc'!A0", title="@SUM(A1)\n=2+3", published="2020-07-16", id="-1+1", url="https://x.example/a b\u202e")
    fiji = report("A boat was attacked off Taveuni. A NUL \x00 stands here.", publisher=None, published="2020-07-17", id="fiji-1")
    shelling: dict[str, Any] = {"when": "2020-07-12", "where": TOVUZ}
    lavrov = Entity(text="Sergey Lavrov", name="Sergey Lavrov", country="RUS", sector=Sector.GOV)
    return [
        reading(
            baku,
            event("Armenian units shelled Tovuz", by=[ARMENIA], to=[AZERBAIJAN], modes=["heavy-weapons"], sources=said_by(BAKU), **shelling),
            casualty("Four soldiers were killed", low=4, high=4, by=ARMENIA, sources=said_by(BAKU, manner=Manner.INHERITED), **shelling),
            casualty("Two villagers were killed", low=2, high=2, who=CIVILIANS, sources=said_by(BAKU), **shelling),
            materiel("A tank was destroyed", "tank", owner=ARMENIA, by=AZERBAIJAN, sources=said_by(BAKU), **shelling),
        ),
        reading(
            yerevan,
            event("Azerbaijani units attacked near Tovuz", by=[AZERBAIJAN], to=[ARMENIA], sources=said_by(YEREVAN), **shelling),
            event(
                "its units had shelled Tovuz", by=[ARMENIA], to=[AZERBAIJAN], modes=["heavy-weapons"], status="negated", sources=said_by(YEREVAN), **shelling
            ),
            casualty("Three Azerbaijani soldiers died", low=3, high=3, sources=said_by(YEREVAN), **shelling),
            event("A hill was shelled", to=[ARMENIA], where=POST, when="2020-07-11", times=(2, 5)),
        ),
        reading(
            talks,
            event("spoke by telephone with both", "CONSULT", by=[RUSSIA, ARMENIA, AZERBAIJAN], modes=["phone"], when="2020-07-14"),
            event("The sides agreed on a ceasefire", "AGREE", by=[ARMENIA, AZERBAIJAN], object=CEASEFIRE, when="2020-07-14", sources=said_by(MISSION, RUSSIA)),
            event("The ceasefire was observed", "RETREAT", by=[ARMENIA, AZERBAIJAN], modes=["ceasefire"], when="2020-07-15"),
            role("Sergey Lavrov is Russia's foreign minister", lavrov, "foreign minister", RUSSIA, since=date(2004, 3, 9)),
            event("Troops were sent to Tavush", "MOBILIZE", by=[ARMENIA], modes=["troops"], where=PROVINCE, when="2020-07-13"),
            event("Armenia protested", "ACCUSE", by=[ARMENIA], to=[AZERBAIJAN], where=COUNTRY, when="2020-07-13"),
            event(
                "In 1994 a truce was signed", "AGREE", by=[ARMENIA, AZERBAIJAN], background=True,
                when=When(start=date(1994, 1, 1), end=date(1994, 12, 31), precision="year"),
            ),
        ),
        reading(hostile, casualty(HOSTILE, low=100, high=None, who=replace(AZERBAIJAN, name="=1+1; 2", country=None, id="=evil"), notes=["=note"])),
        reading(fiji, event("A boat was attacked off Taveuni", where=TAVEUNI, when="2020-07-16")),
    ]  # fmt: skip


@pytest.fixture
def filled(record: Record) -> Record:
    """The record with the reports in it."""
    record.add(readings())
    return record


@pytest.fixture
def written(filled: Record, tmp_path: Path) -> Callable[..., Path]:
    """What exports the record in a format, with a filter and options, and gives the path."""

    def write(to: str, name: str = "out", asked: Filter | None = None, **options: Any) -> Path:
        export(filled, to, tmp_path / name, asked, Options(**options), force=True)
        return tmp_path / name

    return write
