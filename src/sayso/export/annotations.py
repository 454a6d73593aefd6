"""The words behind each claim → W3C Web Annotations as JSON-LD: a quote with what stands around it, and its offsets.

In: a job. Out: one AnnotationPage with an annotation for each claim. The position is exact in the report's text as the record has it (code points, end
exclusive); the quote finds the words again where the page has changed. The context stands in the file: it is the part of the W3C's that is used, word for
word in meaning.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sayso.export import linked
from sayso.export.asking import Claimed, claimed
from sayso.export.formats import Job
from sayso.export.telling import stated
from sayso.model import Span

AROUND = 32
"""Characters of the text before and behind the quote."""
_OA, _AS, _DC, _RDF, _XSD = (
    "http://www.w3.org/ns/oa#", "https://www.w3.org/ns/activitystreams#", "http://purl.org/dc/terms/", "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/2001/XMLSchema#",
)  # fmt: skip
CONTEXT: dict[str, Any] = {
    "oa": _OA, "as": _AS, "dcterms": _DC, "rdf": _RDF, "xsd": _XSD, "sayso": linked.VOCABULARY, "id": "@id", "type": "@type",
    "Annotation": "oa:Annotation", "AnnotationPage": "as:OrderedCollectionPage", "TextualBody": "oa:TextualBody", "SpecificResource": "oa:SpecificResource",
    "TextQuoteSelector": "oa:TextQuoteSelector", "TextPositionSelector": "oa:TextPositionSelector",
    "body": {"@id": "oa:hasBody", "@type": "@id"}, "target": {"@id": "oa:hasTarget", "@type": "@id"}, "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"}, "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"}, "describing": "oa:describing", "identifying": "oa:identifying",
    "value": "rdf:value", "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"}, "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    **{name: f"sayso:{name}" for name in ("kind", "status", "holder", "incident", "state")},
    "confidence": {"@id": "sayso:confidence", "@type": "xsd:double"},
}  # fmt: skip


def write(job: Job) -> None:
    """Write the annotations."""
    head = {"id": "urn:sayso:annotations", "type": "AnnotationPage"}
    linked.document(job.out.file(job.path), CONTEXT, head, "items", map(annotation, _claims(job)))


def _claims(job: Job) -> Iterator[Claimed]:
    return claimed(job.connection, job.asked, text=True)


def annotation(one: Claimed) -> dict[str, Any]:
    """A claim as an annotation of the report's text; every place that states it is a target, the fullest statement first."""
    claim, report = one.claim, one.report
    return {
        "id": f"{linked.claim(claim.id)}:annotation", "type": "Annotation", "motivation": "identifying",
        "body": {"type": "TextualBody", "purpose": "describing", "value": f"{one.holder['name']} says: {stated(one)}"},
        "target": [_target(span, report) for span in (claim.evidence, *claim.also)],
        "kind": one.row["kind"], "status": claim.status.value, "holder": one.holder["name"], "incident": one.row["incident"], "state": one.row["state"],
        "confidence": claim.confidence,
    }  # fmt: skip


def _target(span: Span, report: Any) -> dict[str, Any]:
    text = report["text"]
    quote = {
        "type": "TextQuoteSelector", "exact": span.text, "prefix": text[max(0, span.start - AROUND) : span.start], "suffix": text[span.end : span.end + AROUND],
    }  # fmt: skip
    target = {
        "type": "SpecificResource", "source": linked.address(report["url"]) or linked.report(report["digest"]),
        "selector": [quote, {"type": "TextPositionSelector", "start": span.start, "end": span.end}],
    }  # fmt: skip
    return target
