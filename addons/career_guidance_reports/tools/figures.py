"""Key figures from plain rows: values, and why there is none.

A row is what one person adds to a figure: (numerator, denominator). Nothing here knows
of the database; `queries.py` gets the rows, `disclosure.py` says what may be shown.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple


class Row(NamedTuple):
    """One person in one figure: in line documents, and in all of them."""

    person: int
    num_line: int
    den_line: int
    num_all: int
    den_all: int


def value(kind: str, num, den) -> float | None:
    """The figure that is shown; None where nothing is counted (never 0 or 100).

    :param kind: ``rate`` percent, rounded down to 1 decimal (79.96 shows 79.9);
        ``tenths`` mean of numbers given in tenths; ``mean`` mean; ``count`` a number
    """
    if kind == "count":
        return float(num)
    if not den:
        return None
    if kind == "rate":
        return int(num) * 1000 // int(den) / 10
    if kind == "tenths":
        return int(num) // int(den) / 10
    return round(num / den, 1)


def hidden_part_is_large(rows, k, population, per_person, sealed=False) -> bool:
    """Whether a figure of the company may count beyond the line.

    HR can list the line documents. What a figure adds to them is about people who were
    heard elsewhere: it is added only where it is about at least ``k`` people, where of
    at least ``k`` others the same could be true, and, where the content is
    confidential, where at least ``k`` of them count as yes and ``k`` as no.

    :param rows: iterable of :class:`Row`
    :param population: number of people in the population
    :param per_person: each person counts once, so that only "yes" can be added
    """
    people = yes = no = taken = 0
    for row in rows:
        more_num = row.num_all - row.num_line
        more_den = 0 if per_person else row.den_all - row.den_line
        taken += per_person and row.num_line > 0
        if more_num or more_den:
            people += 1
            yes += more_num > 0
            no += more_num < more_den
    enough = people >= k and population - taken - people >= k
    return enough and (not sealed or per_person or min(yes, no) >= k)


def basis(rows: Iterable[Row], use_all: bool) -> dict[int, tuple[int, int]]:
    """Rows of the chosen documents: {person: (numerator, denominator)}."""
    picked = (
        (r.person, (r.num_all, r.den_all) if use_all else (r.num_line, r.den_line))
        for r in rows
    )
    return {person: row for person, row in picked if row[1]}


def total(rows: dict, members: Iterable[int]) -> tuple[int, int]:
    """Numerator and denominator of a group."""
    num = den = 0
    for person in members:
        row = rows.get(person)
        if row:
            num, den = num + row[0], den + row[1]
    return num, den


def equity(group, others) -> int | None:
    """K13: the rate of a group as a percentage of the rate of all others.

    :param group: (numerator, denominator) of the group
    :param others: the same of all others
    :return: rounded down; None where one of the rates has no value or is 0
    """
    if not group[1] or not others[1] or not others[0]:
        return None
    return group[0] * others[1] * 100 // (group[1] * others[0])


# bands of K9: from this many years on
YEARS = (0, 1, 3, 5, 10)


def years_band(years: float) -> int:
    return max(start for start in YEARS if years >= start)


def quantile(values: list, part: float) -> float | None:
    """As most spreadsheets do it (linear between the two nearest)."""
    if not values:
        return None
    ordered = sorted(values)
    place = (len(ordered) - 1) * part
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def time_in_function(days: Iterable[int]) -> dict[str, float | None]:
    """K9: median, quartiles and the share of each band, from days in the job."""
    years = [max(day, 0) / 365.25 for day in days]
    bands = Counter(map(years_band, years))
    result = {
        name: None if found is None else round(found, 1)
        for name, found in (
            ("", quantile(years, 0.5)),
            ("q1", quantile(years, 0.25)),
            ("q3", quantile(years, 0.75)),
        )
    }
    for start in YEARS:
        result[f"band:{start}"] = value("rate", bands[start], len(years))
    return result


def age_band(birthday, day) -> str:
    """The 5-year band of an age: "30" is 30 to 34; "" where it is not known."""
    if not birthday or birthday > day:
        return ""
    passed = (day.month, day.day) >= (birthday.month, birthday.day)
    age = day.year - birthday.year - (not passed)
    return str(age // 5 * 5)
