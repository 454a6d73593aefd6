"""Watching: feeds followed into a record, and alerts of what they bring.

In: a plan (feeds, rules, where alerts go) and a record. Out: the record grown, alerts told. What was taken in is kept in a file beside the record, so that a
follower that is stopped, or killed, goes on where it was: nothing is lost, nothing is told twice.

| module | gives |
|---|---|
| `plan` | what a user wants followed, told and where: a file in TOML → `Plan` |
| `keeping` | the follower's file: feeds as they stand, entries that wait or were taken, alerts and to whom they were told |
| `manners` | robots.txt, and the pauses between requests to one host |
| `polling` | a feed → its entries, when something has changed |
| `pages` | an entry → the report that it leads to |
| `rules` | what a record says of new reports → alerts |
| `telling` | alerts → a file, a webhook, e-mail |
| `following` | the loop around all of it |
"""

from sayso.watch.following import Clock, Status, watch
from sayso.watch.plan import Followed, Mail, Plan, Rule, load_plan

__all__ = ["Clock", "Followed", "Mail", "Plan", "Rule", "Status", "load_plan", "watch"]
