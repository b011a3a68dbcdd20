"""Make docs/pictures/*.png: the HTML page of the example at desktop and phone width, light and dark.

    python benchmarks/pictures.py [LEFT RIGHT] [--out FOLDER]

Wants selenium and Chromium (apt-get install chromium chromium-driver).
"""

from __future__ import annotations

import argparse
import base64
import sys
import tempfile
from pathlib import Path

from browser import is_there, open_browser

import consistency

ROOT = Path(__file__).resolve().parent.parent
SIZES = {"desktop": (1280, 1000), "phone": (390, 844)}
SCHEMES = ("light", "dark")
PAIR = "report-pair"


def take(page: str, folder: Path) -> list[Path]:
    """Write one picture for each size and scheme, and one of a chosen pair; return their paths."""
    shots = [(f"report-{size}-{scheme}", size, scheme) for size in SIZES for scheme in SCHEMES]
    pictures = []
    with tempfile.TemporaryDirectory() as scratch, open_browser() as driver:
        path = Path(scratch) / "report.html"
        path.write_text(page, encoding="utf-8")
        for name, size, scheme in [*shots, (PAIR, "desktop", "light")]:
            width, height = SIZES[size]
            metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": size == "phone"}
            driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
            features = [{"name": "prefers-color-scheme", "value": scheme}]
            driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
            driver.get(path.as_uri())
            if name == PAIR:
                driver.execute_script("document.querySelector('.changes a')?.click()")
            shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
            pictures.append(folder / f"{name}.png")
            pictures[-1].write_bytes(base64.b64decode(shot["data"]))
    return pictures


def main() -> int:
    """Compare, build the page, take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    articles = [ROOT / "examples" / "articles" / name for name in ("first.txt", "later.txt")]
    parser.add_argument("articles", nargs="*", default=articles)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "pictures")
    told = parser.parse_args()
    if not is_there():
        print("no Chromium: apt-get install chromium chromium-driver", file=sys.stderr)
        return 2
    left, right = (consistency.read(path) for path in told.articles)
    page = consistency.build_report(consistency.compare(left, right), "html")
    told.out.mkdir(parents=True, exist_ok=True)
    for path in take(page, told.out):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
