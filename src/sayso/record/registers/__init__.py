"""Registers: what a record says, in the order in which a question is asked.

In: a record and a filter (`sayso.record.filters`). Out: frozen values, each with the claims and the holders that it stands on. SQL filters and sorts; what is
long comes one by one. No register prefers an account, and each reads the same for both sides. `docs/registers.md` explains their columns and rules.

| module | gives |
|---|---|
| `casualties` | `casualties`: cells of losses; `total`: sums under a named rule |
| `talks` | `talks`: who met whom, how, through whom; `channels`: how often; `bridges`: whom go-betweens brought to talks |
| `appeals` | `appeals`: appeal, agreement or refusal, in effect, alleged breach |
| `violations` | `violations`: attacks per period, by each side's account |
| `roles` | `roles`: offices and seats in time |
| `timeline` | `timeline`: incidents by day with their accounts |
| `actors` | `actors`: who does what to whom, on whose say-so |
| `sources` | `sources`: whose claims, contradicted and confirmed by whom |
| `asking` | what they share: portions, order, parties, holders |
| `levels` | at what level somebody met |
"""

from __future__ import annotations

from sayso.record.registers.actors import Deed, actors
from sayso.record.registers.appeals import Chain, Step, appeals
from sayso.record.registers.casualties import Cell, Rule, Total, casualties, total
from sayso.record.registers.roles import Seat, roles
from sayso.record.registers.sources import Profile, sources
from sayso.record.registers.talks import Bridge, Channel, Contact, bridges, channels, talks
from sayso.record.registers.timeline import Entry, timeline
from sayso.record.registers.violations import Violations, violations

__all__ = [
    "Bridge", "Cell", "Chain", "Channel", "Contact", "Deed", "Entry", "Profile", "Rule", "Seat", "Step", "Total", "Violations", "actors", "appeals",
    "bridges", "casualties", "channels", "roles", "sources", "talks", "timeline", "total", "violations",
]  # fmt: skip
