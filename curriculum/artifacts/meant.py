"""What somebody meant who wrote a number or a day as people write them: for messages, nothing is read so."""

from __future__ import annotations

import datetime as dt
import re

_NUMBER = re.compile(r"(?P<number>[-+−]?\d[\d.,  '’]*)(?P<unit>\s*(?:%|€|\$|[^\W\d_]+)?\.?)")
_THOUSANDS = re.compile(r"[-+−]?\d{1,3}(?:[  '’]\d{3})+")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_IN_WORDS = (
    r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?(?: of)? (?P<month>[a-z]{3,9})\.?,? (?P<year>\d{4})",
    r"(?P<month>[a-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})",
    r"(?P<day>\d{1,2})\. ?(?P<number>\d{1,2})\. ?(?P<year>\d{4})",
    r"(?P<year>\d{4})[./](?P<number>\d{1,2})[./](?P<day>\d{1,2})",
)


def meant_number(text: str) -> str:
    """A number as a file wants it: `73.1` for "73,1", "73,1 %" and "€ 73.1"; blank where more than one is possible.

    "1,234" is a thousand to some and little more than one to others, so nothing is proposed for it.
    """
    match = _NUMBER.fullmatch(text.strip().lstrip("€$ "))
    if match is None:
        return ""
    number = match["number"].strip().replace("−", "-")
    whole = re.split(r"[.,]", number)[0]
    if re.search(r"[  '’]", number):
        if not _THOUSANDS.fullmatch(whole):
            return ""
        number = re.sub(r"[  '’]", "", number)
    points = [sign for sign in number if sign in ".,"]
    if len(points) == 1:
        before, after = re.split(r"[.,]", number)
        if points == [","] and len(after) == 3 and 0 < int(before.lstrip("+-") or 0) < 1000:
            return ""
        number = f"{before}.{after}"
    elif points:
        last = points[-1]
        if points.count(last) > 1 or len({*points[:-1]}) > 1:
            return ""
        before, after = number.rsplit(last, 1)
        number = f"{before.replace(points[0], '')}.{after}"
    try:
        return f"{float(number):.12g}"
    except ValueError:
        return ""


def meant_day(text: str) -> str:
    """A day as a file wants it: `2027-12-03` for "3 December 2027" or "3.12.2027"; blank without a year, and where
    the day or the month may come first."""
    said = " ".join(text.strip().casefold().split())
    for pattern in _IN_WORDS:
        if match := re.fullmatch(pattern, said):
            parts = match.groupdict()
            month = int(parts["number"]) if parts.get("number") else _month(parts["month"])
            try:
                return dt.date(int(parts["year"]), month, int(parts["day"])).isoformat()
            except ValueError:
                return ""
    return ""


def _month(name: str) -> int:
    """The month that a name or its beginning stands for; 0, which is none, otherwise."""
    return next((number for number, month in enumerate(_MONTHS, start=1) if month.startswith(name)), 0)
