"""Realisation rates: the one implementation of K4a, K4b and K4c.

Plain Python over plain rows, so that plans, teams, reports and tests use the same.
Weights have two decimals; sums are compared in hundredths, as integers, and shown
rates are rounded down to one decimal: 79.96 shows 79.9, and is under 80.
"""

from datetime import date
from typing import NamedTuple


class Row(NamedTuple):
    """What counts of one action."""

    state: str
    weight: float
    original_deadline: date | None
    date_done: date | None = None


class Rate(NamedTuple):
    """Weight done and weight counted, both in hundredths."""

    done: int
    counted: int

    @property
    def shown(self) -> float | None:
        """Percent, rounded down to 1 decimal; None where nothing is counted."""
        if not self.counted:
            return None
        return self.done * 1000 // self.counted / 10

    def meets(self, target: int) -> bool | None:
        """Whether the target (percent) is met exactly; None where nothing counts."""
        if not self.counted:
            return None
        return self.done * 100 >= target * self.counted


def hundredths(weight: float) -> int:
    return round((weight or 0) * 100)


def _sum(rows) -> Rate:
    counted = [row for row in rows if row.state != "dropped"]
    done = sum(hundredths(row.weight) for row in counted if row.state == "done")
    return Rate(done, sum(hundredths(row.weight) for row in counted))


def realisation(rows) -> Rate:
    """K4a: weight done, of the weight of all actions that were not dropped."""
    return _sum(rows)


def due_realisation(rows, day: date) -> Rate:
    """K4b: the same, over actions whose ORIGINAL deadline is on or before a day."""
    return _sum(
        row for row in rows if row.original_deadline and row.original_deadline <= day
    )


def track(state, rows, target, date_end, day) -> str | bool:
    """Where a plan stands on a day (K4c in words).

    :param state: state of the plan; only ``agreed`` and ``evaluated`` have a track
    :param rows: its actions
    :param target: percent, 1-100
    :param date_end: last day of the plan
    :param day: the day to look from
    :return: ``reached`` or ``missed`` when it is decided; before that ``on_track``
        where what was due meets the target, ``at_risk`` where at least three quarters
        of the target is met, else ``behind``; False where nothing is counted
    """
    total = realisation(rows)
    if state not in ("agreed", "evaluated") or not total.counted:
        return False
    if total.meets(target):
        return "reached"
    if state == "evaluated" or day > date_end:
        return "missed"
    due = due_realisation(rows, day)
    if not due.counted or due.meets(target):
        return "on_track"
    return "at_risk" if due.done * 400 >= target * 3 * due.counted else "behind"


def curve(rows) -> list[tuple[date, float]]:
    """The realised rate in time: one point for each day on which something was done."""
    total = realisation(rows)
    if not total.counted:
        return []
    by_day = {}
    for row in rows:
        if row.state == "done" and row.date_done:
            by_day[row.date_done] = by_day.get(row.date_done, 0) + hundredths(row.weight)
    points, done = [], 0
    for day in sorted(by_day):
        done += by_day[day]
        points.append((day, Rate(done, total.counted).shown))
    return points
