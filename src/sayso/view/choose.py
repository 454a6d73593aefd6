"""A reading → the same reading with fewer claims.

In: a `Reading` and the least confidence that a claim must have. Out: a reading with those claims and their explanations, in order.
It changes no claim.
"""

from __future__ import annotations

from msgspec.structs import replace

from sayso.model import Reading


def at_least(reading: Reading, confidence: float) -> Reading:
    """The reading without the claims that are less certain than this."""
    claims = [c for c in reading.claims if c.confidence >= confidence]
    if len(claims) == len(reading.claims):
        return reading
    kept = {c.id for c in claims}
    return replace(reading, claims=claims, explanations={k: v for k, v in reading.explanations.items() if k in kept})
