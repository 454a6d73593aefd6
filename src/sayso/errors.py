"""What can go wrong for a user, named for the user's problem.

    SaysoError
    ├── UnreadableReport   a file, page or line that holds no report
    ├── BadOption          an option's value that cannot be used
    │   └── NotInRecord    an id or a name that nothing in the record has
    ├── BadRecord          JSON that is not of the form `sayso/1`
    ├── BadAnnotation      a file that is not one of annotated reports
    ├── UnusableRecord     a database that cannot be opened, read or written, or that is no record
    ├── ChangedSince       a claim or an incident that somebody else has changed in the meantime
    ├── BadPlaces          a file of place names that cannot be loaded or looked up in
    └── BadLexicon         a lexicon file with faults, all of them listed

Odd prose is never an error. Each message is one line: what, where, how to mend.
"""


class SaysoError(Exception):
    """Root of all errors that sayso raises on purpose."""


class UnreadableReport(SaysoError):
    """The input holds no report that can be read."""


class BadOption(SaysoError):
    """An option has a value that cannot be used."""


class NotInRecord(BadOption):
    """Nothing in the record has this id, begins so, or is called so."""


class BadRecord(SaysoError):
    """JSON that does not have the form `sayso/1`, or whose offsets do not slice back to the words."""


class UnusableRecord(SaysoError):
    """A record's database cannot be opened, read or written, is damaged or full, or is none of sayso's."""


class ChangedSince(SaysoError):
    """Somebody else has changed a claim or an incident since it was looked at, or since what is to be undone; nothing was done."""


class BadAnnotation(SaysoError):
    """A file that does not have the form of annotated reports."""


class BadPlaces(SaysoError):
    """A file of place names is not of GeoNames' form, or the gazetteer made of such files cannot be read or written."""


class BadLexicon(SaysoError):
    """A lexicon file has faults; `faults` lists them as `file:line: what, how to mend`."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__(f"{len(faults)} fault(s) in the lexicon, the first: {faults[0]}" if faults else "no faults")
