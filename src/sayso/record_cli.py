"""The commands that ask a record: `sayso casualties`, `talks`, `appeals`, `violations`, `roles`, `timeline`, `actors`, `sources`.

In: the words of the command line. Out: a table on a terminal, CSV, or JSON lines. Each calls the register of the same name and decides nothing itself; an empty
answer is an empty table, or one line on standard error, and no error.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from enum import StrEnum
from itertools import islice
from typing import Annotated, Any

import typer

from sayso.asking import TABLE_LIMIT, ListFormat, Question, asks
from sayso.ends import console, lines, say

app = typer.Typer(rich_markup_mode=None)


class RuleOption(StrEnum):
    """Under which rule losses are summed."""

    MIN = "min"
    MAX = "max"
    CONSERVATIVE = "conservative"
    TWO_SOURCES = "two-sources"
    ALL = "all"


class Period(StrEnum):
    """Over which time attacks are counted."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Count(StrEnum):
    """By what contacts are counted."""

    DYAD = "dyad"
    GO_BETWEEN = "go-between"
    BRIDGE = "bridge"


class Actors(StrEnum):
    """Who counts as one actor."""

    ENTITIES = "entities"
    SIDES = "sides"


@app.command(short_help="Losses: each holder's figures.", epilog="Example: sayso casualties --dyad ARM,AZE --total --rule two-sources")
@asks
def casualties(
    question: Question,
    total: Annotated[bool, typer.Option("--total", help="Sum over incidents, under a rule.")] = False,
    rule: Annotated[
        RuleOption, typer.Option("--rule", help="Whose figure counts in each incident; all sums nothing. docs/registers.md defines each.")
    ] = RuleOption.CONSERVATIVE,
) -> None:
    """Losses of people and things: for each side, harm and role the figures of each holder, with what he said before."""
    from sayso.record import registers

    if total and rule is not RuleOption.ALL:
        _answer(question, registers.Total, lambda record, asked, limit: registers.total(record, asked, rule.value)[:limit])
    else:
        _answer(question, registers.Cell, registers.casualties)


@app.command(short_help="Who met whom, how, through whom.", epilog="Example: sayso talks --conflict karabakh --by go-between")
@asks
def talks(
    question: Question,
    by: Annotated[Count | None, typer.Option("--by", help="Count contacts by dyad, by go-between, or by go-between and side.", show_default=False)] = None,
) -> None:
    """Meetings, calls and negotiations: who, at what level, how, through whom, under which body, and on whose say-so."""
    from sayso.record import registers

    if by is None:
        _answer(question, registers.Contact, registers.talks)
    elif by is Count.BRIDGE:
        _answer(question, registers.Bridge, registers.bridges)
    else:
        _answer(question, registers.Channel, lambda record, asked, limit: registers.channels(record, asked, by.value, limit))


@app.command(short_help="Appeals, promises, ceasefires, breaches.", epilog="Example: sayso appeals --dyad ARM,AZE --since 2020-07-01")
@asks
def appeals(question: Question) -> None:
    """What was asked for, agreed or refused, declared, in effect, and allegedly broken, as chains in time. A third party's appeal is no ceasefire."""
    from sayso.record import registers

    _answer(question, registers.Chain, registers.appeals)


@app.command(short_help="Attacks per day, by each side's account.", epilog="Example: sayso violations --dyad ARM,AZE --by week")
@asks
def violations(
    question: Question,
    by: Annotated[Period, typer.Option("--by", help="Per day, week or month.")] = Period.DAY,
) -> None:
    """Attacks and violations per period: as the attacked side tells them, as the attacker does, as others do; counted the same way for each side."""
    from sayso.record import registers

    _answer(question, registers.Violations, lambda record, asked, limit: registers.violations(record, asked, by.value)[:limit])


@app.command(short_help="Offices and seats in time.", epilog='Example: sayso roles --actor "Ministry of Foreign Affairs of Russia"')
@asks
def roles(question: Question) -> None:
    """Who held which office or seat in which body, from the first report to the last, and who else is said to have held it then."""
    from sayso.record import registers

    _answer(question, registers.Seat, registers.roles)


@app.command(short_help="Incidents by day.", epilog="Example: sayso timeline --country AZE --since 2020-07-12 --until 2020-07-14 --claims")
@asks
def timeline(
    question: Question,
    claims: Annotated[bool, typer.Option("--claims", help="Each incident with its claims.")] = False,
) -> None:
    """Incidents by day, with each holder's account and what is disputed; background is marked."""
    from sayso.record import registers

    _answer(question, registers.Entry, lambda record, asked, limit: registers.timeline(record, asked, limit, claims))


@app.command(short_help="Who does what to whom.", epilog="Example: sayso actors --of sides --type ASSAULT")
@asks
def actors(
    question: Question,
    of: Annotated[Actors, typer.Option("--of", help="Each entity by itself, or all of a side together.")] = Actors.ENTITIES,
) -> None:
    """Who is said to do what to whom, how often, and on whose say-so."""
    from sayso.record import registers

    _answer(question, registers.Deed, lambda record, asked, limit: registers.actors(record, asked, limit, of.value))


@app.command(short_help="Whose claims, and who contradicts them.", epilog="Example: sayso sources --actor AZE --limit 20")
@asks
def sources(question: Question) -> None:
    """Whose claims the record holds: as outlet, speaker or relayer, about whom, disputed and confirmed by whom; and the grades that users gave."""
    from sayso.record import registers

    _answer(question, registers.Profile, registers.sources)


def _answer(question: Question, kind: type, register: Callable[..., Iterable[Any]]) -> None:
    """What a register gives, in the format that was asked for."""
    from sayso.view import registers as view

    chosen = question.format or (ListFormat.TABLE if sys.stdout.isatty() else ListFormat.JSONL)
    with question.opened() as (record, asked):
        if chosen is ListFormat.JSONL:
            lines(view.json_lines(register(record, asked, question.limit), sys.stdout.isatty()))
        elif chosen is ListFormat.CSV:
            lines(view.csv_lines(kind, register(record, asked, question.limit)))
        else:
            limit = question.limit or TABLE_LIMIT
            rows = list(register(record, asked, limit + 1))
            if not rows:
                say("nothing in the record meets this")
                return
            view.show(kind, list(islice(rows, limit)), console())
            if len(rows) > limit:
                say(f"the first {limit}; for more: --limit N, or --format csv")
