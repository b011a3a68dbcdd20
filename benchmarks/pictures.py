"""Make docs/pictures/*.png: the HTML pages of the examples at desktop and phone width, light and dark; the terminal.

    python benchmarks/pictures.py [ARTICLE ...] [--out FOLDER]

The first two articles make the page of two, all of them the page of an event.

Wants selenium and Chromium (apt-get install chromium chromium-driver).
"""

from __future__ import annotations

import argparse
import base64
import html
import re
import sys
import tempfile
from pathlib import Path

from browser import is_there, open_browser

import consistency

ROOT = Path(__file__).resolve().parent.parent
SIZES = {"desktop": (1280, 1000), "phone": (390, 844)}
SCHEMES = ("light", "dark")


def take(page: str, called: str, folder: Path) -> list[Path]:
    """Write one picture for each size and scheme, and one of the first conflict opened; return their paths."""
    shots = [(f"{called}-{size}-{scheme}", size, scheme) for size in SIZES for scheme in SCHEMES]
    pair = f"{called}-pair"
    pictures = []
    with tempfile.TemporaryDirectory() as scratch, open_browser() as driver:
        path = Path(scratch) / "report.html"
        path.write_text(page, encoding="utf-8")
        for name, size, scheme in [*shots, (pair, "desktop", "light")]:
            width, height = SIZES[size]
            metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": size == "phone"}
            driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
            features = [{"name": "prefers-color-scheme", "value": scheme}]
            driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
            driver.get(path.as_uri())
            if name == pair:
                driver.execute_script("document.querySelector('.changes a')?.click()")
            shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
            pictures.append(folder / f"{name}.png")
            pictures[-1].write_bytes(base64.b64decode(shot["data"]))
    return pictures


def draw_terminal(report: str) -> str:
    """Return a page that looks like a terminal with a coloured report on it."""
    colors = {"31": "#ff6b6b", "32": "#7ec699", "33": "#e0b15a", "36": "#7fc7d9"}

    def style(match: re.Match[str]) -> str:
        codes = set(re.findall(r"\d+", match[0]))
        if codes == {"0"}:
            return "</span>"
        color = next((colors[code] for code in codes if code in colors), "inherit")
        line = "underline" if "4" in codes else "none"
        return f'<span style="color:{color};font-weight:bold;text-decoration:{line}">'

    body = re.sub("(?:\x1b\\[[\\d;]+m)+", style, html.escape(report))
    font = "14px/1.35 'DejaVu Sans Mono', monospace"
    return (
        '<meta charset="utf-8"><body style="margin:16px;background:#16181a;color:#e6e4df">'
        f'<pre style="margin:0;width:max-content;font:{font}">{body}</pre>'
    )


def take_terminal(comparison: consistency.Comparison, width: int, folder: Path) -> Path:
    """Write the picture of the top of a plain report of so many columns; return its path."""
    report = consistency.build_report(comparison, color=True, width=width).split("\n")[:44]
    with tempfile.TemporaryDirectory() as scratch, open_browser() as driver:
        path = Path(scratch) / "terminal.html"
        path.write_text(draw_terminal("\n".join(report)), encoding="utf-8")
        driver.get(path.as_uri())
        wide, high = driver.execute_script(
            "const { right, bottom } = document.querySelector("
            "'pre').getBoundingClientRect(); return [right + 16, bottom + 16]"
        )
        clip = {"x": 0, "y": 0, "width": wide, "height": high, "scale": 1}
        options = {"format": "png", "clip": clip, "captureBeyondViewport": True}
        shot = driver.execute_cdp_cmd("Page.captureScreenshot", options)
        picture = folder / f"terminal-{width}.png"
        picture.write_bytes(base64.b64decode(shot["data"]))
    return picture


def main() -> int:
    """Compare, build the page, take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    articles = [ROOT / "examples" / "articles" / name for name in ("first.txt", "later.txt", "agency.txt")]
    parser.add_argument("articles", nargs="*", default=articles)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "pictures")
    told = parser.parse_args()
    if not is_there():
        print("no Chromium: apt-get install chromium chromium-driver", file=sys.stderr)
        return 2
    articles = [consistency.read(path) for path in told.articles]
    told.out.mkdir(parents=True, exist_ok=True)
    for called, compared in (
        ("report", consistency.compare(*articles[:2])),
        ("event", consistency.compare_event(articles)),
    ):
        for path in take(consistency.build_report(compared, "html"), called, told.out):
            print(path)
    for width in (80, 120):
        print(take_terminal(consistency.compare(*articles[:2]), width, told.out))
    return 0


if __name__ == "__main__":
    sys.exit(main())
