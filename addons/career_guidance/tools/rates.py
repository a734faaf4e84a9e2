"""Realisation rates: the one implementation of K4a, K4b and K4c.

Plain Python over plain rows, so that plans, teams, reports and tests use the same.
Weights have two decimals; sums are compared in hundredths, as integers, and shown
rates are rounded down to one decimal: 79.96 shows 79.9, and is under 80.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from odoo.tools import SQL

OPEN_STATES = ("todo", "doing", "drop_asked")
CAUSES = ("employee", "employer", "both", "outside", "none")


class Row(NamedTuple):
    """What counts of one action."""

    state: str
    weight: float
    original_deadline: date | None
    date_done: date | None = None
    cause: str | bool | None = None


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
            by_day[row.date_done] = by_day.get(row.date_done, 0) + hundredths(
                row.weight
            )
    points, done = [], 0
    for day in sorted(by_day):
        done += by_day[day]
        points.append((day, Rate(done, total.counted).shown))
    return points


def judged(state, rows, day) -> Rate | None:
    """K4c: the rate by which a plan is judged; None where it cannot be judged yet.

    An evaluated plan by all its actions (K4a), an agreed one by what was due (K4b).
    """
    if state not in ("agreed", "evaluated"):
        return None
    rate = realisation(rows) if state == "evaluated" else due_realisation(rows, day)
    return rate if rate.counted else None


class Pool(NamedTuple):
    """The same figures for a group of plans; weights in hundredths (K4c, K4d)."""

    plans: int = 0
    judged: int = 0
    met: int = 0
    done: int = 0
    counted: int = 0
    lost: dict | None = None

    @property
    def realised(self) -> float | None:
        """K4d, in percent, rounded down to 1 decimal."""
        return Rate(self.done, self.counted).shown

    @property
    def met_rate(self) -> float | None:
        """K4c, in percent, rounded down to 1 decimal."""
        return self.met * 1000 // self.judged / 10 if self.judged else None


def pool(plans: Iterable, day: date) -> Pool:
    """Figures of a group.

    :param plans: iterable of (state, rows, target)
    :param day: the day to look from
    :return: :class:`Pool`; ``lost`` is the weight of what was not done in evaluated
        plans, by cause ("none" where nobody gave one)
    """
    count = judgeable = met = done = counted = 0
    lost = dict.fromkeys(CAUSES, 0)
    for state, rows, target in plans:
        if state not in ("agreed", "evaluated"):
            continue
        count += 1
        total = realisation(rows)
        done, counted = done + total.done, counted + total.counted
        rate = judged(state, rows, day)
        if rate is not None:
            judgeable += 1
            met += rate.meets(target)
        if state == "evaluated":
            for row in rows:
                if row.state in OPEN_STATES:
                    lost[row.cause or "none"] += hundredths(row.weight)
    return Pool(count, judgeable, met, done, counted, lost)


# ------------------------------------------------------------------- the same, in SQL
# For searches and groups over many plans. A property test compares each with the
# functions above; weights are numeric(8, 2), so that sums are exact here as well.


def sums_sql(plan: str, day: date) -> SQL:
    """The sums of one plan, of all its actions and of those due on a day.

    For a LATERAL join: only the plans that are left by the rest of the query cost
    anything, and each of them one look at an index. What does not depend on the day is
    stored on the plan; of an evaluated plan only what was not done is looked up (by
    cause), of any other plan only what is due.

    :param plan: alias of ``career_plan`` in the query
    """
    return SQL(
        """
        SELECT COALESCE(%(p)s.weight_done, 0) AS done,
               COALESCE(%(p)s.weight_counted, 0) AS counted,
               due.due_done, due.due_counted,
               lost.lost, lost.lost_employee, lost.lost_employer, lost.lost_both,
               lost.lost_outside
          FROM (
                SELECT COALESCE(SUM(weight) FILTER (WHERE state = 'done'), 0)
                           AS due_done,
                       COALESCE(SUM(weight), 0) AS due_counted
                  FROM career_plan_action
                 WHERE plan_id = %(p)s.id AND %(p)s.state != 'evaluated'
                   AND state != 'dropped' AND original_deadline <= %(day)s
               ) due
         CROSS JOIN (
                SELECT COALESCE(SUM(weight), 0) AS lost,
                       COALESCE(SUM(weight) FILTER (
                           WHERE not_done_cause = 'employee'
                       ), 0) AS lost_employee,
                       COALESCE(SUM(weight) FILTER (
                           WHERE not_done_cause = 'employer'
                       ), 0) AS lost_employer,
                       COALESCE(SUM(weight) FILTER (
                           WHERE not_done_cause = 'both'
                       ), 0) AS lost_both,
                       COALESCE(SUM(weight) FILTER (
                           WHERE not_done_cause = 'outside'
                       ), 0) AS lost_outside
                  FROM career_plan_action
                 WHERE plan_id = %(p)s.id AND %(p)s.state = 'evaluated'
                   AND state IN %(open)s
               ) lost
        """,
        p=SQL.identifier(plan),
        day=day,
        open=OPEN_STATES,
    )


def judged_sql(plan: str, sums: str) -> tuple[SQL, SQL]:
    """K4c: whether a plan can be judged, and whether it meets its target."""
    plan, sums = SQL.identifier(plan), SQL.identifier(sums)
    evaluated = SQL("(%s.state = 'evaluated')", plan)
    return (
        SQL(
            "COALESCE(CASE WHEN %(e)s THEN %(s)s.counted ELSE %(s)s.due_counted END, 0)"
            " > 0",
            e=evaluated,
            s=sums,
        ),
        SQL(
            "CASE WHEN %(e)s THEN %(s)s.done * 100 >= %(p)s.target_rate * %(s)s.counted"
            " ELSE %(s)s.due_done * 100 >= %(p)s.target_rate * %(s)s.due_counted END",
            e=evaluated,
            s=sums,
            p=plan,
        ),
    )


def track_sql(plan: str, sums: str, day: date) -> SQL:
    """:func:`track` of a plan; NULL where it has none.

    :param plan: alias of ``career_plan`` in the query
    :param sums: alias of :func:`sums_sql`, joined from the left
    """
    plan, sums = SQL.identifier(plan), SQL.identifier(sums)
    return SQL(
        """
        CASE WHEN %(plan)s.state NOT IN ('agreed', 'evaluated') THEN NULL
             WHEN COALESCE(%(sums)s.counted, 0) = 0 THEN NULL
             WHEN %(sums)s.done * 100 >= %(plan)s.target_rate * %(sums)s.counted
             THEN 'reached'
             WHEN %(plan)s.state = 'evaluated' OR %(plan)s.date_end < %(day)s
             THEN 'missed'
             WHEN %(sums)s.due_counted = 0
               OR %(sums)s.due_done * 100 >= %(plan)s.target_rate * %(sums)s.due_counted
             THEN 'on_track'
             WHEN %(sums)s.due_done * 400
                  >= %(plan)s.target_rate * 3 * %(sums)s.due_counted
             THEN 'at_risk'
             ELSE 'behind'
        END
        """,
        plan=plan,
        sums=sums,
        day=day,
    )


def suppress(rows: list[dict], threshold: int, size="employees") -> list[dict]:
    """Suppress what is too small, and what a total would give away.

    Rows are parts of one total that is shown beside them. A part with fewer people
    than the threshold is suppressed; where that is the only one, the smallest of the
    others goes with it, or the total minus the others would show it.

    :param rows: dictionaries; each gets the key ``suppressed``
    :param size: the key with the number of people
    """
    for row in rows:
        row["suppressed"] = row[size] < threshold
    hidden = [row for row in rows if row["suppressed"] and row[size]]
    if hidden and sum(row[size] for row in hidden) < threshold:
        shown = [row for row in rows if not row["suppressed"]]
        if shown:
            min(shown, key=lambda row: row[size])["suppressed"] = True
    return rows
