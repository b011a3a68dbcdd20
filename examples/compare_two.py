"""Compare two articles: print the report and write it as a web page.

python examples/compare_two.py [LEFT RIGHT] [--out FILE]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import consistency

ARTICLES = Path(__file__).with_name("articles")


def main() -> None:
    """Read two articles, compare them, report twice."""
    parser = argparse.ArgumentParser(description="Compare two articles of one event.")
    parser.add_argument("left", nargs="?", default=ARTICLES / "first.txt", type=Path)
    parser.add_argument("right", nargs="?", default=ARTICLES / "later.txt", type=Path)
    parser.add_argument("--out", default=Path("report.html"), type=Path)
    told = parser.parse_args()

    found = consistency.compare(consistency.read(told.left), consistency.read(told.right))
    print(consistency.build_report(found))
    told.out.write_text(consistency.build_report(found, "html"), encoding="utf-8")
    print(f"The same as a page: {told.out}")


if __name__ == "__main__":
    try:
        main()
    except consistency.ConsistencyError as error:  # one line that says what is wrong and how to mend it
        sys.exit(str(error))
