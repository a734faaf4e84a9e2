"""Time in function (K9), job changes (K10) and age (K11), as rows of lists.

From ``hr.version``: a version holds from its date until the next one. What is dated
later than the day to look from is not there yet. Nothing here is confidential to career
guidance, but all of it is private to HR: who may see rows is up to the caller.

Bad histories give no value, never an error: a version without a job interrupts a run; a
present version without a job has no time in function; a birthday that is missing, or
lies after the day, has no age.
"""

from datetime import date

from odoo.tools import SQL

# code and upper bound in years; the last band is open. Codes sort as they mean.
FUNCTION_BANDS = (("00", 1), ("01", 3), ("03", 5), ("05", 10), ("10", None))
# five years each; what is below or above shares the outer band
AGE_LOWEST, AGE_HIGHEST, AGE_STEP = 15, 70, 5
DAYS_A_YEAR = 365.25


def age_labels() -> list[tuple[str, str]]:
    """Code and label of each band; the outer ones are open."""
    labels = [(str(AGE_LOWEST), f"< {AGE_LOWEST + AGE_STEP}")]
    labels += [
        (str(lowest), f"{lowest}-{lowest + AGE_STEP - 1}")
        for lowest in range(AGE_LOWEST + AGE_STEP, AGE_HIGHEST, AGE_STEP)
    ]
    return [*labels, (str(AGE_HIGHEST), f"{AGE_HIGHEST}+")]


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

    By the career path where one knows the step. Else a change is vertical where it goes
    from a job whose holders lead nobody to one with holders who lead somebody today.

    :param change: alias of the changes
    """
    return SQL(
        """
        COALESCE(
            (SELECT MAX(step.kind) FROM career_path_step step
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
    """Jobs with a holder who leads somebody today."""
    return SQL(
        """
        SELECT DISTINCT boss_version.job_id
          FROM hr_employee report
          JOIN hr_employee boss ON boss.id = report.parent_id
          JOIN hr_version boss_version ON boss_version.id = boss.current_version_id
         WHERE report.active AND boss.active AND report.id != boss.id
           AND boss_version.job_id IS NOT NULL
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
