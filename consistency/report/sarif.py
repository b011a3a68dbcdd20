"""SARIF 2.1.0 (OASIS): what GitHub code scanning, GitLab and editors read."""

from __future__ import annotations

import os
import urllib.parse
from pathlib import Path
from typing import Any

from consistency._version import __version__
from consistency.guide import TOPICS
from consistency.report.json import dump
from consistency.report.summary import neutralize
from consistency.verdict import Finding, Place, Severity, Verdict

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_RULES = {
    "conflict": Severity.ERROR,
    "development": Severity.WARNING,
    "elaboration": Severity.NOTE,
    "updated": Severity.WARNING,
    "unique": Severity.NOTE,
    "unconfirmed": Severity.WARNING,
}


def render(verdict: Verdict) -> str:
    """Return the report as a SARIF log with one run.

    A result stands where the right article does, or the only one that has a part in it; the other side is a related
    location. Columns count Unicode code points.

    >>> import json
    >>> json.loads(render(Verdict()))["version"]
    '2.1.0'
    """
    troubles = [{"level": "error", "message": {"text": neutralize(trouble)}} for trouble in verdict.troubles]
    invocation = {"executionSuccessful": not troubles, "toolExecutionNotifications": troubles}
    driver = {
        "name": "consistency",
        "version": __version__,
        "rules": [
            {
                "id": rule,
                "shortDescription": {"text": TOPICS[rule].text},
                "defaultConfiguration": {"level": str(severity)},
            }
            for rule, severity in _RULES.items()
        ],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation],
        "results": [_arrange(finding) for finding in verdict.findings],
        "properties": {"signature": verdict.signature, "accepted": len(verdict.accepted)},
    }
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _arrange(finding: Finding) -> dict[str, Any]:
    *others, first = finding.places or (None,)
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": list(_RULES).index(finding.rule),
        "level": str(finding.severity),
        "message": {"text": neutralize(finding.message)},
        "partialFingerprints": {"consistency/v1": finding.id},
    }
    if first:
        result["locations"] = [_locate(first)]
    if others:
        result["relatedLocations"] = [{"id": n, **_locate(place)} for n, place in enumerate(others, 1) if place]
    return result


def _locate(place: Place) -> dict[str, Any]:
    region: dict[str, Any] = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    location = {"artifactLocation": {"uri": build_uri(place.name)}, "region": region}
    return {"physicalLocation": location, "message": {"text": neutralize(place.marked) or "the whole article"}}


def build_uri(name: str) -> str:
    """Return the name of a file as a URI: absolute for an absolute path, else a relative reference.

    >>> build_uri("corpus/first day.txt")
    'corpus/first%20day.txt'
    """
    if os.path.isabs(name):
        return Path(name).as_uri()
    path = name.replace(os.sep, "/").encode("utf-8", "surrogatepass")
    return urllib.parse.quote(path)
