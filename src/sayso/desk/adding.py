"""Reports that are sent to the desk → the record, one job after another, each with how far it is.

In: reports that were made of what was sent, and who sent them. Out: jobs, which pages ask for by their id. One thread works on them, so that pages stay quick;
a desk that is stopped ends the report in hand first. What a job did stands in the record's log; a job itself is forgotten some time after it is done.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator
from threading import Condition, Lock, Thread

from sayso.desk.reading import SharedReader
from sayso.errors import BadOption, SaysoError
from sayso.intake import Unread
from sayso.model import Report, Struct
from sayso.record import Record

WAITING = 20
"""Jobs that may wait."""
KEPT = 200
"""Jobs that are done and still known."""
FAULTS = 500
"""Faults of a job that are told one by one."""
Make = Callable[[], Iterable[Report | Unread]]


class Job(Struct, frozen=True, kw_only=True):
    """How far a job is; `state` is waiting, reading, done or failed, `first` the digest of its first report. `faults` are lines: what, where, how to mend."""

    id: str
    author: str
    what: str
    state: str
    read: int = 0
    added: int = 0
    copies: int = 0
    claims: int = 0
    unchanged: int = 0
    faults: list[str] = []
    more_faults: int = 0
    first: str = ""

    @property
    def done(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in {"done", "failed"}


class Adding:
    """The jobs of a desk."""

    def __init__(self, record: Record, reader: SharedReader) -> None:
        self._record, self._reader = record, reader
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = Lock()
        self._queue: deque[tuple[str, Make]] = deque()
        self._more = Condition(self._lock)
        self._stopping = False
        self._thread = Thread(target=self._work, name="sayso-adding", daemon=True)

    def start(self) -> None:
        """Begin to work on jobs."""
        self._thread.start()

    def stop(self) -> None:
        """End the report in hand, and then no more."""
        with self._lock:
            self._stopping = True
            self._more.notify_all()
        if self._thread.is_alive():
            self._thread.join()

    def put(self, author: str, what: str, make: Make) -> str:
        """A new job; gives its id.

        Args:
            what: a line for people: names of files, an address.
            make: gives the reports, one by one; called when the job's turn has come.

        Raises:
            BadOption: too many wait.
        """
        with self._lock:
            if len(self._queue) >= WAITING:
                raise BadOption(f"{WAITING} jobs wait already; send it when some are done")
            job = Job(id=secrets.token_urlsafe(9), author=author, what=what, state="waiting")
            self._jobs[job.id] = job
            while len(self._jobs) > KEPT + WAITING:
                self._jobs.popitem(last=False)
            self._queue.append((job.id, make))
            self._more.notify_all()
        return job.id

    def job(self, key: str) -> Job:
        """How far a job is.

        Raises:
            BadOption: nothing is known of it.
        """
        with self._lock:
            found = self._jobs.get(key)
        if found is None:
            raise BadOption("nothing is known of this job any more; the log tells what was added")
        return found

    def _work(self) -> None:
        while True:
            with self._lock:
                while not self._queue and not self._stopping:
                    self._more.wait()
                if self._stopping:
                    return
                key, make = self._queue.popleft()
            try:
                self._do(key, make)
            except SaysoError as error:
                self._tell(key, state="failed", faults=[*self.job(key).faults, str(error)])
            except Exception as error:  # a fault of ours must not end all later jobs
                self._tell(key, state="failed", faults=[*self.job(key).faults, f"reading failed: {type(error).__name__}; please report it"])

    def _do(self, key: str, make: Make) -> None:
        self._tell(key, state="reading")
        record = self._record.by(self.job(key).author)
        for report in self._sound(key, make()):
            added = record.add([self._reader.read(report)])
            job = self.job(key)
            self._tell(
                key, read=job.read + 1, added=job.added + added.new, copies=job.copies + added.copies, claims=job.claims + added.claims,
                unchanged=job.unchanged + (added.new == 0), first=job.first or report.digest,
            )  # fmt: skip
            if self._stopping:
                self._tell(key, state="failed", faults=[*self.job(key).faults, "the desk was stopped; what is not read yet must be sent again"])
                return
        self._tell(key, state="done")

    def _sound(self, key: str, found: Iterable[Report | Unread]) -> Iterator[Report]:
        for item in found:
            if not isinstance(item, Unread):
                yield item
            elif len(faults := self.job(key).faults) < FAULTS:
                self._tell(key, faults=[*faults, str(item)])
            else:
                self._tell(key, more_faults=self.job(key).more_faults + 1)

    def _tell(self, key: str, **changed: object) -> None:
        with self._lock:
            if key in self._jobs:
                held = self._jobs[key]
                self._jobs[key] = Job(**({name: getattr(held, name) for name in Job.__struct_fields__} | changed))
