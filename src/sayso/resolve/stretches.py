"""Names that the network took for people or bodies and that the words beside them show to be places.

In: a parsed report, the lexicon, and what knows the country of a place name. Out: the same report, in which such names are places:
"Jenin refugee camp", "the Sherzad district", "in Malakal". A name with a title or a longer one is left as it is, and so is whoever
holds a post or a stronghold ("the Wagner base"), unless a place of the name is known.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from sayso.lexicon import Lexicon
from sayso.reader import Doc
from sayso.reader.doc import Stretch
from sayso.resolve.marks import find_marks

_REACH = 3


def retype(doc: Doc, lexicon: Lexicon, country_of_place: Callable[[str], str | None]) -> None:
    """Makes places of such names, in place; a second time changes nothing."""
    marks = cache(lambda: {n.row["code"] for m in find_marks(doc, lexicon, country_of_place) if (n := m.of("country", "adjective", "nation", "capital"))})
    doc.names[:] = [_retyped(doc, s, lexicon, country_of_place, marks) for s in doc.names]
    described = {doc.words[s.first] for s in doc.names if s.type == "organisation" and s.last - s.first == 1 and _called_body(doc, s.first, lexicon)}
    for n, s in enumerate(doc.names):
        if s.type == "person" and s.last - s.first == 1 and doc.words[s.first] in described:
            doc.names[n] = s._replace(type="organisation")


def _called_body(doc: Doc, k: int, lexicon: Lexicon) -> bool:
    """Whether a name stands right behind what it is: "the rights group Dawn", which a later "Dawn" is too, whatever the network takes it for."""
    return k > 0 and lexicon.is_word(doc.lemmas[k - 1], "described") and doc.words[k - 1].islower()


def _retyped(
    doc: Doc, s: Stretch, lexicon: Lexicon, country_of_place: Callable[[str], str | None], spoken_of: Callable[[], set[str]]
) -> Stretch:
    named = all(doc.words[k][0].isupper() or "-" in doc.words[k] for k in range(s.first, s.last))
    if s.type not in {"person", "organisation"} or s.last - s.first > 2 or not named:
        return s
    top = next((k for k in range(s.first, s.last) if not s.first <= doc.heads[k] < s.last), s.first)
    head = doc.heads[top]
    behind = head if doc.labels[top] == "compound" and s.last <= head < s.last + _REACH else -1
    if behind >= 0 and all(doc.words[k].islower() for k in range(s.last, behind + 1)) and lexicon.is_word(doc.lemmas[behind], "place"):
        held = any(lexicon.is_word(doc.lemmas[behind], how) for how in ("holding", "military", "anywhere"))
        known = country_of_place(doc.text(s.first, s.last)) or country_of_place(doc.text(s.first, behind + 1))
        if (s.type == "person" and not held) or known:
            return s._replace(type="place")
    struck = doc.labels[top] in {"obj", "nsubj:pass"} and head >= 0 and _strikes(doc.lemmas[head], lexicon)
    if s.type == "person" and struck and s.last - s.first == 1 and not any(doc.labels[c].split(":")[0] in {"appos", "flat"} for c in doc.children[top]):
        country = country_of_place(doc.text(s.first, s.last))
        if country is not None and country in spoken_of():
            return s._replace(type="place")
    return s


def _strikes(lemma: str, lexicon: Lexicon) -> bool:
    """Whether a verb has places for objects as often as people: "attack", "shell"; not "kill"."""
    rows = [row for row in lexicon.verbs.get(lemma, ()) if row.type == "ASSAULT"]
    return bool(rows) and (lemma not in lexicon.harms or any("<place>" in row.row["needs"] for row in rows))
