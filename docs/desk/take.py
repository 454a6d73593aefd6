"""The pictures of the desk: `make screenshots` takes each page of a record of the examples, light and dark, wide and narrow, into this folder."""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

import sayso
from sayso.intake import from_file
from sayso.record import Record

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT))
VIEWS = {"wide": (1280, 900), "narrow": (390, 844)}
COLOURS = 192
"""In a picture: enough for text, marks and charts."""


def main() -> None:
    """The command."""
    from tests.browser.browsers import serving

    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder) / "border.db"
        with Record(where, author="import") as record:
            record.add(sayso.Reader().read_many([r for path in sorted((ROOT / "examples" / "record").glob("*.txt")) for r in from_file(path)]))
        with serving(where, "--author", "Anna") as base, sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            page = browser.new_page(base_url=base)
            page.goto("/incidents?disputed=yes")
            incident = str(page.locator("tbody a").first.get_attribute("href"))
            page.goto("/reports")
            report = str(page.locator("tbody a").nth(1).get_attribute("href"))
            page.goto(report)
            claim = str(page.locator("article[data-claim]").nth(1).get_attribute("data-claim"))
            pages = {
                "start": "/", "reports": "/reports?words=guards", "add": "/reports/add", "report": f"{report}?claim={claim}",
                "correct": f"/claims/{claim}/edit",
                "incidents": "/incidents", "incident": incident, "losses": "/losses", "talks": "/talks", "commitments": "/commitments",
                "violations": "/violations",
                "timeline": "/timeline", "map": "/map", "actors": "/actors", "sources": "/sources", "export": "/export", "log": "/log",
            }  # fmt: skip
            for view, (width, height) in VIEWS.items():
                for look in ("light", "dark"):
                    context = browser.new_context(base_url=base, viewport={"width": width, "height": height}, color_scheme=look, reduced_motion="reduce")
                    window = context.new_page()
                    for name, address in pages.items():
                        window.goto(address, wait_until="networkidle")
                        picture = Image.open(io.BytesIO(window.screenshot())).convert("RGB")
                        few = picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)  # leaves no rare colour out
                        few.save(HERE / f"{name}-{look}-{view}.png", optimize=True)
                    context.close()
            browser.close()


if __name__ == "__main__":
    main()
