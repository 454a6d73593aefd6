"""What the network is not told: which country or which armed group a sentence speaks of.

In: the words of a sentence. Out: the words that the network reads in their stead: every one-word name of a country, of its capital, of its
people, of an armed group or of a de facto entity becomes one and the same, so that the tree, names and say-so of "Armenian troops fired",
"Azerbaijani troops fired" and "Houthi troops fired" cannot differ. The text itself stays as it is; who is meant, the resolver tells from the
true words. Abbreviations are not hidden: nothing else in a text looks as they do.
"""

from __future__ import annotations

from functools import lru_cache

from sayso.lexicon.tables import read_table

_COUNTRY, _ADJECTIVE, _PEOPLE, _CAPITAL = "Italy", "Italian", "Italians", "Rome"
_STANDS_FOR = {"capital": _CAPITAL, "name": _COUNTRY, "aliases": _COUNTRY, "adjectives": _ADJECTIVE, "people": _ADJECTIVE}
"""By column of countries.tsv; a later one counts where a form stands in several."""
_QUARTERS = {"North", "South", "East", "West"}
"""What parts a country's name in two words from another's; all become one."""
_SIDES = {"armed-group", "de-facto"}
"""Kinds of actor that are a side of a conflict as a country is."""
_OWNED = ("agents", "offices", "organs", "discourse", "things", "acts-nouns")
"""Tables of nouns before which a name says whose they are."""
_ADJECTIVAL = ("ian", "ese", "haz")
"""Endings of names of de facto entities that are adjectives: "Transnistrian", "Abkhaz"."""
_JOINED = {"-", "al", "Al"}
"""What joins a group's name to the word before it: "Al-Shabaab" is hidden as a whole or not at all."""
_SHORTEST = 4
"""Letters; shorter forms are abbreviations or words of other senses."""


def _plain(form: str) -> bool:
    return form.isalpha() and len(form) >= _SHORTEST and form[0].isupper() and not form.isupper()


@lru_cache(maxsize=1)
def groups() -> frozenset[str]:
    """The one-word names of armed groups and de facto entities."""
    rows = [row for row in read_table("actors") if row["kind"] in _SIDES]
    return frozenset(form for row in rows for form in (row["name"], *row.listed("aliases")) if _plain(form))


@lru_cache(maxsize=1)
def _nouns() -> frozenset[str]:
    forms = {row["form"] for table in _OWNED for row in read_table(table)}
    return frozenset(word for form in forms if form.isalpha() for word in (form, form + "s"))


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for column, stand_in in _STANDS_FOR.items():
        for row in read_table("countries"):
            for form in filter(_plain, row.listed(column)):
                plural = column == "people" and form.endswith(("s", "men"))
                word = stand_in + "s" if plural else stand_in
                found[form], found[form.upper()] = word, word.upper()
    for form in groups():
        found.setdefault(form, _PEOPLE if form.endswith("s") and form[:-1] in groups() else _ADJECTIVE if form.endswith(_ADJECTIVAL) else _COUNTRY)
    return found


def blinded(forms: list[str]) -> list[str]:
    """The words, with a stand-in for each name of a country, its capital and its people, and of an armed group.

    >>> blinded(["Eritrean", "troops", "entered", "ETHIOPIA", "and", "North", "Korea"])
    ['Italian', 'troops', 'entered', 'ITALY', 'and', 'South', 'Italy']
    >>> blinded(["Houthi", "fighters", "fled", ",", "Hezbollah", "said"])
    ['Italian', 'fighters', 'fled', ',', 'Italy', 'said']
    """
    names = _names()
    hidden = [names.get(form, form) for form in forms]
    for k in range(len(forms) - 1):
        if forms[k] in _QUARTERS and forms[k + 1] in names:
            hidden[k] = "South"
        elif forms[k] in groups() and forms[k + 1] in _nouns():
            hidden[k] = _ADJECTIVE
    for k in range(1, len(forms)):
        if forms[k - 1] in _JOINED and forms[k] in groups():
            hidden[k] = forms[k]
    return hidden
