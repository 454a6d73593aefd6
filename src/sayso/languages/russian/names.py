"""Names in Cyrillic → in Latin letters, as the BGN/PCGN system of 1947 has it, without its marks, as the press writes them.

In: a name in the nominative. Out: ways to write it, the likeliest first. """

from __future__ import annotations

_LETTERS = dict(zip("абвгдежзийклмнопрстуфхцчшщъыьэюя", "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya".split(" "), strict=True))
_SOFT = frozenset("аеёиоуыэюяъь")


def latin(name: str) -> list[str]:
    """The ways in which a name may stand in Latin letters.

    >>> latin("Товуз"), latin("Сергей Лавров")[0], latin("Енакиево")[:2]
    (['Tovuz'], 'Sergey Lavrov', ['Yenakiyevo', 'Enakievo'])
    """
    strict = "".join(_letter(name, at, strict=True) for at in range(len(name)))
    plain = "".join(_letter(name, at, strict=False) for at in range(len(name)))
    return list(dict.fromkeys((strict, plain, plain.replace("iy", "y").replace("yy", "y"))))


def _letter(name: str, at: int, strict: bool) -> str:
    letter = name[at].lower()
    if letter == "ё":
        found = "yo"
    elif letter == "е" and strict and (at == 0 or name[at - 1].lower() in _SOFT or not name[at - 1].isalpha()):
        found = "ye"
    else:
        found = _LETTERS.get(letter, letter)
    return found.capitalize() if name[at].isupper() else found
