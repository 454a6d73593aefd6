"""Many reports: corpora of any size, read by several processes or machines, and nothing lost or done twice when one of them dies.

In: files, folders, addresses. Out: a folder of Parquet and a manifest that accounts for every input. The inputs are taken in one by one, in their order,
and told apart (`staging`): what is to be read is put down in parts of a fixed size, what is not is accounted for with its reason. The parts are read by
whoever is free (`local`, `cluster`), each into files of its own that appear whole or not at all (`parts`). So the output is the same, byte for byte,
however many read it, and whatever was killed on the way.

| file in the folder | holds |
|---|---|
| `run.json` | what was asked for: the inputs, options, versions |
| `readings/part-000000.parquet` | a report a row, with its text and its claims as JSON (`sayso/1`) |
| `claims/part-000000.parquet` | a claim a row, the columns of `sayso read --format csv` |
| `manifest/part-000000.jsonl` | an input a line: read, duplicate, irrelevant, other language, failed, and why |
| `manifest.json` | the sums of it all; there when all is done |
| `.staged/` | what is not read yet, while it is not |
"""

from __future__ import annotations

from sayso.bulk.layout import Folder
from sayso.bulk.loading import is_run, readings_of
from sayso.bulk.running import Manifest, Progress, Run, bulk

__all__ = ["Folder", "Manifest", "Progress", "Run", "bulk", "is_run", "readings_of"]
