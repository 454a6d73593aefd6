"""Incidents of a record → the terminal: a line each, accounts side by side, why claims were grouped, how much is disputed.

In: the values that `sayso.record.incidents` gives. Out: lines on a console. Accounts stand in the order in which they were given, and none is preferred.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from sayso.model import EventType
from sayso.record.incidents import AccountOf, Accounts, Because, Disagreement, Explanation, Given, IncidentRow
from sayso.view.layout import WIDEST, Ruled, indented, put
from sayso.view.terminal import beside, claim_block
from sayso.view.words import TYPES, clean, listed, parties, what

DISPUTED = {"parties": "who did it to whom", "count": "how many", "where": "where", "when": "when", "status": "whether it happened"}
"""Fields in words."""
WIDE = {"what": 4, "place": 2, "in dispute": 2}
"""Columns that share the room that the others leave."""


def show_incidents(rows: Sequence[IncidentRow], console: Console) -> None:
    """Incidents, a line each."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", show_edge=False)
    for column in ("day", "what", "place", "accounts", "reports", "in dispute", "id"):
        number = column in {"accounts", "reports"}
        table.add_column(column, justify="right" if number else "left", ratio=WIDE.get(column), no_wrap=column in {"day", "id"})
    for row in rows:
        table.add_row(
            _days(row), _what(row), clean(row.place), str(row.accounts), str(row.reports), listed(DISPUTED[f] for f in row.disputed), row.id[:9],
            style="dim" if row.background else "",
        )  # fmt: skip
    put([table] if rows else [Text("no incident meets this")], console)


def show_accounts(found: Accounts, console: Console) -> None:
    """One incident: its accounts side by side, what is disputed first."""
    put(_accounts(found, min(console.width, WIDEST)), console)


def show_explanation(found: Explanation, console: Console) -> None:
    """Why claims are one incident."""
    put(_explanation(found), console)


def show_disagreement(found: Disagreement, console: Console) -> None:
    """How much is disputed, by field and by pair of holders."""
    put(_disagreement(found), console)


def _days(row: IncidentRow) -> str:
    if row.start is None:
        return "no date"
    return f"{row.start}" if row.end == row.start else f"{row.start} to {row.end}" if row.end else f"since {row.start}"


def _what(row: IncidentRow) -> str:
    kind = TYPES[EventType(row.type)] if row.type.isupper() else row.type
    named = row.about.partition("; ")[0].partition(": ")[2]
    return clean(f"{kind}: {named}" if named and not named[:1].isdigit() else kind)


def _accounts(found: Accounts, width: int) -> Iterable[RenderableType]:
    row = found.incident
    yield Text(clean(row.about), style="bold")
    texts = f"{row.reports} independent text{'s' if row.reports != 1 else ''}"
    yield Text(f"{row.id} · {row.accounts} account{'s' if row.accounts != 1 else ''} in {texts}" + (" · pinned" if row.pinned else ""), style="dim")
    for dispute in found.disputes:
        line = Text("≠ in dispute: ", style="bold yellow")
        line.append(DISPUTED[dispute.field])
        line.append(f" · {clean(dispute.holders[0])} and {clean(dispute.holders[1])}: {clean(dispute.because)}", style="not bold")
        yield line
    notes = _notes(found)
    blocks = [_block(account, notes) for account in found.accounts]
    yield from beside(blocks, width) if len(blocks) > 1 else blocks


def _notes(found: Accounts) -> dict[str, list[str]]:
    """What each claim's relations to others say of it, beyond that it adds."""
    words = {given.claim.id: f"“{_short(given.claim.evidence.text)}”" for account in found.accounts for given in account.claims}
    notes: dict[str, list[str]] = {}
    for r in found.relations:
        if r.relation in {"revises", "retracts", "denies"}:
            notes.setdefault(r.second, []).append(f"{r.relation} {words.get(r.first, r.first)}")
    return notes


def _block(account: AccountOf, notes: dict[str, list[str]]) -> RenderableType:
    facts = [f"{how} {listed(map(clean, names))}" for how, names in (("in", account.outlets), ("by way of", account.relayers)) if names]
    if account.texts < len({given.report for given in account.claims}):
        facts.append(f"near-copies of {account.texts} text{'s' if account.texts != 1 else ''}")
    return Group(
        Text(), Ruled(Text(clean(account.name), style="bold")), Text(" · ".join(facts), style="dim"),
        *(_given(alike, notes) for alike in _once(account.claims)),
    )  # fmt: skip


def _once(claims: Sequence[Given]) -> list[list[Given]]:
    """Claims in the same words and of the same content together, as copies of one text have them."""
    found: dict[tuple[str, str, str, str], list[Given]] = {}
    for given in claims:
        key = (clean(given.claim.evidence.text), what(given.claim), parties(given.claim), given.claim.status)
        found.setdefault(key, []).append(given)
    return list(found.values())


def _given(alike: list[Given], notes: dict[str, list[str]]) -> RenderableType:
    first = alike[0]
    told = [note for given in alike for note in notes.get(given.claim.id, [])]
    told += ["replaced by a later claim"] * any(given.replaced_by for given in alike)
    told += [given.state for given in alike if given.state != "proposed"]
    days = sorted({given.published[:10] for given in alike if given.published})
    where = f"reported {listed(days)}" if days else "reported, no date"
    copies = f"in {len(alike)} texts" if len(alike) > 1 else ""
    return Group(claim_block(first.claim), indented(Text(" · ".join(filter(None, (where, copies, *dict.fromkeys(told)))), style="dim")))


def _explanation(found: Explanation) -> Iterable[RenderableType]:
    yield Text(clean(found.incident.about), style="bold")
    for heading, rows in (("what holds it together", found.links), ("what users decided", found.decisions), ("what is near and not in it", found.apart)):
        if rows:
            yield Group(Text(), Ruled(Text(heading.upper(), style="bold")), *map(_because, rows))
    if not found.links:
        yield Text("one claim alone: nothing was joined")


def _because(row: Because) -> RenderableType:
    score = Text(f"{row.score:+.1f}  " if row.score is not None else "", style="cyan")
    score.append("; ".join(map(clean, row.reasons)), style="default")
    quotes = (indented(Text(f"“{_short(words)}”", style="dim")) for words in (row.first_words, row.second_words))
    return Group(Text(), indented(score), *quotes)


def _disagreement(found: Disagreement) -> Iterable[RenderableType]:
    if not found.incidents:
        yield Text("no incident has two accounts")
        return
    yield Text(f"{found.disputed} of {found.incidents} incidents with two accounts or more are disputed ({found.share or 0:.0%})")
    for name, number in found.by_field.items():
        yield indented(Text(f"{DISPUTED[name]}: {number}"))
    if found.by_pair:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", show_edge=False)
        for column in ("holders", "both speak of", "disputed", "on"):
            table.add_column(column, justify="right" if column in {"both speak of", "disputed"} else "left")
        for pair in found.by_pair:
            fields = ", ".join(f"{DISPUTED[name]} {number}" for name, number in pair.by_field.items())
            table.add_row(f"{clean(pair.holders[0])} – {clean(pair.holders[1])}", str(pair.incidents), str(pair.disputed), fields)
        yield Group(Text(), table)


def _short(words: str, most: int = 90) -> str:
    words = clean(words)
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0] + "…"
