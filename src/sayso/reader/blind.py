"""What the network is not told: which country a sentence speaks of.

In: the words of a sentence. Out: the words that the network reads in their stead: every one-word name of a country, of its capital and of its
people becomes one and the same, so that the tree, names and say-so of "Armenian troops fired" and "Azerbaijani troops fired" cannot differ. The
text itself stays as it is; who is meant, the resolver tells from the true words.
"""

from __future__ import annotations

from functools import lru_cache

from sayso.lexicon.tables import read_table

_STANDS_FOR = {"capital": "Rome", "name": "Italy", "aliases": "Italy", "adjectives": "Italian", "people": "Italian"}
"""By column of countries.tsv; a later one counts where a form stands in several."""
_QUARTERS = {"North", "South", "East", "West"}
"""What parts a country's name in two words from another's; all become one."""
_SHORTEST = 4
"""Letters; shorter forms are abbreviations or words of other senses."""


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for column, stand_in in _STANDS_FOR.items():
        for row in read_table("countries"):
            for form in row.listed(column):
                if form.isalpha() and len(form) >= _SHORTEST and form[0].isupper() and not form.isupper():
                    plural = column == "people" and form.endswith(("s", "men"))
                    word = stand_in + "s" if plural else stand_in
                    found[form], found[form.upper()] = word, word.upper()
    return found


def blinded(forms: list[str]) -> list[str]:
    """The words, with a stand-in for each name of a country, its capital and its people.

    >>> blinded(["Eritrean", "troops", "entered", "ETHIOPIA", "and", "North", "Korea"])
    ['Italian', 'troops', 'entered', 'ITALY', 'and', 'South', 'Italy']
    """
    names = _names()
    hidden = [names.get(form, form) for form in forms]
    for k in range(len(forms) - 1):
        if forms[k] in _QUARTERS and forms[k + 1] in names:
            hidden[k] = "South"
    return hidden
