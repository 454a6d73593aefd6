"""Who says what: chains, relayed words, unnamed speakers, quotations, and what is carried over or not."""

from __future__ import annotations

import pytest

from sayso.intake import report_from_text
from sayso.model import AnyClaim, Manner
from sayso.reading import Reader


def claims(reader: Reader, text: str) -> list[AnyClaim]:
    return reader.read(report_from_text(text, published="2024-06-03")).claims


def chain(claim: AnyClaim) -> list[str]:
    return [s.entity.name for s in claim.sources]


LOSS = "two soldiers were killed in Gedaref"
SPEAKERS = [
    (f"Sudan's defence ministry said that {LOSS}.", ["Ministry of Defence of Sudan"]),
    (f"According to Sudan's defence ministry, {LOSS}.", ["Ministry of Defence of Sudan"]),
    (f"{LOSS.capitalize()}, Sudan's defence ministry said on Monday.", ["Ministry of Defence of Sudan"]),
    (f"{LOSS.capitalize()}, said Sudan's defence ministry.", ["Ministry of Defence of Sudan"]),
    (f"Reuters quoted Sudan's defence ministry as saying that {LOSS}.", ["Ministry of Defence of Sudan", "Reuters"]),
    (f"Reuters reported that Sudan's defence ministry had said that {LOSS}.", ["Ministry of Defence of Sudan", "Reuters"]),
    (f"{LOSS.capitalize()}.", []),
]


@pytest.mark.parametrize(("text", "expected"), SPEAKERS, ids=[t for t, _ in SPEAKERS])
def test_the_chain_of_speakers_nearest_first(reader: Reader, text: str, expected: list[str]) -> None:
    (loss,) = [c for c in claims(reader, text) if hasattr(c, "count")]

    assert chain(loss) == expected


def test_a_speaker_whom_nobody_knows_is_kept_by_their_words(reader: Reader) -> None:
    (loss,) = [c for c in claims(reader, f"A person close to the talks said that {LOSS}.") if hasattr(c, "count")]

    assert loss.sources and loss.sources[0].cue is not None


def test_a_speaker_is_carried_over_to_the_losses_of_the_same_account(reader: Reader) -> None:
    text = "Sudan's defence ministry said that Ethiopian troops had attacked a post near Gedaref. Four Sudanese soldiers were killed."
    loss = next(c for c in claims(reader, text) if hasattr(c, "count"))

    assert chain(loss) == ["Ministry of Defence of Sudan"]
    assert loss.sources[0].manner is Manner.INHERITED and loss.sources[0].cue is None


def test_nothing_is_carried_over_to_another_matter(reader: Reader) -> None:
    text = "Sudan's defence ministry said that Ethiopian troops had attacked a post near Gedaref. Meanwhile, four farmers were killed in Darfur."
    loss = next(c for c in claims(reader, text) if hasattr(c, "count"))

    assert chain(loss) == []


def test_a_denial_is_the_act_with_the_denier_as_speaker(reader: Reader) -> None:
    found = [c for c in claims(reader, "Ethiopia's army denied that its troops had attacked the post.") if getattr(c, "type", "") == "ASSAULT"]

    assert [(c.status, c.sources[0].entity.country, c.sources[0].distance) for c in found] == [("negated", "ETH", "denying")]
