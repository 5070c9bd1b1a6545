"""A review in words: what one artifact's report says, as plain data, as text for terminals, as static HTML."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from curriculum.cases import Case
from curriculum.course.table_titles import load_titles
from curriculum.support.printable import printable
from curriculum.support.text_table import text_table
from graders.report import ArtifactReport, Finding, Held, Report, Status, plain
from graders.rubric import GATE_CAP, Feedback

WIDTH = 100
"""Columns of a report in a terminal."""

MAX_ROWS = 40
"""How many rows of evidence one finding shows."""

_FEEDBACK_WORDS = {
    Feedback.ESSENTIAL: "Essential",
    Feedback.ACTIONABLE: "To change",
    Feedback.INFORMATIVE: "To know",
    Feedback.CELEBRATORY: "Essential, and right",
}


def review(report: ArtifactReport, case: Case) -> dict[str, Any]:
    """What a report says, as plain JSON: every view of a report is drawn from this and nothing else.

    `status` is one of the words of `Status`. `findings` are what to change, essential first, each with the
    questions that it keeps `open`; `waiting` are questions that wait for something else than a finding here;
    `believed` are questions that only the learner can answer; `broken` are checks that failed themselves; `passed` is
    what is right. Texts come from files of learners: show them escaped.
    """
    failed, opened = report.failed(), report.open()
    passed = [finding for finding in report.findings if finding.passed]
    here = {finding.criterion for finding in failed}
    sign_offs = _sign_offs(report, case)
    return {
        "kind": report.kind,
        "file": f"answers/{report.kind}.yaml",
        "title": report.title,
        "status": report.status.value,
        "points": number(round(report.points, 2)),
        "maximum": number(report.maximum),
        "share": round(report.points / report.maximum, 4) if report.maximum else 0.0,
        "label": report.label,
        "headline": _headline(report, sign_offs),
        "advice": _advice(report, failed),
        "sign_offs": sign_offs,
        "findings": [_finding(finding, case, opened) for finding in failed],
        "waiting": [_finding(finding, case) for finding in opened if finding.waits_for not in here],
        "believed": [_finding(finding, case) for finding in report.believed()],
        "broken": [_finding(finding, case) for finding in report.broken()],
        "passed": [_finding(finding, case) for finding in passed],
        "unread": [
            {"place": printable(text.place), "title": printable(text.title), "words": text.words}
            for text in report.unread
        ],
        "held": _held(report.held),
        "problems": [
            {
                "place": printable(", ".join(part for part in (_line(problem.line), problem.field) if part)),
                "found": printable(problem.found),
                "expected": printable(problem.expected),
            }
            for problem in report.problems
        ],
    }


def person(case: Case, id: str) -> dict[str, Any]:
    """Who speaks, ready to be shown; an id that the case does not know stands for itself."""
    known = case.people.get(id)
    if known is None:
        return {"id": id, "name": id, "role": "", "initials": id[:2].upper(), "hue": 260, "cares": ""}
    return {
        "id": id,
        "name": known.label,
        "role": known.role,
        "initials": known.initials,
        "hue": known.hue,
        "cares": known.cares_about,
    }


def number(value: Any) -> str:
    """A number as people read it; anything else as text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}" if abs(value) >= 10_000 else str(value)
    if isinstance(value, float):
        if value == int(value) or abs(value) >= 10_000:
            return number(round(value))
        return f"{value:.4g}" if abs(value) < 1000 else f"{value:.1f}"
    return "" if value is None else printable(str(value))


def _line(line: int) -> str:
    return f"line {line}" if line else ""


def _headline(report: ArtifactReport, sign_offs: list[dict[str, Any]]) -> str:
    if report.status is Status.NOT_ATTEMPTED:
        return "Nothing is written yet."
    if report.status is Status.INVALID:
        return "The file cannot be read yet, so nobody could review it."
    signed = sum(sign_off["signed"] for sign_off in sign_offs)
    if report.held and report.held.looked_at:
        return "A person has looked at what is shown below, and it does not stand as it is. Nobody signs it."
    if report.held:
        return "This waits for a person, who looks at what is shown below. Nobody signs before that."
    if report.label:
        return f"{report.label} Nobody signs what only you can know."
    if signed == len(sign_offs):
        return (
            f"Signed off on what can be checked; {_unread_words(report)}." if report.unread else "Everybody signs off."
        )
    if not signed:
        return "Nobody signs off yet."
    return f"{signed} of {len(sign_offs)} people {'signs' if signed == 1 else 'sign'} off."


def _unread_words(report: ArtifactReport) -> str:
    return f"{len(report.unread)} {'text' if len(report.unread) == 1 else 'texts'} unread"


def _unread_titles(shown: Mapping[str, Any]) -> str:
    """What the unread texts are called; of a list, whose texts all have one title, that with their number."""
    counted = Counter(text["title"] for text in shown["unread"])
    return ", ".join(title if count == 1 else f"{title} ({count} texts)" for title, count in counted.items())


def _held(held: Held | None) -> dict[str, str] | None:
    if held is None:
        return None
    return {name: printable(getattr(held, name)) for name in ("sentence", "mine", "theirs", "where")}


def _advice(report: ArtifactReport, failed: Sequence[Finding]) -> str:
    if report.status is Status.NOT_ATTEMPTED:
        return f"Fill in the form, or write answers/{report.kind}.yaml in an editor. Then check again."
    if report.status is Status.INVALID:
        return f"Mend these places in answers/{report.kind}.yaml, save, and check again."
    if not any(finding.gate for finding in failed):
        return ""
    most = number(round(report.maximum * GATE_CAP, 2))
    return f"Begin with what is essential. While it is open, at most {most} of {report.maximum} points count."


def _sign_offs(report: ArtifactReport, case: Case) -> list[dict[str, Any]]:
    asking = {finding.voice for finding in report.failed()}
    return [
        {
            **person(case, sign_off.voice),
            "signed": sign_off.signed,
            "words": "signs off"
            if sign_off.signed
            else "does not sign it as it is"
            if report.held and report.held.looked_at
            else "waits for a person to look"
            if report.held
            else "asks for changes"
            if sign_off.voice in asking
            else "knows nothing of it, and signs nothing"
            if report.label
            else "waits to ask"
            if sign_off.waiting
            else "could not check everything",
            "met": sign_off.met,
            "of": sign_off.of,
        }
        for sign_off in report.sign_offs
    ]


MOST_SHOWN = 4
"""How many objections of one finding are shown; the rest is counted."""


MOST_MARKED = 40
"""How many places a form marks for one finding."""


def _finding(finding: Finding, case: Case, opened: Sequence[Finding] = ()) -> dict[str, Any]:
    first, further = finding.objections[:1], finding.objections[1:MOST_SHOWN]
    return {
        "id": finding.criterion,
        "who": person(case, finding.voice),
        "sentence": printable(finding.sentence),
        "found": titled(finding.finding, case),
        "expected": titled(finding.expected, case),
        "place": printable(first[0].place) if first else "",
        "also": [{"found": titled(one.found, case), "place": printable(one.place)} for one in further],
        "more": max(0, len(finding.objections) - MOST_SHOWN),
        "marks": [
            {"place": printable(one.place), "found": titled(one.found, case)}
            for one in finding.objections[:MOST_MARKED]
        ],
        "kind": finding.feedback.value,
        "kind_words": _FEEDBACK_WORDS[finding.feedback],
        "points": finding.points,
        "points_words": "1 point" if finding.points == 1 else f"{finding.points} points",
        "evidence": _evidence(
            (*finding.evidence, *(row for one in further for row in one.evidence if row not in finding.evidence)), case
        ),
        "hints": finding.hints,
        "open": [
            {"id": one.criterion, "sentence": printable(one.sentence), "who": person(case, one.voice)}
            for one in opened
            if one.waits_for == finding.criterion
        ],
    }


def titled(text: str, case: Case) -> str:
    """The text with tables by their titles, where it names them as Python does, between backticks."""

    def title(found: re.Match[str]) -> str:
        return f"“{load_titles(case.slug).table(found[1])}”" if found[1] in case.columns else found[0]

    return printable(re.sub(r"`(\w+)`", title, text))


def _evidence(rows: Sequence[Mapping[str, Any]], case: Case) -> dict[str, Any]:
    said = load_titles(case.slug).said

    def cell(value: object) -> str:
        return titled(said(value), case) if isinstance(value, str) else number(plain(value))

    columns = list(dict.fromkeys(column for row in rows for column in row))
    return {
        "columns": [printable(str(column)).replace("_", " ") for column in columns],
        "rows": [[cell(row.get(column)) for column in columns] for row in rows[:MAX_ROWS]],
        "numeric": [all(isinstance(plain(row.get(column)), int | float | None) for row in rows) for column in columns],
        "more": max(0, len(rows) - MAX_ROWS),
    }


# As text


def report_text(report: Report | ArtifactReport, case: Case) -> str:
    """A report as plain text, at most 100 columns wide: a whole lesson's, or one artifact's."""
    if isinstance(report, ArtifactReport):
        return review_text(review(report, case))
    parts = [review_text(review(artifact, case)) for artifact in report.artifacts]
    notes = [_wrap(printable(note), "Note: ") for note in report.notes]
    total = f"Together: {number(round(report.points, 2))} of {number(report.maximum)} points"
    return "\n\n".join([*parts, "\n".join([*notes, total])])


def review_text(shown: Mapping[str, Any]) -> str:
    """One review as plain text."""
    score = f"{shown['points']} of {shown['maximum']} points"
    lines = [f"{shown['title']:<{WIDTH - len(score) - 1}} {score}", "─" * WIDTH, shown["headline"]]
    lines += [_wrap(shown["advice"])] if shown["advice"] else []
    for problem in shown["problems"]:
        lines += ["", _wrap(problem["place"] or shown["file"], "  "), *_found_expected(problem, "  ")]
    if shown["sign_offs"]:
        lines.append("")
        width = max(len(_name(who)) for who in shown["sign_offs"])
        lines += [
            f"  {'✓' if who['signed'] else '·'} {_name(who):<{width}}  {who['words']} ({who['met']} of {who['of']})"
            for who in shown["sign_offs"]
        ]
    for position, finding in enumerate(shown["findings"], start=1):
        lines += ["", *_finding_text(finding, f"{position}. ")]
    if shown["waiting"]:
        lines += ["", f"{_cannot_be_asked(len(shown['waiting']))}:"]
        lines += [_wrap(f"{finding['sentence']} {finding['found']}", "…  ") for finding in shown["waiting"]]
    if shown["believed"]:
        lines += ["", f"{_believed_words(len(shown['believed']))}:"]
        lines += [_wrap(f"{finding['sentence']} {finding['found']}", "?  ") for finding in shown["believed"]]
    for finding in shown["broken"]:
        lines += ["", _wrap(finding["sentence"], "!  "), _wrap(finding["found"], "   ")]
    if shown["held"]:
        held = shown["held"]
        lines += ["", _wrap(held["sentence"]), _wrap(held["mine"], "  Yours:  ")]
        lines += [_wrap(held["theirs"], "  Beside: ")] if held["theirs"] else []
    if shown["unread"]:
        lines += ["", _wrap(f"{_unread_titles(shown)}.", "Nobody has read: ")]
    if shown["passed"]:
        lines += ["", _right_words(len(shown["passed"])) + ":"]
        lines += [_wrap(f"{finding['sentence']} {finding['found']}", "✓  ") for finding in shown["passed"]]
    return "\n".join(lines)


def _finding_text(finding: Mapping[str, Any], lead: str) -> Iterable[str]:
    blank = " " * len(lead)
    yield f"{lead}{finding['kind_words']} · {_name(finding['who'])} · {finding['points_words']}"
    yield _wrap(finding["sentence"], blank)
    yield from _found_expected(finding, blank)
    yield from (_wrap(sentence, f"{blank}Also:     ") for sentence in _also(finding))
    evidence = finding["evidence"]
    if evidence["rows"]:
        yield from _table(evidence, blank + "  ")
    if finding["hints"]:
        yield f"{blank}Hints: {finding['hints']}"
    if finding["open"]:
        yield f"{blank}{_open_words(len(finding['open']))}"


def _also(finding: Mapping[str, Any]) -> list[str]:
    """What else speaks against it, in sentences."""
    said = [str(one["found"]) for one in finding["also"]]
    return [*said, f"And {finding['more']} more like it."] if finding["more"] else said


def _open_words(count: int) -> str:
    return f"Then {'one more question' if count == 1 else f'{count} more questions'} can be asked."


def _cannot_be_asked(count: int) -> str:
    return "1 question cannot be asked yet" if count == 1 else f"{count} questions cannot be asked yet"


def _believed_words(count: int) -> str:
    return f"Only you can know {'this' if count == 1 else f'these {count} things'}"


def _found_expected(said: Mapping[str, Any], lead: str) -> list[str]:
    lines = [_wrap(said["found"], f"{lead}Found:    ")]
    return [*lines, _wrap(said["expected"], f"{lead}Expected: ")] if said["expected"] else lines


def _table(evidence: Mapping[str, Any], lead: str) -> Iterable[str]:
    width = WIDTH - len(lead)
    yield from (lead + line for line in text_table(evidence["columns"], evidence["rows"], evidence["numeric"], width))
    if evidence["more"]:
        yield f"{lead}and {evidence['more']} more"


def _name(who: Mapping[str, Any]) -> str:
    return f"{who['name']}, {who['role']}" if who["role"] else str(who["name"])


def _right_words(count: int) -> str:
    return "1 thing is right" if count == 1 else f"{count} things are right"


def _wrap(text: str, lead: str = "") -> str:
    return textwrap.fill(" ".join(text.split()), WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead))


# As HTML


def report_html(report: Report | ArtifactReport, case: Case) -> str:
    """A report as static HTML, everything escaped, readable without any style sheet."""
    if isinstance(report, ArtifactReport):
        return review_html(review(report, case))
    parts = [review_html(review(artifact, case)) for artifact in report.artifacts]
    return "\n".join([*parts, *(f"<p><em>Note:</em> {escape(printable(note))}</p>" for note in report.notes)])


def review_html(shown: Mapping[str, Any]) -> str:
    """One review as static HTML."""
    parts = [
        f"<p><strong>{escape(shown['title'])}</strong>: {shown['points']} of {shown['maximum']} points. "
        f"{escape(shown['headline'])} {escape(shown['advice'])}</p>"
    ]
    if shown["problems"]:
        rows = [[problem["place"], problem["found"], problem["expected"]] for problem in shown["problems"]]
        parts.append(_html_table(["Place", "Found", "Expected"], rows))
    if shown["sign_offs"]:
        rows = [[_name(who), f"{who['words']} ({who['met']}\u00a0of\u00a0{who['of']})"] for who in shown["sign_offs"]]
        parts.append(_html_table(["Who", "Says"], rows))
    if shown["findings"]:
        parts.append(f"<ol>{''.join(_finding_html(finding) for finding in shown['findings'])}</ol>")
    if shown["waiting"]:
        items = "".join(f"<li>{escape(f['sentence'])} {escape(f['found'])}</li>" for f in shown["waiting"])
        words = _cannot_be_asked(len(shown["waiting"]))
        parts.append(f"<details><summary>{words}</summary><ul>{items}</ul></details>")
    if shown["believed"]:
        items = "".join(f"<li>{escape(f['sentence'])} {escape(f['found'])}</li>" for f in shown["believed"])
        words = _believed_words(len(shown["believed"]))
        parts.append(f"<details><summary>{words}</summary><ul>{items}</ul></details>")
    parts += [f"<p>{escape(finding['sentence'])} {escape(finding['found'])}</p>" for finding in shown["broken"]]
    if held := shown["held"]:
        beside = f"{held['where'][:1].upper()}{held['where'][1:]}"
        sides = [["Yours", held["mine"]], *([[beside, held["theirs"]]] if held["theirs"] else [])]
        parts.append(f"<p>{escape(held['sentence'])}</p>{_html_table(['Whose', 'Words'], sides)}")
    if shown["unread"]:
        parts.append(f"<p>Nobody has read: {escape(_unread_titles(shown))}.</p>")
    if shown["passed"]:
        right = "".join(f"<li>{escape(_said_once(f))}</li>" for f in shown["passed"])
        parts.append(f"<details><summary>{_right_words(len(shown['passed']))}</summary><ul>{right}</ul></details>")
    return "\n".join(parts)


def _said_once(finding: Mapping[str, Any]) -> str:
    """What was asked and what was found, once where both are the same words."""
    asked, found = finding["sentence"], finding["found"]
    return asked if asked.startswith(found.rstrip(".")) else f"{asked} {found}"


def _finding_html(finding: Mapping[str, Any]) -> str:
    expected = f"<br>Expected: {escape(finding['expected'])}" if finding["expected"] else ""
    evidence = finding["evidence"]
    table = _html_table(evidence["columns"], evidence["rows"]) if evidence["rows"] else ""
    also = "".join(f"<br>Also: {escape(sentence)}" for sentence in _also(finding))
    then = f"<p>{_open_words(len(finding['open']))}</p>" if finding["open"] else ""
    return (
        f"<li><p><strong>{escape(finding['sentence'])}</strong><br>"
        f"{escape(finding['kind_words'])} · {escape(_name(finding['who']))} · {finding['points_words']}<br>"
        f"Found: {escape(finding['found'])}{expected}{also}</p>{table}{then}</li>"
    )


def _html_table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
