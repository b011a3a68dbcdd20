"""JUnit XML: every event a suite, every pair of articles a test; what Jenkins, GitLab and others show as tests."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from consistency.report.summary import neutralize
from consistency.report.verdict import tell_finding
from consistency.verdict import Finding, Verdict

_NOT_IN_XML = re.compile("[\ufffe\uffff]")  # the other characters that XML cannot hold are neutralized
_TROUBLES = "troubles"


@attrs.frozen
class _Test:
    suite: str
    name: str
    place: str = ""
    outcome: str = ""
    message: str = ""
    text: str = ""


def render(verdict: Verdict) -> str:
    """Return the report as JUnit XML; a finding is a failure, what could not be checked is an error.

    >>> "<testsuite " in render(Verdict(checked=(("flood", "first.txt", "later.txt"),)))
    True
    """
    from xml.etree import ElementTree as ET  # it only writes

    suites: dict[str, list[_Test]] = {}
    for test in (*_list_tests(verdict), *_list_troubles(verdict)):
        suites.setdefault(test.suite, []).append(test)
    everything = [test for tests in suites.values() for test in tests]
    root = ET.Element("testsuites", {"name": "consistency", **_count(everything)})
    for name, tests in suites.items():
        suite = ET.SubElement(root, "testsuite", {"name": name, **_count(tests)})
        for test in tests:
            attributes = {"classname": name, "name": test.name} | ({"file": test.place} if test.place else {})
            case = ET.SubElement(suite, "testcase", {**attributes, "time": "0"})
            if test.outcome:
                ET.SubElement(case, test.outcome, {"message": test.message, "type": "finding"}).text = test.text
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _count(tests: list[_Test]) -> dict[str, str]:
    outcomes = [test.outcome for test in tests]
    figures = {"tests": len(tests), "failures": outcomes.count("failure"), "errors": outcomes.count("error")}
    return {name: str(number) for name, number in figures.items()} | {"skipped": "0", "time": "0"}


def _list_tests(verdict: Verdict) -> Iterator[_Test]:
    found: dict[tuple[str, str, str], list[Finding]] = {checked: [] for checked in verdict.checked}
    for finding in verdict.findings:
        found.setdefault((finding.event, finding.left_name, finding.right_name), []).append(finding)
    for (event, left, right), findings in found.items():
        suite, name = _clean(event) or "consistency", _clean(f"{left} and {right}")
        if findings:
            message = _clean(findings[0].message)
            message += f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
            text = "\n".join(_clean(line) for finding in findings for line in tell_finding(finding))
            place = _clean(findings[0].places[-1].name) if findings[0].places else ""
            yield _Test(suite, name, place, "failure", message, text)
        else:
            yield _Test(suite, name)


def _list_troubles(verdict: Verdict) -> Iterator[_Test]:
    for trouble in verdict.troubles:
        line = _clean(trouble)
        yield _Test(_TROUBLES, line, "", "error", line, line)


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", neutralize(text))
