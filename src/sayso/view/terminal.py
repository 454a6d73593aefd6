"""A reading → what a person sees on the terminal.

In: a `Reading` and the console to print on. Out: the header; the accounts, a block per holder, with rival accounts side by side
where two fit legibly; losses by side and holder; talks and appeals; background; offices. All text goes through `clean` and is
printed as it stands, never as markup; nothing is left out, shortened or ranked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from sayso.identity import holder_key, side
from sayso.model import AnyClaim, Casualty, Event, EventType, Harm, Manner, Materiel, Reading, Report, Role, Status
from sayso.view.layout import WIDEST, Ruled, indented, put
from sayso.view.rivals import Rivalry, rivals
from sayso.view.words import (
    STATUS,
    called,
    clean,
    dates,
    day,
    holder,
    how_many,
    listed,
    parties,
    place,
    saying,
    side_name,
    title,
    wanted,
    what,
)

LEGIBLE = 46
"""A column narrower than this breaks a claim's words into too many lines to be compared."""
GUTTER = 3
NAMES = 52
"""What the table of losses needs for whose they are and who says so."""
TALKS = frozenset({EventType.CONSULT, EventType.AGREE, EventType.REQUEST, EventType.REJECT, EventType.CONCEDE, EventType.SUPPORT, EventType.COOPERATE})
"""What stands under talks and appeals, unless it is in dispute."""
QUOTES = "\"“”'‘’«»„"

Holder = tuple[str, str | None]
Told = dict[str, list[Rivalry]]


def show(reading: Reading, console: Console) -> None:
    """Prints the view of one report."""
    put(_parts(reading, min(console.width, WIDEST)), console)


def _parts(reading: Reading, width: int) -> Iterable[RenderableType]:
    report, claims = reading.report, reading.claims
    yield from _header(report)
    if not claims:
        yield Text()
        yield Text("Nothing to code here: this report states no act, loss, talks or office that sayso knows how to read.")
        yield Text()
        return
    disputes = rivals(reading)
    told: Told = defaultdict(list)
    for rivalry in disputes:
        for claim in (*rivalry.one.claims, *rivalry.other.claims):
            told[claim.id].append(rivalry)
    news = [c for c in claims if not c.background and not isinstance(c, Role)]
    talks = [c for c in news if isinstance(c, Event) and c.type in TALKS and c.id not in told]
    accounts = [c for c in news if c not in talks]
    losses = [c for c in news if isinstance(c, Casualty | Materiel)]
    past = [c for c in claims if c.background and not isinstance(c, Role)]
    roles = [c for c in claims if isinstance(c, Role)]
    if accounts:
        yield _heading("The accounts")
        yield from _accounts(accounts, disputes, told, report, width)
    elif past and not talks:
        yield Text()
        yield Text("No news to code here: what this report states is background.")
    if losses:
        yield _heading("Losses")
        yield from _losses(losses, report, width)
    if talks:
        yield _heading("Talks and appeals")
        yield from _list(talks, report)
    if past:
        yield _heading("Background")
        yield from _list(sorted(past, key=_age), report)
    if roles:
        yield _heading("Offices")
        yield from _offices(roles, report)
    yield Text()


def _header(report: Report) -> Iterable[RenderableType]:
    yield Text(title(report), style="bold")
    published = report.day
    facts = [clean(report.publisher or ""), day(published) if published else "", clean(report.place or "")]
    yield Text(" · ".join(filter(None, facts)) or "publisher, date and place not known")
    for note in report.notes:
        yield Text(f"note: {clean(note)}", style="dim")


def _heading(words: str) -> RenderableType:
    return Group(Text(), Ruled(Text(words.upper(), style="bold")))


# accounts


def _accounts(claims: Sequence[AnyClaim], disputes: list[Rivalry], told: Told, report: Report, width: int) -> Iterable[RenderableType]:
    held: dict[Holder, list[AnyClaim]] = defaultdict(list)
    for claim in claims:
        held[holder_key(claim)].append(claim)
    for group in _rival_holders(list(held), disputes):
        matters: dict[tuple[str, str], list[str]] = defaultdict(list)
        for rivalry in disputes:
            if holder_key(rivalry.one.claims[0]) in group:
                matters[rivalry.one.holder, rivalry.other.holder].append(rivalry.field)
        if matters:
            yield Group(Text(), *(_in_dispute(*pair, fields) for pair, fields in matters.items()))
        blocks = [_block(held[key], told, report) for key in group]
        yield from beside(blocks, width) if len(group) > 1 else blocks


def _rival_holders(holders: list[Holder], disputes: list[Rivalry]) -> list[list[Holder]]:
    """Holders in the order of the text, those whom a dispute connects together."""
    groups = [[h] for h in holders]
    for rivalry in disputes:
        one, other = holder_key(rivalry.one.claims[0]), holder_key(rivalry.other.claims[0])
        joined = [g for g in groups if one in g or other in g]
        if len(joined) > 1:
            groups[groups.index(joined[0])] = sorted((h for g in joined for h in g), key=holders.index)
            for g in joined[1:]:
                groups.remove(g)
    return groups


def _in_dispute(one: str, other: str, fields: list[str]) -> Text:
    text = Text("≠ in dispute: ", style="bold yellow")
    text.append(listed(fields))
    text.append(f" · {one} and {other}", style="not bold")
    return text


def beside(blocks: list[RenderableType], width: int) -> Iterable[RenderableType]:
    """Blocks in as many columns as are legible, row by row; under each other where that is one."""
    columns = max(1, min(len(blocks), (width + GUTTER) // (LEGIBLE + GUTTER)))
    for n in range(0, len(blocks), columns):
        row = blocks[n : n + columns]
        if columns == 1:
            yield from row
            continue
        grid = Table.grid(padding=(0, GUTTER, 0, 0), pad_edge=False)
        each = (width - GUTTER * (columns - 1)) // columns
        for _ in range(columns):
            grid.add_column(width=each)
        grid.add_row(*row, *[""] * (columns - len(row)))
        yield grid


def _block(claims: list[AnyClaim], told: Told, report: Report) -> RenderableType:
    """One holder's account: what is in dispute first."""
    name = Text(holder(claims[0], report), style="bold")
    if not claims[0].sources and report.publisher:
        name.append(" in its own voice", style="not bold")
    ordered = [c for c in claims if c.id in told] + [c for c in claims if c.id not in told]
    return Group(Text(), Ruled(name), *(claim_block(c, disputed=[r.field for r in told.get(c.id, [])]) for c in ordered))


def _list(claims: Iterable[AnyClaim], report: Report) -> Iterable[RenderableType]:
    """Claims of any holders, each with its own."""
    for claim in claims:
        name = holder(claim, report)
        yield claim_block(claim, by=f"according to {name}" if claim.sources or not report.publisher else f"{name} in its own voice")


def claim_block(claim: AnyClaim, disputed: Iterable[str] = (), by: str = "") -> RenderableType:
    """One claim: what, status and parties; say-so, when and where; the words."""
    head = Text(what(claim), style="bold")
    if STATUS[claim.status]:
        head.append(f", {STATUS[claim.status]}", style="cyan")
    if told := parties(claim):
        head.append(f" · {told}", style="not bold")
    if isinstance(claim, Event) and claim.object:
        head.append(f" · {wanted(claim)}", style="not bold")
    carried = claim.sources and claim.sources[0].manner is Manner.INHERITED
    facts = Text(" · ").join(
        [Text(f"≠ {field}", style="yellow") for field in dict.fromkeys(disputed)]
        + [Text(f) for f in (by, dates(claim.when), place(claim.where)) if f]
        + [Text(s, style="italic" if carried and not n else "") for n, s in enumerate(saying(claim))]
        + [Text(f"confidence {claim.confidence:.2f}")]
    )
    return Group(Text(), indented(Group(head, facts, _words(claim))))


def _words(claim: AnyClaim) -> Text:
    words = clean(claim.evidence.text)
    text = Text(words if words[:1] in QUOTES and words[-1:] in QUOTES else f"“{words}”", style="dim")
    if claim.also:
        text.append(f" (and {len(claim.also)} more time{'s' if len(claim.also) > 1 else ''} in the text)", style="dim")
    return text


# losses


def _losses(claims: list[Casualty | Materiel], report: Report, width: int) -> Iterable[RenderableType]:
    """Losses by side and holder, the accounts of the same people next to each other; where and when, where there is room."""
    people = [harm for harm in Harm if any(c.harm is harm for c in claims)]
    things = any(isinstance(c, Materiel) for c in claims)
    numbers = sum(max(len(harm), 7) + 2 for harm in people) + 22 * things
    apart, placed = NAMES + numbers <= width, NAMES + numbers + 30 <= width
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="", show_edge=False)
    table.add_column("side and people", ratio=3)
    table.add_column("according to", ratio=3)
    for harm in people if apart else ():
        table.add_column(harm, justify="right", min_width=7)
    if things or not apart:
        table.add_column("things" if apart else "losses", ratio=2)
    if placed:
        table.add_column("when and where", ratio=2)
    for side_of, rows in _by_side(claims, report, placed):
        nested = any(name != side_of for name, _, _, _ in rows)
        if nested:
            table.add_row(Text(side_of, style="bold"))
        for name, held_by, when_where, row in rows:
            counted = {harm: "; ".join(_number(c) for c in row if c.harm is harm) for harm in people}
            materiel = "; ".join(f"{_number(c)} × {clean(c.what)} {c.harm}" for c in row if isinstance(c, Materiel))
            cells = list(counted.values()) if apart else []
            if things or not apart:
                cells.append("; ".join(filter(None, (*(() if apart else (f"{n} {harm}" for harm, n in counted.items() if n)), materiel))))
            if placed:
                cells.append(when_where)
            table.add_row(indented(Text(name)) if nested else Text(name, style="bold"), Text(held_by), *map(Text, cells))
    yield Text()
    yield indented(table)
    if any(c.sources and c.sources[0].manner is Manner.INHERITED for c in claims):
        yield indented(Text("* say-so carried over from the speaker just named", style="italic"))


def _by_side(claims: list[Casualty | Materiel], report: Report, placed: bool) -> Iterable[tuple[str, list[tuple[str, str, str, list[Casualty | Materiel]]]]]:
    """Sides in the order of the text; of each, the rows: whose losses, the holder, when and where (if asked for), and the claims."""
    sides: dict[str, dict[tuple[str, Holder, str], list[Casualty | Materiel]]] = {}
    names: dict[str, str] = {}
    for claim in claims:
        harmed = claim.who if isinstance(claim, Casualty) else claim.owner
        name = called(harmed) if harmed else "not told whose"
        key = (harmed and side(harmed)) or name.casefold()
        names.setdefault(key, side_name(harmed) if harmed else name)
        when_where = " · ".join(filter(None, (dates(claim.when), place(claim.where)))) if placed else ""
        sides.setdefault(key, {}).setdefault((name, holder_key(claim), when_where), []).append(claim)
    for key, rows in sides.items():
        ordered = sorted(rows.items(), key=lambda row: row[0][0].casefold())
        yield names[key], [(name, holder(row[0], report), when_where, row) for (name, _, when_where), row in ordered]


def _number(claim: Casualty | Materiel) -> str:
    status = "" if claim.status in {Status.OCCURRED, Status.ONGOING} else f" ({'denied' if claim.status is Status.NEGATED else STATUS[claim.status]})"
    carried = "*" if claim.sources and claim.sources[0].manner is Manner.INHERITED else ""
    return f"{how_many(claim.count)}{carried}{status}"


# background, offices


def _age(claim: AnyClaim) -> tuple[str, int]:
    start = claim.when.start or claim.when.end if claim.when else None
    return start.isoformat() if start else "9999", claim.evidence.start


def _offices(roles: list[Role], report: Report) -> Iterable[RenderableType]:
    """Offices and seats; those that the same words give stand together."""
    given: dict[tuple[int, int], list[Role]] = defaultdict(list)
    for role in roles:
        given[role.evidence.start, role.evidence.end].append(role)
    for together in given.values():
        lines = []
        for role in together:
            line = Text(called(role.holder), style="bold")
            years = " – ".join((role.since.isoformat() if role.since else "", role.until.isoformat() if role.until else "")) if role.since or role.until else ""
            for part in filter(None, (clean(role.office), called(role.organisation), years, STATUS[role.status])):
                line.append(f", {part}", style="not bold")
            if role.sources:
                line.append(f" · according to {holder(role, report)}", style="not bold")
            lines.append(line)
        lines.append(_words(together[0]))
        yield Group(Text(), indented(Group(*lines)))
