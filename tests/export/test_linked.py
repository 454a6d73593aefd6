"""Linked data, read back by rdflib without a network: annotations that find their words, and where each claim comes from."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import PROV, RDF

from sayso.export import linked
from sayso.model import digest
from sayso.record import Record
from tests.export.filling import readings

Written = Callable[..., Path]
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A context that would have to be fetched fails the test."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def _graph(path: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(path, format="json-ld")


def test_annotations_find_their_words(written: Written) -> None:
    """The position slices the text to the quote, and what stands around it is what stands there."""
    texts = {linked.report(digest(t)): t for t in (r.report.text.replace("\x00", "\ufffd") for r in readings())}
    texts["https://wire.example/baku?a=1&b=2"] = readings()[0].report.text
    items = json.loads(written("annotations", "x.jsonld").read_text())["items"]
    assert len(items) == 17
    for item in items:
        for target in item["target"]:
            quote, position = target["selector"]
            text = texts.get(target["source"]) or next(t for t in texts.values() if quote["exact"] in t)
            assert text[position["start"] : position["end"]] == quote["exact"]
            around = text[max(0, position["start"] - 32) : position["end"] + 32]
            assert quote.get("prefix", "") + quote["exact"] + quote.get("suffix", "") == around


def test_annotations_are_web_annotations(written: Written) -> None:
    """As triples: an annotation has a body and a target, a target a source and both selectors."""
    graph = _graph(written("annotations", "x.jsonld"))
    annotations = set(graph.subjects(RDF.type, OA.Annotation))
    assert len(annotations) == 17
    for one in annotations:
        (target,) = graph.objects(one, OA.hasTarget)
        assert {graph.value(s, RDF.type) for s in graph.objects(target, OA.hasSelector)} == {OA.TextQuoteSelector, OA.TextPositionSelector}
        assert graph.value(target, OA.hasSource)
        assert graph.value(graph.value(one, OA.hasBody), RDF.value)
    assert all(str(term).startswith(("http", "urn:")) for triple in graph for term in triple if isinstance(term, rdflib.URIRef))


def test_provenance_names_report_holder_and_change(filled: Record, written: Written) -> None:
    """A claim was quoted from its report, rests on its holder, and came in a change that somebody made at some time."""
    first = readings()[0].claims[0]
    filled.author = "Anna"
    filled.accept(first.id, "seen")
    graph = _graph(written("prov", "x.jsonld"))
    claim = rdflib.URIRef(linked.claim(first.id))
    assert graph.value(claim, PROV.wasQuotedFrom) == rdflib.URIRef(linked.report(readings()[0].report.digest))
    assert str(graph.value(graph.value(claim, PROV.hadPrimarySource), rdflib.RDFS.label)) == "Ministry of Defence of Azerbaijan"
    activities = set(graph.objects(claim, PROV.wasGeneratedBy))
    assert len(activities) == 2
    assert {str(graph.value(a, rdflib.URIRef(linked.VOCABULARY + "action"))) for a in activities} == {"add", "accept"}
    assert all(graph.value(a, PROV.endedAtTime).datatype == rdflib.XSD.dateTime for a in activities)
    authors = {str(graph.value(who, rdflib.RDFS.label)) for a in activities for who in graph.objects(a, PROV.wasAssociatedWith)}
    assert {"Anna", "tester"} <= authors
    assert set(graph.objects(claim, PROV.wasRevisionOf)) == {rdflib.URIRef(linked.version(first.id, 6))}


def test_provenance_tells_of_an_act_on_several_claims(filled: Record, written: Written) -> None:
    """It names none of them, and made each what it is."""
    ids = [claim.id for claim in readings()[0].claims[:2]]
    filled.author = "Anna"
    filled.review_many(ids, "accepted")
    graph = _graph(written("prov", "x.jsonld"))
    for key in ids:
        activities = set(graph.objects(rdflib.URIRef(linked.claim(key)), PROV.wasGeneratedBy))
        assert {str(graph.value(a, rdflib.URIRef(linked.VOCABULARY + "action"))) for a in activities} == {"add", "accept"}


@pytest.mark.parametrize(("url", "made"), [
    ("https://x.example/a b", "https://x.example/a%20b"), ("https://x.example/?q=ä", "https://x.example/?q=%C3%A4"), ("javascript:alert(1)", None),
    ("ftp://x.example", None), (None, None), ("https://x.example/<>\"", "https://x.example/%3C%3E%22"),
])  # fmt: skip
def test_an_address_is_a_name_only_where_it_may_be(url: str | None, made: str | None) -> None:
    """Of the web, and with nothing in it that a name may not have."""
    assert linked.address(url) == made
