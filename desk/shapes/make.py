"""Natural Earth → the shapes of the desk's map: `python desk/shapes/make.py --atlas FILE --natural-earth DIR`.

In: `countries-50m.json` of the npm package world-atlas, a folder with Natural Earth's 1:10m boundary lines and first-level divisions, and `disputes.tsv`,
which is ours. Out, under src/sayso/desk/static/shapes/, TopoJSON: `countries.json` (shapes with sayso's codes), `borders.json` (what runs between them, each
line by what it is, and by what it is to a party that sees it otherwise) and `disputed.json` (names, who holds, who claims). Same input, same bytes.

Lines follow the countries' own edges, so that the two never part; the 1:10m lines only say of which class a stretch is. Where the folder also has Natural
Earth's disputed areas and their boundary lines, these are drawn as it has them, and where its boundary lines have FCLASS columns (edition 5 and later), a
party's view is Natural Earth's. Without them it follows from `disputes.tsv`: to whom claims an area no line divides him from it; to whom holds it or
recognises it, the line is a border like any other.

What it will not do: judge. A class is Natural Earth's de facto one, with the exceptions in OWN_CLASSES.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pycountry
import shapefile
from shapely import STRtree
from shapely.geometry import MultiPolygon, Point, Polygon, shape
from shapely.ops import polylabel

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
OUT = ROOT / "src/sayso/desk/static/shapes"
STEP = 0.01
"""Degrees: coordinates are whole numbers of it, about a kilometre. The source is drawn for 1:50 million, where that is 0.02 mm."""
NEAR = 0.2
"""Degrees between a stretch of an edge and a 1:10m line that speaks of it: the two scales part by as much along rivers."""
RUN = 3
"""Fewer segments than this of another class between two of the same are noise of the two scales."""
DETAIL = 0.02
"""Degrees: what is taken from the 1:10m layers is simplified to it."""

CLASSES = {
    "International boundary": "international",
    "Disputed": "disputed",
    "Line of control": "control",
    "Indefinite": "indefinite",
    "Indeterminant frontier": "indefinite",
    "Elusive frontier": "indefinite",
    "Breakaway": "breakaway",
    "Claim boundary": "claim",
    "Unrecognized": "none",
    "Admin-1": "none",
    "Map unit": "none",
}
"""Natural Earth's words by how they begin. Others (lease and overlay limits, reference lines) are no borders of shapes and are left out."""
OWN_CLASSES = {"crimea": "disputed", "abkhazia": "breakaway", "western-sahara": "control"}
"""By disputes.tsv's key: where the edges are of a later edition than the lines, or a line is none of admin 0, the class is ours."""
CODES = {"PSX": "PSE", "SDS": "SSD", "KOS": "XKX", "SAH": "ESH", "SOL": "Somaliland", "CYN": "N. Cyprus", "KAS": "Siachen Glacier", "ALD": "ALA"}
"""Natural Earth's own codes in those of the lexicon, or the shape's name where it has none."""
WITHOUT_CODE = {"Somaliland": "SOM", "N. Cyprus": "CYP", "Siachen Glacier": "", "Indian Ocean Ter.": "AUS", "Kosovo": "XKX", "Ashmore and Cartier Is.": "AUS"}
"""Shapes that the atlas gives no number, or that of another shape: the code under which the lexicon puts what lies there."""
Line = list[tuple[float, float]]


@dataclass
class Border:
    """A stretch of one class. `views` has the class for a party that sees it otherwise; none is no line at all."""

    line: Line
    kind: str
    left: str = ""
    right: str = ""
    name: str = ""
    dispute: str = ""
    views: dict[str, str] = field(default_factory=dict)


@dataclass
class Dispute:
    key: str
    names: list[tuple[str, str]]
    held_by: list[str]
    claimed_by: list[str]
    recognised_by: list[str]
    at: tuple[float, float]
    lines: list[str]
    views: dict[str, str] | None


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Of a table with tabs, comments left out."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    header = lines[0].split("\t")
    for line in lines[1:]:
        yield dict(zip(header, line.split("\t") + [""] * len(header), strict=False))


def disputes() -> list[Dispute]:
    found = []
    for row in rows(HERE / "disputes.tsv"):
        names = [(code, name) if equals else ("", code) for code, equals, name in (n.partition("=") for n in row["names"].split("|"))]
        held, claimed, recognised, lines = ([x for x in row[c].split("|") if x] for c in ("held_by", "claimed_by", "recognised_by", "lines"))
        views = dict(v.split("=") for v in row["views"].split("|") if "=" in v) if row["views"] else None
        found.append(Dispute(row["key"], names, held, claimed, recognised, (float(row["lon"]), float(row["lat"])), lines, views))
    return found


def layer(folder: Path, name: str) -> list[tuple[dict[str, Any], Any]]:
    """Properties, their names in capitals, and geometry of a layer: a .geojson or a .shp; nothing where the folder has neither."""
    if (folder / f"{name}.geojson").exists():
        features = json.loads((folder / f"{name}.geojson").read_text(encoding="utf-8"))["features"]
        return [({k.upper(): v for k, v in f["properties"].items()}, shape(f["geometry"])) for f in features]
    if (folder / f"{name}.shp").exists():
        with shapefile.Reader(str(folder / name), encoding="utf-8", encodingErrors="replace") as reader:
            every = range(len(reader))  # each by the index: a copy of the file in circulation has gaps, over which a walk through it stumbles
            return [({k.upper(): v for k, v in reader.record(n).as_dict().items()}, shape(reader.shape(n).__geo_interface__)) for n in every]
    return []


def kind_of(words: str | None) -> str:
    """The class that Natural Earth's words name; empty where it is no border."""
    return next((kind for begin, kind in CLASSES.items() if (words or "").startswith(begin)), "")


def parts(geometry: Any) -> Iterable[Any]:
    return geometry.geoms if hasattr(geometry, "geoms") else [geometry]


class Atlas:
    """The countries of world-atlas: arcs in degrees, and which shape has which arc."""

    def __init__(self, path: Path) -> None:
        topology = json.loads(path.read_text(encoding="utf-8"))
        (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
        self.arcs: list[Line] = []
        for deltas in topology["arcs"]:
            x = y = 0
            line = []
            for dx, dy in deltas:
                x, y = x + dx, y + dy
                line.append((x * sx + tx, y * sy + ty))
            self.arcs.append(line)
        self.shapes = topology["objects"]["countries"]["geometries"]
        names = {row["code"]: row["name"] for row in reversed(list(rows(ROOT / "src/sayso/lexicon/data/countries.tsv")))}
        for one in self.shapes:
            told = one["properties"]["name"]
            number = pycountry.countries.get(numeric=one["id"]) if "id" in one and told not in WITHOUT_CODE else None
            code = number.alpha_3 if number else WITHOUT_CODE[told]
            own = bool(number) or code == "XKX"
            one["key"] = code if own else told
            one["properties"] = {"code": code, "name": names[code] if own else told, "at": self.label(one)}
            one.pop("id", None)

    def polygons(self, one: dict[str, Any]) -> list[list[list[int]]]:
        return [one["arcs"]] if one["type"] == "Polygon" else one["arcs"]

    def ring(self, arcs: list[int]) -> Line:
        line: Line = []
        for n in arcs:
            arc = self.arcs[n] if n >= 0 else self.arcs[~n][::-1]
            line += arc[1 if line else 0:]
        return line

    def label(self, one: dict[str, Any]) -> list[float]:
        """Where the name stands: the middle of the widest place in its largest part."""
        largest = max((Polygon(self.ring(p[0]), [self.ring(hole) for hole in p[1:]]) for p in self.polygons(one)), key=lambda p: p.area)
        middle = polylabel(largest, 0.05) if largest.is_valid else largest.representative_point()
        return [round(middle.x, 2), round(middle.y, 2)]

    def edges(self) -> Iterator[tuple[str, str, Line]]:
        """What two shapes share, in the atlas's order."""
        owners: dict[int, list[str]] = defaultdict(list)
        for one in self.shapes:
            for n in {n if n >= 0 else ~n for p in self.polygons(one) for ring in p for n in ring}:
                owners[n].append(one["key"])
        for n in sorted(owners):
            if len(owners[n]) == 2:
                left, right = sorted(owners[n])
                yield left, right, self.arcs[n]


def runs(kinds: list[int]) -> list[tuple[int, int, int]]:
    """(first, last, what) of each stretch, last exclusive; stretches shorter than RUN between two of the same go with them."""
    found: list[list[int]] = []
    for n, kind in enumerate(kinds):
        if found and found[-1][2] == kind:
            found[-1][1] = n + 1
        else:
            found.append([n, n + 1, kind])
    merged: list[list[int]] = []
    for n, (first, last, kind) in enumerate(found):
        short = last - first < RUN and 0 < n < len(found) - 1 and found[n - 1][2] == found[n + 1][2]
        if merged and (short or merged[-1][2] == kind):
            merged[-1][1] = last
        else:
            merged.append([first, last, kind])
    return [(a, b, c) for a, b, c in merged]


def borders(atlas: Atlas, folder: Path, known: list[Dispute]) -> list[Border]:
    land = layer(folder, "ne_10m_admin_0_boundary_lines_land")
    told: list[tuple[Any, set[str], dict[str, Any]]] = []
    for record, line in land:
        if kind_of(record["FEATURECLA"]) not in ("", "international") or any(v for k, v in record.items() if k.startswith("FCLASS_")):
            told.append((line, {CODES.get(record[k], record[k]) for k in ("ADM0_A3_L", "ADM0_A3_R")}, record))
    tree = STRtree([line for line, _, _ in told])
    keys = {one["key"] for one in atlas.shapes}
    found: list[Border] = []
    for left, right, line in atlas.edges():
        which = []
        for a, b in pairwise(line):
            middle = Point((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
            near = sorted((told[n][0].distance(middle), n) for n in tree.query(middle, predicate="dwithin", distance=NEAR))
            which.append(next((n for _, n in near if told[n][1] == {left, right} or not told[n][1] <= keys), -1))
        for first, last, n in runs(which):
            border = Border(line[first : last + 1], "international", left, right)
            if n >= 0:
                record = told[n][2]
                border.kind, border.name = kind_of(record["FEATURECLA"]) or "international", (record.get("NAME") or "").strip()
                border.views = {to: kind for to, kind in views_of(record).items() if kind != border.kind}
            found.append(border)
    for one in known:
        explain(one, found)
    found += divisions(folder, known)
    for record, line in layer(folder, "ne_10m_admin_0_boundary_lines_disputed_areas"):
        if kind := kind_of(record["FEATURECLA"]):
            sides = [CODES.get(record[k], record[k]) or "" for k in ("ADM0_A3_L", "ADM0_A3_R")]
            found += [Border(list(part.simplify(DETAIL).coords), kind, *sides, (record.get("NAME") or "").strip()) for part in parts(line)]
    return [b for b in found if len(b.line) > 1]


def views_of(record: dict[str, Any]) -> dict[str, str]:
    """Natural Earth's viewpoints of a line, by lexicon code; none before its edition 5."""
    found = {}
    for column, words in record.items():
        country = pycountry.countries.get(alpha_2=column.removeprefix("FCLASS_")) if column.startswith("FCLASS_") else None
        if country and words and (kind := kind_of(words)):
            found[country.alpha_3] = kind
    return found


def explain(dispute: Dispute, found: list[Border]) -> None:
    """Mark the stretches of edges that a dispute is about; cut those of which only a part is in its frame."""
    for told in dispute.lines:
        pair, _, frame = told.partition("@")
        if pair.startswith("admin1:"):
            continue
        west, south, east, north = map(float, frame.split(",")) if frame else (-180.0, -90.0, 180.0, 90.0)
        for border in list(found):
            if f"{border.left}-{border.right}" != pair and f"{border.right}-{border.left}" != pair:
                continue
            middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in pairwise(border.line)]
            inside = [int(west <= x <= east and south <= y <= north) for x, y in middles]
            if not any(inside):
                continue
            at = found.index(border)
            cut = [replace(border, line=border.line[a : b + 1], views=dict(border.views)) for a, b, _ in runs(inside)]
            for part, (_, _, within) in zip(cut, runs(inside), strict=True):
                if within and not part.dispute:
                    mark(part, dispute)
            found[at : at + 1] = cut


def mark(border: Border, dispute: Dispute) -> None:
    border.kind = OWN_CLASSES.get(dispute.key, border.kind)
    if border.kind == "international":
        return
    border.dispute = dispute.key
    if border.views:  # Natural Earth's own
        return
    if dispute.views is not None:
        border.views = dict(dispute.views)
        return
    for code in [*dispute.held_by, *dispute.recognised_by]:
        border.views[code] = "international"
    for code in dispute.claimed_by:
        border.views[code] = "none"
    border.views.pop("own", None)


def divisions(folder: Path, known: list[Dispute]) -> list[Border]:
    """Lines between first-level divisions that a dispute names."""
    found = []
    for dispute in known:
        for word in [line.removeprefix("admin1:") for line in dispute.lines if line.startswith("admin1:")]:
            for record, line in layer(folder, "ne_10m_admin_1_states_provinces_lines"):
                if word in (record["NAME"] or ""):
                    for part in parts(line):
                        border = Border(list(part.simplify(DETAIL).coords), "breakaway", record["ADM0_A3"], record["ADM0_A3"], word)
                        mark(border, dispute)
                        found.append(border)
    return found


def topology(name: str, geometries: list[dict[str, Any]], arcs: list[Line]) -> dict[str, Any]:
    """TopoJSON with arcs of whole steps, each from the one before."""
    written = []
    for arc in arcs:
        deltas, before = [], (0, 0)
        for x, y in arc:
            here = (round((x + 180) / STEP), round((y + 90) / STEP))
            if not deltas or here != before:
                deltas.append([here[0] - before[0], here[1] - before[1]])
            before = here
        written.append(deltas if len(deltas) > 1 else [*deltas, [0, 0]])
    objects = {name: {"type": "GeometryCollection", "geometries": geometries}}
    return {"type": "Topology", "transform": {"scale": [STEP, STEP], "translate": [-180, -90]}, "objects": objects, "arcs": written}


def write(path: Path, value: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{path.name}: {path.stat().st_size:,} bytes")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--atlas", type=Path, required=True, help="countries-50m.json of the npm package world-atlas 2.0.2")
    parser.add_argument("--natural-earth", type=Path, required=True, help="folder with Natural Earth's 1:10m layers, .shp or .geojson")
    parser.add_argument("--out", type=Path, default=OUT, help="folder to write to")
    asked = parser.parse_args()
    atlas, known = Atlas(asked.atlas), disputes()
    kept = [{k: one[k] for k in ("type", "arcs", "properties")} for one in atlas.shapes]
    write(asked.out / "countries.json", topology("countries", kept, atlas.arcs))
    found = borders(atlas, asked.natural_earth, known)
    lines = []
    for n, border in enumerate(found):
        told: dict[str, Any] = {"class": border.kind, "between": [border.left, border.right], "name": border.name, "dispute": border.dispute}
        told["views"] = dict(sorted(border.views.items()))
        lines.append({"type": "LineString", "arcs": [n], "properties": {k: v for k, v in told.items() if v}})
    write(asked.out / "borders.json", topology("borders", lines, [b.line for b in found]))
    write(asked.out / "disputed.json", disputed(asked.natural_earth, known))


def disputed(folder: Path, known: list[Dispute]) -> dict[str, Any]:
    """What disputes.tsv tells, each at the point where its name is written, and the areas that Natural Earth has."""
    geometries: list[dict[str, Any]] = []
    arcs: list[Line] = []
    for one in known:
        names = {code or "": name for code, name in reversed(one.names)}
        told = {"key": one.key, "name": one.names[0][1], "names": {k: v for k, v in names.items() if k}}
        told |= {"held_by": one.held_by, "claimed_by": one.claimed_by, "recognised_by": one.recognised_by}
        at = [round((one.at[0] + 180) / STEP), round((one.at[1] + 90) / STEP)]
        geometries.append({"type": "Point", "coordinates": at, "properties": {k: v for k, v in told.items() if v}})
    for record, area in layer(folder, "ne_10m_admin_0_disputed_areas"):
        rings = []
        for part in parts(area.simplify(DETAIL)):
            if isinstance(area, (Polygon, MultiPolygon)) and len(part.exterior.coords) > 3:
                arcs.append(list(part.exterior.coords))
                rings.append([[len(arcs) - 1]])
        if rings:
            holder = CODES.get(record["ADM0_A3"], record["ADM0_A3"])
            told = {"name": record["BRK_NAME"] or record["NAME"], "held_by": [holder], "note": record["NOTE_BRK"] or ""}
            geometries.append({"type": "MultiPolygon", "arcs": rings, "properties": {k: v for k, v in told.items() if v}})
    return topology("disputed", geometries, arcs)


if __name__ == "__main__":
    main()
