"""The registers: losses, talks, appeals, violations, offices, the timeline, actors, sources, each row as its command prints it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from litestar import Response
from litestar.params import Parameter

from sayso.desk.api.answers import Rows, lists
from sayso.desk.api.asked import Question, YesNo
from sayso.record import Record, registers
from sayso.record.registers import Cell, Chain, Channel, Contact, Deed, Entry, Profile, Seat, Total, Violations
from sayso.record.registers.asking import changed_in

TAG = "registers"


@lists("/casualties", "Losses: each holder's figures", TAG)
def list_casualties(record: Record, question: Question) -> Response[Rows[Cell]]:
    """Losses of people and things: for each side, harm and role the figures of each holder, with what he said before. As `sayso casualties`."""
    return question.of(registers.casualties(record, question.filter, question.upto))


@lists("/casualties/total", "Losses summed under a rule", TAG)
def list_totals(
    record: Record, question: Question,
    rule: Annotated[Literal["min", "max", "conservative", "two-sources"], Parameter(description="Whose figure counts in each incident.")] = "conservative",
) -> Response[Rows[Total]]:  # fmt: skip
    """Sums over incidents; the same rule for every side. As `sayso casualties --total`."""
    return question.of(registers.total(record, question.filter, rule))


@lists("/materiel", "Losses of things: each holder's figures", TAG)
def list_materiel(record: Record, question: Question) -> Response[Rows[Cell]]:
    """The rows of `/casualties` that are of things destroyed, damaged, seized."""
    return question.of(registers.casualties(record, changed_in(question.filter, kind="materiel"), question.upto))


@lists("/talks", "Who met whom, how, through whom", TAG)
def list_talks(record: Record, question: Question) -> Response[Rows[Contact]]:
    """Meetings, calls and negotiations, and on whose say-so. As `sayso talks`."""
    return question.of(registers.talks(record, question.filter, question.upto))


@lists("/channels", "How often contacts were held, planned, failed", TAG)
def list_channels(
    record: Record, question: Question, by: Annotated[Literal["dyad", "go-between"], Parameter(description="By what contacts are counted.")] = "dyad"
) -> Response[Rows[Channel]]:
    """Contacts by dyad, or by go-between. As `sayso talks --by`."""
    return question.of(registers.channels(record, question.filter, by, question.upto))


@lists("/appeals", "Appeals, promises, ceasefires, breaches", TAG)
def list_appeals(record: Record, question: Question) -> Response[Rows[Chain]]:
    """What was asked for, agreed or refused, declared, in effect, and allegedly broken, as chains in time. As `sayso appeals`."""
    return question.of(registers.appeals(record, question.filter, question.upto))


@lists("/violations", "Attacks per period, by each side's account", TAG)
def list_violations(
    record: Record, question: Question, by: Annotated[Literal["day", "week", "month"], Parameter(description="Over which time attacks are counted.")] = "day"
) -> Response[Rows[Violations]]:
    """As the attacked side tells them, as the attacker does, as others do; counted the same way for each side. As `sayso violations`."""
    return question.of(registers.violations(record, question.filter, by))


@lists("/roles", "Offices and seats in time", TAG)
def list_roles(record: Record, question: Question) -> Response[Rows[Seat]]:
    """Who held which office or seat in which body, and who else is said to have held it then. As `sayso roles`."""
    return question.of(registers.roles(record, question.filter, question.upto))


@lists("/timeline", "Incidents by day with their accounts", TAG)
def list_timeline(
    record: Record, question: Question, claims: Annotated[YesNo, Parameter(description="Each incident with its claims.")] = "no"
) -> Response[Rows[Entry]]:
    """Incidents by day, with each holder's account and what is disputed; background is marked. As `sayso timeline`."""
    return question.of(registers.timeline(record, question.filter, question.upto, claims == "yes"))


@lists("/actors", "Who does what to whom", TAG)
def list_actors(
    record: Record, question: Question,
    of: Annotated[Literal["entities", "sides"], Parameter(description="Each entity by itself, or all of a side together.")] = "entities",
) -> Response[Rows[Deed]]:  # fmt: skip
    """Who is said to do what to whom, how often, and on whose say-so. As `sayso actors`."""
    return question.of(registers.actors(record, question.filter, question.upto, of))


@lists("/sources", "Whose claims, and who contradicts them", TAG)
def list_sources(record: Record, question: Question) -> Response[Rows[Profile]]:
    """Whose claims the record holds, disputed and confirmed by whom; and the grades that users gave. As `sayso sources`."""
    return question.of(registers.sources(record, question.filter, question.upto))


ROUTES: list[Any] = [
    list_casualties, list_totals, list_materiel, list_talks, list_channels, list_appeals, list_violations, list_roles, list_timeline, list_actors, list_sources,
]  # fmt: skip
