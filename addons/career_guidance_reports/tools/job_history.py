"""Time in function (K9), job changes (K10) and age (K11): the one implementation.

From ``hr.version``: a version holds from its date until the next one. What is dated
later than the day to look from is not there yet. Nothing here is confidential to career
guidance, but all of it is private to HR: who may see rows is up to the caller.

Bad histories give no value, never an error: a version without a job interrupts a run; a
present version without a job has no time in function; a birthday that is missing, or
lies after the day, has no age.
"""

from datetime import date
from typing import NamedTuple

from odoo.tools import SQL

# upper bounds in years; the last band is open
FUNCTION_BANDS = (("0", 1), ("1", 3), ("3", 5), ("5", 10), ("10", None))
# five years each; what is below or above shares the outer band
AGE_LOWEST, AGE_HIGHEST, AGE_STEP = 15, 70, 5
DAYS_A_YEAR = 365.25


class Version(NamedTuple):
    """One version of an employee's job."""

    day: date
    job: int | None


# ------------------------------------------------------------------------ plain Python
def function_start(versions, day: date) -> date | None:
    """The first day of the present uninterrupted run of the same job.

    :param versions: :class:`Version` of one employee, in any order
    :param day: the day to look from
    :return: None where there is no version yet, or the present one has no job
    """
    past = sorted(v for v in versions if v.day <= day)
    if not past or not past[-1].job:
        return None
    start = past[-1].day
    for version in reversed(past):
        if version.job != past[-1].job:
            break
        start = version.day
    return start


def years(start: date | None, day: date) -> float | None:
    """Years between two days, in decimals."""
    return None if start is None else (day - start).days / DAYS_A_YEAR


def function_band(value: float | None) -> str | None:
    """The code of the band of a number of years."""
    if value is None or value < 0:
        return None
    for code, upper in FUNCTION_BANDS:
        if upper is None or value < upper:
            return code
    return None


def job_changes(versions, day: date) -> list[tuple[date, int, int]]:
    """Days on which one known job followed another: (day, from, to).

    A version without a job says nothing: leaving and entering it is no change.
    """
    past = sorted(v for v in versions if v.day <= day)
    return [
        (now.day, before.job, now.job)
        for before, now in zip(past, past[1:], strict=False)
        if before.job and now.job and before.job != now.job
    ]


def age(birthday: date | None, day: date) -> int | None:
    """Age in full years; None where it is unknown or negative."""
    if not birthday or birthday > day:
        return None
    return day.year - birthday.year - ((day.month, day.day) < _day_of(birthday))


def _day_of(birthday):
    return (birthday.month, birthday.day)


def age_band(value: int | None) -> str | None:
    """The lowest age of the five-year band."""
    if value is None:
        return None
    lowest = max(AGE_LOWEST, min(value // AGE_STEP * AGE_STEP, AGE_HIGHEST))
    return str(lowest)


def age_labels() -> list[tuple[str, str]]:
    """Code and label of each band; the outer ones are open."""
    labels = [(str(AGE_LOWEST), f"< {AGE_LOWEST + AGE_STEP}")]
    labels += [
        (str(lowest), f"{lowest}-{lowest + AGE_STEP - 1}")
        for lowest in range(AGE_LOWEST + AGE_STEP, AGE_HIGHEST, AGE_STEP)
    ]
    return [*labels, (str(AGE_HIGHEST), f"{AGE_HIGHEST}+")]


# --------------------------------------------------------------------- the same, in SQL
# A property test compares each with the functions above.


def functions_sql(day: date) -> SQL:
    """One row for each employee with a version: the present job and since when.

    :return: query with ``employee_id``, ``job_id`` and ``start``; both are empty where
        the present version has no job
    """
    return SQL(
        """
        SELECT employee_id, MAX(last_job) AS job_id,
               CASE WHEN MAX(last_job) IS NOT NULL
                    THEN MIN(date_version) FILTER (WHERE NOT is_broken) END AS start
          FROM (
                SELECT employee_id, date_version, last_job,
                       bool_or(job_id IS DISTINCT FROM last_job) OVER newest
                           AS is_broken
                  FROM (
                        SELECT id, employee_id, date_version, job_id,
                               first_value(job_id) OVER newest AS last_job
                          FROM hr_version
                         WHERE active AND employee_id IS NOT NULL
                           AND date_version <= %(day)s
                        WINDOW newest AS (
                            PARTITION BY employee_id ORDER BY date_version DESC, id DESC
                        )
                       ) versions
                WINDOW newest AS (
                    PARTITION BY employee_id ORDER BY date_version DESC, id DESC
                )
               ) runs
         GROUP BY employee_id
        """,
        day=day,
    )


def job_changes_sql(day: date) -> SQL:
    """One row for each change from one known job to another.

    :return: query with ``id`` (of the later version), ``employee_id``, ``date``,
        ``from_job_id``, ``to_job_id``, ``from_department_id``, ``to_department_id``
    """
    return SQL(
        """
        SELECT * FROM (
            SELECT id, employee_id, date_version AS date,
                   LAG(job_id) OVER history AS from_job_id, job_id AS to_job_id,
                   LAG(department_id) OVER history AS from_department_id,
                   department_id AS to_department_id
              FROM hr_version
             WHERE active AND employee_id IS NOT NULL AND date_version <= %(day)s
            WINDOW history AS (PARTITION BY employee_id ORDER BY date_version, id)
        ) changed
         WHERE from_job_id != to_job_id
        """,
        day=day,
    )


def change_kind_sql(change: str) -> SQL:
    """Vertical, lateral or for a time, of a row of :func:`job_changes_sql` (K10).

    By the career path where one knows the step. Else a change is vertical from a job
    that leads nobody to one that leads: at least half of who holds it now has reports.

    :param change: alias of the changes, which ``leading`` of :func:`leading_sql` joins
    """
    return SQL(
        """
        COALESCE(
            (SELECT MIN(step.kind) FROM career_path_step step
              WHERE step.from_job_id = %(c)s.from_job_id
                AND step.to_job_id = %(c)s.to_job_id),
            CASE WHEN %(c)s.to_job_id IN (%(leading)s)
                  AND %(c)s.from_job_id NOT IN (%(leading)s)
                 THEN 'vertical' ELSE 'lateral' END
        )
        """,
        c=SQL.identifier(change),
        leading=leading_sql(),
    )


def leading_sql() -> SQL:
    """Jobs whose holders lead: at least half of them have reports."""
    return SQL(
        """
        SELECT holder_version.job_id
          FROM hr_employee holder
          JOIN hr_version holder_version
            ON holder_version.id = holder.current_version_id
          LEFT JOIN (SELECT DISTINCT parent_id FROM hr_employee
                      WHERE active AND parent_id IS NOT NULL) boss
            ON boss.parent_id = holder.id
         WHERE holder.active AND holder_version.job_id IS NOT NULL
         GROUP BY holder_version.job_id
        HAVING 2 * COUNT(boss.parent_id) >= COUNT(*)
        """
    )


def function_band_sql(value: SQL) -> SQL:
    """The code of the band of a number of years."""
    cases = SQL(" ").join(
        SQL("WHEN %s < %s THEN %s", value, upper, code)
        for code, upper in FUNCTION_BANDS
        if upper is not None
    )
    return SQL(
        "CASE WHEN %(value)s IS NULL OR %(value)s < 0 THEN NULL %(cases)s"
        " ELSE %(last)s END",
        value=value,
        cases=cases,
        last=FUNCTION_BANDS[-1][0],
    )


def years_sql(start: SQL, day: date) -> SQL:
    """Years between a day in the query and a day."""
    return SQL("((%s - %s)::numeric / %s)", day, start, DAYS_A_YEAR)


def age_band_sql(birthday: SQL, day: date) -> SQL:
    """The lowest age of the five-year band, as text."""
    return SQL(
        """
        CASE WHEN %(birthday)s <= %(day)s THEN GREATEST(%(lowest)s, LEAST(
            %(highest)s,
            EXTRACT(YEAR FROM age(%(day)s, %(birthday)s))::int / %(step)s * %(step)s
        ))::text END
        """,
        birthday=birthday,
        day=day,
        lowest=AGE_LOWEST,
        highest=AGE_HIGHEST,
        step=AGE_STEP,
    )


def population_sql(companies, employee: str = "employee", version: str = "version"):
    """The population P of companies: active, and of a type that their policy names.

    :param companies: ``res.company``
    :return: condition on the two aliases; never true where there is no company
    """
    by_types: dict[tuple, list] = {}
    for company in companies:
        codes = tuple(sorted(company._career_employee_type_codes()))
        by_types.setdefault(codes, []).append(company.id)
    parts = [
        SQL(
            "(%s IN %s AND %s IN %s)",
            SQL.identifier(employee, "company_id"),
            tuple(ids),
            SQL.identifier(version, "employee_type"),
            codes,
        )
        for codes, ids in by_types.items()
    ]
    return SQL(
        "%s AND (%s)",
        SQL.identifier(employee, "active"),
        SQL(" OR ").join(parts) if parts else SQL("FALSE"),
    )
