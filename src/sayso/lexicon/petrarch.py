"""Dictionaries of PETRARCH → rows for the user's own word lists.

In: files of actors or of agents in the form that TABARI and PETRARCH read. Out: rows of `actors.tsv` and `agents.tsv`, and an account
of what was read, taken and left out. Names that the lexicon has already, or can put together from its words, are not taken. Countries
by themselves are not taken either, since these files put towns and provinces among a country's names. A defect costs its line, never
the file. Of a coding's blocks the country and the first that is a sector are kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from sayso.errors import BadOption
from sayso.lexicon import Lexicon, lexicon
from sayso.lexicon.adding import append
from sayso.lexicon.tables import BODIES, read_table
from sayso.model import Sector
from sayso.reader.lemmas import lemma
from sayso.reader.tokens import words

__all__ = ["Entity", "Kind", "Taken", "parse_actors", "parse_agents", "take"]


class Kind(StrEnum):
    """What a dictionary holds."""

    ACTORS = "actors"
    AGENTS = "agents"


class Coding(NamedTuple):
    """A code, and the first and last day on which it holds, as ISO dates; empty where there is no bound."""

    code: str
    first: str = ""
    last: str = ""


@dataclass
class Entity:
    """An entry: its names, the main one first, and its codings in the order of the file."""

    line: int
    names: list[str]
    codings: list[Coding] = field(default_factory=list)


@dataclass
class Taken:
    """What became of a file: how many entries were read, the rows that were made, why others were left out, and the file's defects as `line: what`."""

    file: str
    kind: Kind
    read: int = 0
    rows: list[dict[str, str]] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        left = "; ".join(f"{count:,} {why}" for why, count in self.skipped.most_common())
        return f"{self.file}: {self.read:,} {self.kind} read, {len(self.rows):,} entries taken" + (f"; left out: {left}" if left else "")


def take(files: Iterable[Path], kind: Kind | None = None) -> list[Taken]:
    """Puts the entries of dictionaries into the user's own word lists; without a kind the codes tell what a file holds.

    Nothing is written before every file was read.

    Raises:
        BadOption: a file cannot be read, or holds no entry at all.
        BadLexicon: the user's own files have faults.
    """
    taker = _Taker(lexicon())
    accounts = []
    for file in files:
        try:
            text = _decoded(file.read_bytes())
        except OSError as error:
            raise BadOption(f"{file}: cannot be read: {error.strerror}") from None
        found = Taken(str(file), kind or (Kind.AGENTS if re.search(r"\[\s*~|~\s*\]", text) else Kind.ACTORS))
        entities = list((parse_agents if found.kind is Kind.AGENTS else parse_actors)(text, found.warnings))
        if not any(entity.codings for entity in entities):
            raise BadOption(f"{file}: no entry of a name and a code in brackets, as PETRARCH's dictionaries have them")
        found.read = len(entities)
        for entity in entities:
            (taker.agent if found.kind is Kind.AGENTS else taker.actor)(entity, found)
        accounts.append(found)
    for table in Kind:
        if rows := [row for found in accounts if found.kind is table for row in found.rows]:
            append(table.value, rows)
    return accounts


def _decoded(content: bytes) -> str:
    """UTF-8, and a line that is none as Latin-1."""

    def line(given: bytes) -> str:
        try:
            return given.decode()
        except UnicodeDecodeError:
            return given.decode("latin-1")

    return "\n".join(map(line, content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").split(b"\n")))


# the form of the files

_CODING = re.compile(r"\[([^\[\]]*)\]?")
_CODE = re.compile(r"\s*(~?[A-Za-z][A-Za-z0-9]{2,}~?|---)(?:\s(.*))?", re.S)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines that say something, with their numbers: comments are blanked out."""
    text = re.sub(r"<!--.*?(?:-->|\Z)", lambda m: "\n" * m.group().count("\n"), text, flags=re.S)
    for number, line in enumerate(text.split("\n"), 1):
        line = re.split("[#;]", line, maxsplit=1)[0].rstrip()
        if line and not line.lstrip().startswith("<!"):
            yield number, line


def parse_actors(text: str, warnings: list[str]) -> Iterator[Entity]:
    """The entries of a file of actors; its defects are put into `warnings`.

    >>> next(parse_actors("NORTHERN_DAWN_ [MLIREB >120115]\\n+NDF_\\n", []))
    Entity(line=1, names=['NORTHERN DAWN', 'NDF'], codings=[Coding(code='MLIREB', first='2012-01-15', last='')])
    """
    entity = None
    for number, line in _lines(text):
        phrase, bracket, rest = line.partition("[")
        name = _plain(phrase.lstrip("+"))
        sound = any(c.isalnum() for c in name) and name.isprintable() and "|" not in name
        if line[0].isspace() and name:
            warnings.append(f"{number}: {name!r} stands where only a code may")
            continue
        if name and not sound:
            warnings.append(f"{number}: {name!r} is no name")
            continue
        if name and line[0] != "+":
            if entity is not None:
                yield entity
            entity = Entity(number, [name])
        elif entity is None:
            warnings.append(f"{number}: belongs to no name")
            continue
        elif name and name not in entity.names:
            entity.names.append(name)
        entity.codings += _codings(number, bracket + rest, warnings)
    if entity is not None:
        yield entity


def parse_agents(text: str, warnings: list[str]) -> Iterator[Entity]:
    """The entries of a file of agents, substitution sets filled in; a plural is a name only where it is irregular.

    >>> [e.names for e in parse_agents("!WHO! = MAN, WOMAN\\nTRIBES!WHO! [~CVL]\\nMUJAHID {MUJAHIDEEN} [~REB]", [])]
    [['TRIBESMAN', 'TRIBESWOMAN'], ['MUJAHID', 'MUJAHIDEEN']]
    """
    sets: dict[str, list[str]] = {}
    for number, line in _lines(text):
        if defined := re.fullmatch(r"\s*!(\w+)!\s*=\s*(.*)", line):
            sets[defined[1]] = [_plain(member) for member in defined[2].split(",") if member.strip()]
            continue
        phrase, bracket, rest = line.partition("[")
        plural = re.search(r"\{([^{}]*)\}", phrase)
        names = [_plain(name) for name in _filled(re.sub(r"\{.*", "", phrase), sets)]
        if plural and _plain(plural[1]):
            names.append(_plain(plural[1]))
        if any("!" in name for name in names):
            warnings.append(f"{number}: a substitution that is not defined")
        elif not all(name.isprintable() and any(c.isalpha() for c in name) for name in names):
            warnings.append(f"{number}: {' '.join(names)!r} is no word")
        else:
            yield Entity(number, names, list(_codings(number, bracket + rest, warnings)))


def _filled(phrase: str, sets: dict[str, list[str]]) -> list[str]:
    """A phrase with each member of its substitution set; a marker amid a word was replaced by mistake, and is a part of the word."""
    phrase = re.sub(r"(?<=\w)!(\w+)!(?=[^\W_])", r"\1", phrase)
    marker = re.search(r"!(\w+)!", phrase)
    if marker is None or marker[1] not in sets:
        return [phrase]
    return [phrase[: marker.start()] + member + phrase[marker.end() :] for member in sets[marker[1]]]


def _plain(phrase: str) -> str:
    return " ".join(phrase.replace("_", " ").split())


def _codings(number: int, text: str, warnings: list[str]) -> Iterator[Coding]:
    for body in _CODING.findall(text):
        found = _CODE.fullmatch(body)
        if found is None:
            warnings.append(f"{number}: [{body}] is no code")
            continue
        when = "".join((found[2] or "").split())
        bounds = _bounds(when)
        if bounds is None:
            warnings.append(f"{number}: {when!r} is no date or time between two dates")
        else:
            yield Coding(found[1].upper(), *bounds)


def _bounds(when: str) -> tuple[str, str] | None:
    """The first and the last day, both taken in, of `<DATE`, `>DATE` or `DATE-DATE`; None for what is none of them."""
    if not when:
        return "", ""
    told = re.fullmatch(r"([<>]?)(\d+)(?:-(\d+))?", when)
    if told is None or bool(told[1]) == bool(told[3]):
        return None
    first, until = (None, _day(told[2])) if told[1] == "<" else (_day(told[2]), _day(told[3]) if told[3] else None)
    if (first is None and told[1] != "<") or (until is None and told[1] != ">") or (first and until and until <= first):
        return None
    return first.isoformat() if first else "", (until - timedelta(days=1)).isoformat() if until else ""


def _day(digits: str) -> date | None:
    """A day as YYYYMMDD or YYMMDD, where YY to 30 is of this century."""
    if len(digits) == 6:
        digits = ("20" if digits[:2] <= "30" else "19") + digits
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])) if len(digits) == 8 else None
    except ValueError:
        return None


# entries → rows

KNOWN = "whose names are known already"
MADE_UP = "made up of words that are known already"
REPEATED = "that repeat another"
PLAIN_COUNTRY = "that are coded as a country alone"
UNCODED = "without a code that can be used"


class _Taker:
    """Makes rows of entries, by what the lexicon has and what was taken before."""

    def __init__(self, words_: Lexicon) -> None:
        self.lexicon = words_
        self.places = {_tokens(form) for row in read_table("places") for form in (row["name"], *row.listed("aliases"))}
        self.codes = {row["block"]: row for row in read_table("codes")}
        self.ids = {row["id"] for row in read_table("actors")}
        self.forms = {row["form"] for row in read_table("agents")}
        self.taken: set[tuple[tuple[str, ...], object]] = set()
        self.taken_agents: set[tuple[str, ...]] = set()
        self.kinds = _commonest((_whose(row["country"]), row["sector"], row["kind"]) for row in read_table("actors"))
        self.agent_kinds = _commonest(("", row["sector"], row["kind"]) for row in read_table("agents") if row["kind"] != "rank")

    def actor(self, entity: Entity, found: Taken) -> None:
        names = list(dict.fromkeys(form for name in entity.names for form in _written(name)))
        if self._known(_tokens(names[0])):
            found.skipped[KNOWN] += 1
            return
        spans = self._spans(entity.codings)
        if not spans:
            alone = any(self._country(coding.code) and coding.code != "---" for coding in entity.codings)
            found.skipped[PLAIN_COUNTRY if alone else UNCODED] += 1
            return
        if self._made_up(_tokens(names[0])):
            found.skipped[MADE_UP] += 1
            return
        kept = []
        for name in names:
            tokens = _tokens(name)
            if not self._known(tokens) and not self._made_up(tokens) and (tokens, tuple(spans)) not in self.taken:
                self.taken.add((tokens, tuple(spans)))
                kept.append(name)
        if not kept:
            found.skipped[REPEATED] += 1
            return
        stem = "petrarch-" + (_slug(kept[0]) or f"line-{entity.line}")
        for (country, sector), first, last in spans:
            kind = self.kinds.get((_whose(country), sector), "organisation")
            found.rows.append({"id": self._new_id(stem), "name": kept[0], "aliases": "|".join(kept[1:]), "country": country, "sector": sector,
                               "qualifiers": "", "kind": kind, "from": first, "to": last})  # fmt: skip

    def agent(self, entity: Entity, found: Taken) -> None:
        sectors = [sector for coding in entity.codings if coding.code.startswith("~") for sector in self._roles(coding.code.strip("~"))]
        if not sectors:
            found.skipped[UNCODED] += 1
            return
        for form in dict.fromkeys(name.lower() for name in entity.names):
            tokens = _tokens(form)
            if form in self.forms or self._known(tokens):
                found.skipped[KNOWN] += 1
            elif self._made_up(tokens):
                found.skipped[MADE_UP] += 1
            elif tokens in self.taken_agents:
                found.skipped[REPEATED] += 1
            else:
                self.taken_agents.add(tokens)
                kind = self.agent_kinds.get(("", sectors[0]), "person")
                found.rows.append({"form": form, "sector": sectors[0], "kind": kind, "example": f"Imported from {Path(found.file).name}: {form}."})

    def _spans(self, codings: list[Coding]) -> list[tuple[tuple[str, str], str, str]]:
        """Who the entity is when: those with dates first, as the lexicon has them; times of one reading that touch are one."""
        read = [(self._read(c.code), c.first, c.last) for c in codings]
        dated = [span for span in read if span[1] or span[2]]
        joined = []
        for who, spans in groupby(dated, key=lambda span: span[0]):
            first, last = "", ""
            for n, (_, begins, ends) in enumerate(spans):
                if n and last and begins and date.fromisoformat(begins) == date.fromisoformat(last) + timedelta(days=1):
                    last = ends
                    continue
                if n:
                    joined.append((who, first, last))
                first, last = begins, ends
            joined.append((who, first, last))
        plain = [span for span in read if not span[1] and not span[2]][:1]
        return [(who, first, last) for who, first, last in (*joined, *plain) if who is not None]

    def _read(self, code: str) -> tuple[str, str] | None:
        """Country and sector of a code; None where it names no known country or body, or a country and nobody in it."""
        country = self._country(code)
        if country is None:
            return None
        own = self.codes.get(code[:3])
        roles = self._roles(code[3:])
        if country not in BODIES:
            return (country, roles[0]) if roles else None
        told = next((sector for sector in roles if (country, sector) in self.kinds), None)
        return country, told or (own["sector"] if own is not None else "")

    def _country(self, code: str) -> str | None:
        if code.startswith("~") or code == "---":
            return None
        row = self.codes.get(code[:3])
        country = row["country"] if row is not None and row["country"] else code[:3] if code[:3] in self.lexicon.countries else None
        if country == "IGO":  # whose organisation it is, stands behind
            blocks = [self.codes[code[i : i + 3]]["country"] for i in range(3, len(code), 3) if code[i : i + 3] in self.codes]
            return next((block for block in blocks if block in BODIES), country)
        return country

    def _roles(self, blocks: str) -> list[str]:
        """The sectors that the blocks of a code name, in order."""
        found, i = [], 0
        while i < len(blocks):
            block = next((blocks[i : i + size] for size in (6, 3) if blocks[i : i + size] in self.codes), blocks[i : i + 3])
            row = self.codes.get(block)
            if row is None and block in Sector.__members__:
                found.append(block)
            elif row is not None and row["sector"] and not row["country"]:
                found.append(row["sector"])
            i += len(block)
        return found

    def _known(self, tokens: tuple[str, ...]) -> bool:
        bare = tokens[1:] if tokens[:1] == ("the",) else tokens
        return any(not form or self._names_at(form, 0)[0] == len(form) or form in self.places for form in {tokens, bare})

    def _made_up(self, tokens: tuple[str, ...]) -> bool:
        """Whether names of the lexicon, one behind the other, make up the whole: "Kenyan police", "minister of defence of Peru".

        The reading understands them by their parts, and better: it knows who holds an office, and whose a police is. Words of up to
        three letters between them are taken for prepositions and articles.
        """
        reached, size = {0}, len(tokens)
        for i in range(size):
            if i in reached:
                reached |= {j for j in range(i + 1, size + 1) if self._names_at(tokens[i:j], 0)[0] == j - i}
                if 0 < i < size - 1 and len(tokens[i]) <= 3:
                    reached.add(i + 1)
        return size in reached

    def _names_at(self, tokens: tuple[str, ...], i: int) -> tuple[int, object]:
        return self.lexicon.names_at(i, len(tokens), tokens.__getitem__, lambda k: lemma(tokens[k], "NOUN"))

    def _new_id(self, stem: str) -> str:
        name, n = stem, 1
        while name in self.ids:
            n += 1
            name = f"{stem}-{n}"
        self.ids.add(name)
        return name


def _whose(country: str) -> str:
    """The body that an actor belongs to; one word for all states."""
    return country if country in BODIES else "state"


def _commonest(told: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str], str]:
    """By body and sector the kind that most entries have."""
    counted: dict[tuple[str, str], Counter[str]] = {}
    for whose, sector, kind in told:
        counted.setdefault((whose, sector), Counter())[kind] += 1
    return {key: min(kinds, key=lambda kind: (-kinds[kind], kind)) for key, kinds in counted.items()}


def _tokens(form: str) -> tuple[str, ...]:
    return tuple(word.form.lower() for word in words(form + " "))


def _written(name: str) -> list[str]:
    """A name as texts have it, and the abbreviation that stands behind it in brackets.

    >>> _written("FRONT FOR O'HARA-LAND (FOL)"), _written("NDF"), _written("DIRECT ACTION (NORTH)")
    (["Front For O'Hara-Land", 'FOL'], ['NDF'], ['Direct Action'])
    """
    bare = re.sub(r"\s*\([^()]*\)?", " ", name).strip()
    short = re.search(r"\(([^\W\d_]{2,7})\)$", name)
    if not any(c.isalnum() for c in bare):
        bare = name.strip("() ")
    forms = [" ".join(_title(word) if word.isupper() or word.islower() else word for word in bare.split())]
    initials = "".join(word[0] for word in bare.replace("-", " ").split() if word[0].isalpha()).upper()
    if short and short[1][:1].upper() == initials[:1]:
        forms.append(short[1].upper())
    return forms


def _title(word: str) -> str:
    """A word with a capital, and behind a hyphen too; an abbreviation, which has full stops or no vowel, stays in capitals.

    >>> [_title(word) for word in ("CHILDREN'S", "AL-NOUR", "O'HARA", "U.N.", "NDF", "dawn")]
    ["Children's", 'Al-Nour', "O'Hara", 'U.N.', 'NDF', 'Dawn']
    """
    if "." in word or (len(word) > 2 and word.isascii() and word.isalpha() and not set(word.lower()) & set("aeiouy")):
        return word.upper()
    return re.sub(r"(?<![^\W_])([^\W\d_])([’'](?=\w{2}))?([^\W\d_])?([\w’']*)", _capitals, word.lower())


def _capitals(match: re.Match[str]) -> str:
    first, mark, following, rest = match[1].upper(), match[2] or "", match[3] or "", match[4]
    return first + mark + (following.upper() if mark else following) + rest


def _slug(name: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", unicodedata.normalize("NFKD", name.replace("'", "").replace("’", "")).encode("ascii", "ignore").decode().lower()))
