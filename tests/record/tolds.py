"""Claims in the form in which they are compared, built by hand and by chance."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from sayso.record.told import FORCE, Told, Who

NORTH = Who(side="NOR", key="NOR:armed forces of the north", name="armed forces of the north", sector="MIL")
SOUTH = Who(side="SOU", key="SOU:armed forces of the south", name="armed forces of the south", sector="MIL")
VILLAGERS = Who(side="SOU", key="SOU:people of riverside", name="people of riverside", sector="CVL")
GUNMEN = Who(side="", key=":gunmen", name="gunmen", sector="UAF")
NORTH_MINISTRY = {"holder": "NOR:ministry of defence of the north", "speaks_for": "NOR"}
SOUTH_MINISTRY = {"holder": "SOU:ministry of defence of the south", "speaks_for": "SOU"}
MONITOR = {"holder": ":river mission", "speaks_for": ""}
MAY_3, MAY_4, MAY_9 = date(2021, 5, 3), date(2021, 5, 4), date(2021, 5, 9)


def a_told(claim: str, kind: str = "event", **fields: Any) -> Told:
    """A claim of the north's shelling of Riverside on 3 May, or of what it cost, as the south's ministry tells it, but for the fields given."""
    act = fields.pop("act", {"event": "ASSAULT", "casualty": "killed", "materiel": "destroyed"}[kind])
    family = FORCE if kind != "event" or act == "ASSAULT" else act
    given: dict[str, Any] = {
        "report": "r1", "copy": "", "publisher": ":valley wire", "actors": (NORTH,), "recipients": (SOUTH,), "since": MAY_3, "until": MAY_3, "precision": "day",
        "place": "riverside", "country": "SOU", "spot": "city", "published": MAY_4, "wording": claim, **SOUTH_MINISTRY,
    }  # fmt: skip
    if kind == "materiel":
        given["what"] = "house"
    if kind != "event":
        given |= {"low": 3, "high": 3}
    return Told(claim=claim, kind=kind, family=family, act=act, **(given | fields))  # type: ignore[arg-type]


_who = st.lists(st.sampled_from([NORTH, SOUTH, VILLAGERS, GUNMEN]), max_size=2, unique_by=lambda w: w.key).map(
    lambda held: tuple(sorted(held, key=lambda w: w.key))
)
_days = st.sampled_from(
    [
        (MAY_3, MAY_3, "day"), (MAY_4, MAY_4, "day"), (MAY_3, MAY_4, "range"), (MAY_9, MAY_9, "day"), (date(2021, 5, 2), MAY_4, "assumed"),
        (None, None, ""),
    ]
)  # fmt: skip
_places = st.sampled_from([("riverside", "SOU", "city"), ("hilltop", "SOU", "city"), ("river", "SOU", "province"), ("", "SOU", "country"), ("", "", "")])
_counts = st.sampled_from([(3, 3), (5, 5), (3, None), (0, 0), (None, 8)])
_acts = st.sampled_from(["ASSAULT", "ASSAULT", "ASSAULT", "REQUEST", "COERCE", "RETREAT", "CONSULT"])
_statuses = st.sampled_from(["occurred", "occurred", "occurred", "negated", "planned"])
_holders = st.sampled_from([NORTH_MINISTRY, SOUTH_MINISTRY, MONITOR])


@st.composite
def any_told(draw: st.DrawFn, claim: str = "c") -> Told:
    """Any claim of a small world, in which many are about one incident."""
    kind = draw(st.sampled_from(["event", "event", "casualty", "materiel"]))
    since, until, precision = draw(_days)
    place, country, spot = draw(_places)
    report, sentence = draw(st.integers(0, 4)), draw(st.integers(0, 5))
    fields: dict[str, Any] = {
        "report": f"r{report}", "copy": draw(st.sampled_from(["", "", "wire"])), "actors": draw(_who), "recipients": draw(_who), "since": since,
        "until": until, "precision": precision, "place": place, "country": country, "spot": spot, "status": draw(_statuses),
        "background": draw(st.booleans()) and not precision, "published": date(2021, 5, 4 + report), "sentence": sentence, "start": 10 * sentence,
        "paragraph": sentence // 2, "wording": draw(st.sampled_from("xyz")), **draw(_holders),
    }  # fmt: skip
    if kind == "event":
        fields["act"] = draw(_acts)
        if fields["act"] == "ASSAULT":
            fields["modes"] = draw(st.sampled_from([(), ("drone",), ("heavy-weapons",)]))
    else:
        fields["low"], fields["high"] = draw(_counts)
        if kind == "casualty":
            fields["act"] = draw(st.sampled_from(["killed", "wounded", "harmed"]))
    return a_told(claim, kind, **fields)


def some_tolds(most: int = 12) -> st.SearchStrategy[list[Told]]:
    """Several claims, each with an id of its own."""
    return st.integers(0, most).flatmap(lambda n: st.tuples(*(any_told(f"c{k:02}") for k in range(n))).map(list))
