"""Parts → a Ray cluster, by Ray Data.

In: the numbers of parts. Out: what came of each. All machines of the cluster must see the folder under the same path, and have sayso installed. A part
whose machine is lost is read by another one; its files appear whole or not at all, so that nothing is there twice. """

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import to_builtins

from sayso.bulk.layout import Counts
from sayso.bulk.parts import read_part
from sayso.errors import BadOption


class PartReader:
    """Reads parts on a machine of the cluster; loaded once in each process there."""

    def __init__(self, folder: str) -> None:
        from sayso.reading import Reader

        self._folder, self._reader = Path(folder), Reader(threads=1)

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        """What came of a part."""
        found: dict[str, Any] = to_builtins(read_part(self._folder, int(row["part"]), self._reader))
        return found


def read_parts(folder: Path, parts: Sequence[int], workers: int | None, address: str) -> Iterator[Counts]:
    """Read parts on the cluster at this address ("local" starts one on this machine); gives what came of each.

    Raises:
        BadOption: Ray is not installed, or there is no cluster.
    """
    try:
        import ray
    except ImportError:
        raise BadOption("a cluster needs Ray; pip install 'sayso[ray]'") from None
    if not parts:
        return
    begun = not ray.is_initialized()
    if begun:
        try:
            ray.init(address=address, log_to_driver=False)
        except (ConnectionError, ValueError, RuntimeError) as error:
            raise BadOption(f"there is no Ray cluster at {address!r} ({' '.join(str(error).split())[:120]}); start one with: ray start --head") from None
    try:
        from ray.data import ActorPoolStrategy, DataContext, from_items

        DataContext.get_current().enable_progress_bars = False
        most = workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
        rows = from_items([{"part": number} for number in parts], override_num_blocks=len(parts))
        told = rows.map(PartReader, fn_constructor_args=(str(folder.absolute()),), compute=ActorPoolStrategy(min_size=1, max_size=most), num_cpus=1)
        for row in told.iter_rows():
            yield Counts(**{name: int(row[name]) for name in Counts.__struct_fields__})
    finally:
        if begun:
            ray.shutdown()
