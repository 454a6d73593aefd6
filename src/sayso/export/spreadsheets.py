"""A table of a record → CSV, and a codebook beside it.

In: a job. Out: `NAME.csv` and `NAME.codebook.csv`: UTF-8, RFC 4180, ISO days, true and false; cells that a spreadsheet would run are defused.
"""

from __future__ import annotations

from collections.abc import Iterable

from sayso.errors import BadOption
from sayso.export import cells, codebook, writing
from sayso.export.cells import Value
from sayso.export.formats import Job, Options
from sayso.export.tables import TABLES, Table


def write(job: Job) -> None:
    """Write the table and its codebook."""
    table = chosen(job.options)
    data, book = job.out.file(job.path), job.out.file(job.path.with_name(f"{job.path.stem}.codebook.csv"))
    with writing.table(data, job.options.bom) as out:
        out.writerow(table.names)
        out.writerows(map(cells.row, table.lines(job.connection, job.asked)))
    with writing.table(book, job.options.bom) as out:
        out.writerow(codebook.HEADER)
        out.writerows(codebook.rows([table]))
        out.writerow(["", "", "", "", codebook.EMPTY])


def chosen(options: Options) -> Table:
    """The table that the options name.

    Raises:
        BadOption: there is none of this name.
    """
    name = "claims_long" if options.table == "claims" and not options.wide else options.table
    if name not in TABLES:
        raise BadOption(f"{name!r} is no table of exports; there are: {', '.join(TABLES)}")
    return TABLES[name]


def plain(job: Job, header: Iterable[str], rows: Iterable[Iterable[Value]], tabs: bool = False) -> None:
    """Write rows below a header to the job's path, for formats whose columns are another data set's."""
    with writing.table(job.out.file(job.path), job.options.bom, tabs) as out:
        out.writerow(list(header))
        out.writerows(map(cells.row, rows))
