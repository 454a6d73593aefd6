"""Doc + lexicon + attribution → raw events, casualties, matériel and roles. One module per kind of claim; no word lists here."""

from __future__ import annotations

from sayso.events.acts import Acts
from sayso.events.losses import Losses
from sayso.events.perpetrators import from_attacks
from sayso.events.raw import RawClaim
from sayso.events.roles import read_roles
from sayso.events.topic import is_sport

__all__ = ["Acts", "Losses", "RawClaim", "from_attacks", "is_sport", "read_roles"]
