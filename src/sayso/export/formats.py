"""The formats of exports: what each is called, which module writes it, and what it can be told.

In: nothing. Out: `FORMATS`. A format's function takes a `Job` and writes; nothing here does. The command line imports it to name the formats, so it imports no
other room.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sayso.model import Struct

if TYPE_CHECKING:
    import sqlalchemy as sa

    from sayso.export.writing import Outputs
    from sayso.record.filters import Filter


class Options(Struct, frozen=True, kw_only=True):
    """What only some formats know."""

    table: str = "claims"
    """csv, parquet: which of `tables.TABLES`."""
    wide: bool = False
    """csv, parquet, of claims: one row a claim, with lists in cells; else one row a claim and party."""
    bom: bool = False
    """csv and all that is CSV: a byte order mark in front, without which Excel on Windows takes UTF-8 for another encoding."""
    since_version: int = 0
    """changes: the version (the number of the last change) that the reader has."""


class Job(NamedTuple):
    """One export on its way."""

    connection: sa.Connection
    asked: Filter
    options: Options
    out: Outputs
    path: Path


class Format(Struct, frozen=True, kw_only=True):
    """A format of exports."""

    name: str
    module: str
    about: str
    function: str = "write"
    suffix: str = ""
    """How its file's name usually ends; empty for a folder."""
    extra: str = ""
    """The extra of the package that it needs."""


FORMATS: dict[str, Format] = {
    f.name: f for f in (
        Format(name="csv", module="spreadsheets", suffix=".csv", about="A table for spreadsheets and statistics, with a codebook beside it."),
        Format(name="parquet", module="parquet", suffix=".parquet", extra="parquet", about="The same table, typed, for pandas, Arrow, DuckDB."),
        Format(name="xlsx", module="excel", suffix=".xlsx", extra="xlsx", about="A workbook: claims, incidents, accounts, casualties, reports, codebook."),
        Format(name="datapackage", module="package", about="A folder of all tables with a Frictionless description, a manifest and a citation."),
        Format(name="geojson", module="geojson", suffix=".geojson", about="Incidents on the map, each as the area in which it may have been."),
        Format(name="gpkg", module="geopackage", suffix=".gpkg", about="The same as a GeoPackage, for QGIS and other GIS."),
        Format(name="jsonl", module="lines", suffix=".jsonl", about="Reports with their claims, reviews, decisions and grades: all that a record takes back."),
        Format(name="annotation", module="annotated", suffix=".jsonl", about="What reviewers accepted, corrected, added, as sayso score reads it."),
        Format(name="plover", module="plover", suffix=".jsonl", about="Events as PLOVER names them, with the chain of speakers as a field of our own."),
        Format(name="polecat", module="polecat", suffix=".tsv", about="Events in the columns of POLECAT."),
        Format(name="acled", module="acled", suffix=".csv", about="Incidents in the columns of ACLED, in words of our own."),
        Format(name="ged", module="ged", suffix=".csv", about="Incidents with a reported death in the columns of UCDP GED."),
        Format(name="eventreport", module="reports", suffix=".csv", about="Accounts as event reports, one event as told by one source a row."),
        Format(name="ceasefires", module="diplomacy", function="ceasefires", suffix=".csv", about="Ceasefires agreed, declared, observed, by holder."),
        Format(name="contacts", module="diplomacy", function="contacts", suffix=".csv", about="Who met, called or agreed to meet whom, as each holder tells."),
        Format(name="annotations", module="annotations", suffix=".jsonld", about="The words behind each claim as W3C Web Annotations."),
        Format(name="prov", module="provenance", suffix=".jsonld", about="Where each claim comes from and who touched it, as PROV-O."),
        Format(name="gexf", module="network", function="gexf", suffix=".gexf", about="Who accuses, acts upon and disputes whom, for Gephi."),
        Format(name="network", module="network", function="tables", suffix=".csv", about="The same as a table of edges and one of nodes."),
        Format(name="changes", module="changed", suffix=".jsonl", about="What is new, changed or deleted since a version; CSV where the name ends so."),
    )
}  # fmt: skip
"""The formats by name."""
