"""One dispatch of our own, of the build that wire agencies use, about any two sides: for asking whether names, places and numbers matter.

A `Side` holds everything that belongs to one party, so that swapping two `Side`s swaps the report and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Side:
    """A party: its country's name, code, adjective and capital, its foreign minister."""

    country: str
    code: str
    adjective: str
    capital: str
    minister: str


@dataclass(frozen=True)
class Dyad:
    """Two sides, the go-between, and what changes from one incident to the next. `published` is a Monday."""

    attacker: Side
    defender: Side
    mediator: Side
    place: str
    published: str
    sunday: str
    dateline: str
    killed: str
    killed_number: int
    hurt: str
    hurt_number: int
    began: int


AZERBAIJAN = Side("Azerbaijan", "AZE", "Azerbaijani", "Baku", "Elmar Mamedyarov")
ARMENIA = Side("Armenia", "ARM", "Armenian", "Yerevan", "Zograb Mnatsakanyan")
RUSSIA = Side("Russia", "RUS", "Russian", "Moscow", "Sergey Lavrov")
SUDAN = Side("Sudan", "SDN", "Sudanese", "Khartoum", "Mariam al-Mahdi")
ETHIOPIA = Side("Ethiopia", "ETH", "Ethiopian", "Addis Ababa", "Demeke Mekonnen")
TURKEY = Side("Turkey", "TUR", "Turkish", "Ankara", "Mevlut Cavusoglu")
INDIA = Side("India", "IND", "Indian", "New Delhi", "Subrahmanyam Jaishankar")
PAKISTAN = Side("Pakistan", "PAK", "Pakistani", "Islamabad", "Shah Mahmood Qureshi")
CHINA = Side("China", "CHN", "Chinese", "Beijing", "Wang Yi")

CAUCASUS = Dyad(ARMENIA, AZERBAIJAN, RUSSIA, "Gadabay", "2020-07-20", "2020-07-19", "MOSCOW, July 20", "Three", 3, "two", 2, 1988)
HORN = Dyad(ETHIOPIA, SUDAN, TURKEY, "Gedaref", "2021-03-08", "2021-03-07", "ANKARA, March 8", "Seven", 7, "five", 5, 1995)
KASHMIR = Dyad(PAKISTAN, INDIA, CHINA, "Poonch", "2020-11-16", "2020-11-15", "BEIJING, November 16", "Twelve", 12, "six", 6, 1947)


def swapped(dyad: Dyad) -> Dyad:
    """The same incident with the two sides changed over."""
    from dataclasses import replace

    return replace(dyad, attacker=dyad.defender, defender=dyad.attacker)


def dispatch(d: Dyad) -> str:
    """The report."""
    a, b, m = d.attacker, d.defender, d.mediator
    return f"""{m.country}'s foreign minister calls on {a.country}, {b.country} to cease fire

{d.dateline}. {m.adjective} Foreign Minister {m.minister} held telephone talks with Foreign Minister of {a.country} {a.minister} and Foreign Minister of {b.country} {b.minister} and urged both sides to cease fire at once, {m.country}'s Foreign Ministry said on Monday.

{m.minister.split()[-1]} stressed that {m.country} would continue to mediate between {a.capital} and {b.capital}.

{b.country}'s defense ministry reported on Sunday that {a.adjective} soldiers had tried to storm {b.country}'s positions near {d.place} with heavy artillery. According to the ministry, the battle went on until dawn. {d.killed} {b.adjective} soldiers were killed and {d.hurt} others wounded.

{a.country}'s defense ministry replied that tension on the border had grown after {b.country}'s attempted attack. The {a.adjective} defense ministry said that {d.hurt} {a.adjective} policemen had been lightly wounded in shelling by the {b.adjective} side.

The conflict between {a.country} and {b.country} broke out in {d.began}.
"""
