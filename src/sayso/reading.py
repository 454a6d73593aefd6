"""The whole way of a report, stage by stage: `Reader` holds what is loaded once, `read` does one text.

In: reports. Out: readings, in the order of the reports, each as if it had been read alone.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date as Date
from pathlib import Path
from typing import NamedTuple

import msgspec

from sayso.attribution import Attribution
from sayso.claims import Claims
from sayso.events import Acts, Losses, RawClaim, from_attacks, is_sport, read_roles
from sayso.heads import Heads, shipped
from sayso.intake import report_from_text
from sayso.intake.languages import language_read
from sayso.languages import Pack, load, readable
from sayso.lexicon import lexicon
from sayso.model import Reading, Report
from sayso.reader import Doc, Parser
from sayso.resolve import geonames
from sayso.resolve.entities import Resolver
from sayso.resolve.places import Gazetteer
from sayso.resolve.times import Narrative
from sayso.resolve.wheres import Wheres

AHEAD = 2
"""Reports that the network may be ahead of the claims."""
MOST_NETWORKS = 2
"""Reports that it goes through at a time: while the words of one are decoded, it is at work on the other."""


class Stages(NamedTuple):
    """The stages of one report from which claims are made."""

    resolver: Resolver
    attribution: Attribution
    narrative: Narrative
    wheres: Wheres


class Reader:
    """Reads reports. Loading takes a fraction of a second; one reader serves any number of reports.

    Names are looked up in the user's own gazetteer too, where one is loaded (`sayso places`); each report then has a note that says so.

    Args:
        threads: how many processor threads the network may use; by default as many as there are, at most four.
        model: a folder with another network than the one that ships.
        heads: other learned heads than those that ship; `Heads()` for rules alone.
    """

    def __init__(self, threads: int | None = None, model: Path | None = None, heads: Heads | None = None) -> None:
        self._heads = shipped() if heads is None else heads
        self._threads = threads or min(4, os.cpu_count() or 1)
        self._parser = Parser(self._threads, model)
        self._lexicon = lexicon()
        places = geonames.stored()
        self._gazetteer = Gazetteer(loaded=places)
        self._note = geonames.note(geonames.loaded(places))
        self._packs: dict[str, Pack] = {}

    def read(self, report: Report) -> Reading:
        """The claims of one report, with the steps that led to each; of one in another language by its pack, where that is installed."""
        found = self._begun(report)
        return found if isinstance(found, Reading) else self._claims(found)

    def read_many(self, reports: Iterable[Report], ahead: int = AHEAD) -> Iterator[Reading]:
        """The readings of many reports, one at a time, in order.

        Where the network may use more than one thread, it goes through the next reports while the claims of the one before are made.

        Args:
            reports: taken one by one, as they are needed.
            ahead: how many of `reports` are asked for before the reading of an earlier one is given out; 0 for a live stream, whose next
                report may be long in coming.
        """
        if ahead < 1 or self._threads < 2:
            yield from map(self.read, reports)
            return
        with ThreadPoolExecutor(max_workers=min(self._threads, MOST_NETWORKS), thread_name_prefix="sayso-network") as network:
            waiting: deque[Future[Doc | Reading]] = deque()
            coming = iter(reports)
            failure: Exception | None = None
            while True:
                while failure is None and len(waiting) <= ahead:
                    try:
                        report = next(coming)
                    except StopIteration:
                        break
                    except Exception as fault:  # what was taken before it is given out first
                        failure = fault
                    else:
                        waiting.append(network.submit(self._begun, report))
                if not waiting:
                    break
                found = waiting.popleft().result()
                yield found if isinstance(found, Reading) else self._claims(found)
            if failure is not None:
                raise failure

    def _begun(self, report: Report) -> Doc | Reading:
        """A report through the network; of one in another language the whole reading."""
        code = language_read(report)
        if code == "en" or code not in readable():
            return self._parser.parse(self._noted(report))
        if code not in self._packs:
            self._packs[code] = load(code)
        return self._packs[code].read(self._noted(report))

    def _noted(self, report: Report) -> Report:
        if self._note and self._note not in report.notes:
            return msgspec.structs.replace(report, notes=[*report.notes, self._note])
        return report

    def _claims(self, doc: Doc) -> Reading:
        raws, stages = self.stages(doc)
        claims, steps = Claims(doc, stages.resolver, stages.attribution, stages.narrative, stages.wheres, self._lexicon).make(raws)
        return Reading(report=doc.report, claims=claims, explanations=steps)

    def stages(self, doc: Doc) -> tuple[list[RawClaim], Stages]:
        """What is read in a parsed report before it becomes claims, and the stages that claims are made with: for training and measuring."""
        resolver = Resolver(doc, self._lexicon, self._gazetteer.country_of, self._gazetteer.country_in)
        attribution = Attribution(doc, resolver, self._lexicon)
        raws: list[RawClaim] = []
        if not is_sport(doc, self._lexicon):
            losses = Losses(doc, resolver, attribution, self._lexicon)  # first: from here on the resolver knows who "the enemy" is
            raws += Acts(doc, resolver, attribution, self._lexicon).read()
            lost = losses.read()
            from_attacks(lost, raws, doc, attribution, self._lexicon)
            raws += lost
        raws = [raw for raw in raws if raw.head not in attribution.unsaid]
        raws += read_roles(doc, resolver, self._lexicon)
        narrative = Narrative(doc, attribution)
        wheres = Wheres(doc, resolver, self._gazetteer, attribution, self._heads.place)
        return raws, Stages(resolver, attribution, narrative, wheres)


def read(text: str, *, date: str | Date | None = None, publisher: str | None = None, title: str | None = None) -> Reading:
    """The claims of one text.

    Args:
        text: the report, headline and dateline included.
        date: when it was published; without it, the date in the text counts, and without that none.
        publisher: who published it.
        title: its headline, where the text does not hold it.

    Raises:
        UnreadableReport: the text is empty or has no letters.
        BadOption: the date is none.
    """
    published = date.isoformat() if isinstance(date, Date) else date
    return _shared().read(report_from_text(text, published=published, publisher=publisher, title=title))


_reader: list[Reader] = []


def _shared() -> Reader:
    if not _reader:
        _reader.append(Reader())
    return _reader[0]
