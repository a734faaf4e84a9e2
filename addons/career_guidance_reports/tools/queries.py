"""The rows of the key figures, set by set: one query a figure, whatever the size.

Each query of :data:`ROWS` gives, per person, (person, numerator and denominator in line
documents, the same in all documents). Parameters are those of :func:`parameters`. The
people are the members of the groups of some years; see `disclosure.py`.
"""

from datetime import datetime, time, timedelta

from odoo.tools import SQL

from odoo.addons.career_guidance.tools import rates

# Documents of the line only: nobody in the line, nor HR, is kept out of them.
_LINE = """
    ({0}.conductor_role = 'n1' AND {0}.hidden_from_n1 IS NOT TRUE
     AND {0}.hidden_from_n2 IS NOT TRUE AND {0}.hidden_from_hr IS NOT TRUE)
"""
_HELD = """
    c.state IN ('held', 'closed') AND c.date_held >= %(start)s
    AND c.date_held < %(stop)s
"""
_PLANS = """
    p.state IN ('agreed', 'evaluated') AND p.date_start <= %(to)s
    AND p.date_end >= %(from)s
"""
_BOTH_READY = """
    COALESCE(c.career_was_prepared, (
        SELECT COUNT(DISTINCT role) = 2 FROM career_preparation
         WHERE conversation_id = c.id AND date_ready < c.date_start
    ))
"""
_EXPLICIT = "(c.outcome IS NOT NULL AND c.outcome != 'not_discussed')"


def parameters(company, date_from, date_to, officers=()) -> dict:
    """What the queries need to know.

    :param company: ``res.company``
    :param officers: ids of the users of the company's officers (HR) who can be told
    """
    return {
        "company": company.id,
        "from": date_from,
        "to": date_to,
        "start": datetime.combine(date_from, time.min),
        "stop": datetime.combine(date_to + timedelta(days=1), time.min),
        "grace": company.career_grace_days,
        "types": tuple(company._career_employee_type_codes()),
        "officers": list(officers),
        "vacancy": _vacancy(company.env, date_to),
    }


def _vacancy(env, day) -> SQL:
    """Whether job ``j`` is open to colleagues, where recruitment knows it."""
    if "career_is_internal" not in env["hr.job"]._fields:
        return SQL("FALSE")
    return SQL(
        "j.active AND j.career_is_internal"
        " AND COALESCE(j.career_internal_from, %(day)s) <= %(day)s"
        " AND COALESCE(j.career_internal_until, %(day)s) >= %(day)s",
        day=day,
    )


def population(day, params) -> SQL:
    """P(t): who is employed on a day, with what the breakdowns need."""
    return SQL(
        """
        SELECT e.id AS employee_id, v.department_id, v.job_id, v.sex, e.birthday,
               v.id AS version_id, v.date_version
          FROM hr_employee e
          JOIN LATERAL (
               SELECT * FROM hr_version
                WHERE employee_id = e.id AND active AND date_version <= %(day)s
                ORDER BY date_version DESC, id DESC
                LIMIT 1
               ) v ON TRUE
         WHERE e.company_id = %(company)s
           AND v.employee_type IN %(types)s
           AND (e.active OR EXISTS (
               SELECT FROM hr_version gone
                WHERE gone.employee_id = e.id AND gone.departure_date > %(day)s
               ))
        """,
        day=day,
        company=params["company"],
        types=params["types"],
    )


def levels(params) -> SQL:
    """Who manages managers ("2"), or people ("1"), today."""
    return SQL(
        """
        SELECT boss.id, MAX(CASE WHEN below.id IS NULL THEN 1 ELSE 2 END)
          FROM hr_employee boss
          JOIN hr_employee report
            ON report.parent_id = boss.id AND report.active AND report.id != boss.id
          LEFT JOIN hr_employee below
            ON below.parent_id = report.id AND below.active
           AND below.id != report.id AND below.id != boss.id
         WHERE boss.company_id = %s
         GROUP BY boss.id
        """,
        params["company"],
    )


def _members(params) -> SQL:
    return SQL(
        """
        SELECT DISTINCT m.employee_id
          FROM career_figure_member m
          JOIN career_figure_group g ON g.id = m.group_id
         WHERE g.company_id = %(company)s
        """,
        company=params["company"],
    )


def _sql(text, params) -> SQL:
    """A query of this file, with its parameters."""
    return SQL(text, **{**params, "members": _members(params)})


def _of_conversations(num, where="TRUE"):
    """Rows of a figure over conversations: counted, and counted as yes."""
    line = _LINE.format("c")
    text = f"""
        SELECT x.employee_id,
               COUNT(*) FILTER (WHERE x.line AND x.yes),
               COUNT(*) FILTER (WHERE x.line),
               COUNT(*) FILTER (WHERE x.yes), COUNT(*)
          FROM (
               SELECT c.employee_id, {line} AS line, COALESCE({num}, FALSE) AS yes
                 FROM career_conversation c
                WHERE c.employee_id IN (%(members)s) AND {_HELD} AND {where}
               ) x
         GROUP BY x.employee_id
    """
    return lambda params: _sql(text, params)


def _coverage(params):
    """K1. Who arranged it otherwise counts as neither, in the line."""
    line = _LINE.format("c")
    return _sql(
        f"""
        SELECT m.employee_id, COALESCE(talk.line, 0),
               CASE WHEN COALESCE(talk.line, 0) = 0 AND other.employee_id IS NOT NULL
                    THEN 0 ELSE 1 END,
               COALESCE(talk.any, 0), 1
          FROM (%(members)s) m
          LEFT JOIN (
               SELECT c.employee_id, 1 AS any,
                      MAX(CASE WHEN {line} THEN 1 ELSE 0 END) AS line
                 FROM career_conversation c
                WHERE c.kind = 'formal' AND {_HELD}
                GROUP BY c.employee_id
               ) talk ON talk.employee_id = m.employee_id
          LEFT JOIN (
               SELECT DISTINCT part.employee_id
                 FROM career_participation part
                 JOIN career_cycle cycle ON cycle.id = part.cycle_id
                WHERE part.state = 'arranged_otherwise'
                  AND cycle.date_start <= %(to)s AND cycle.date_end >= %(from)s
               ) other ON other.employee_id = m.employee_id
        """,
        params,
    )


def _plan_coverage(params):
    line = _LINE.format("p")
    return _sql(
        f"""
        SELECT m.employee_id, COALESCE(plan.line, 0), 1, COALESCE(plan.any, 0), 1
          FROM (%(members)s) m
          LEFT JOIN (
               SELECT p.employee_id, 1 AS any,
                      MAX(CASE WHEN {line} THEN 1 ELSE 0 END) AS line
                 FROM career_plan p
                WHERE {_PLANS}
                GROUP BY p.employee_id
               ) plan ON plan.employee_id = m.employee_id
        """,
        params,
    )


def _of_plans(num, den, joins="", where="TRUE", plans=_PLANS):
    """Rows of a figure over plans; ``num`` and ``den`` are whole numbers."""
    line = _LINE.format("p")
    text = f"""
        SELECT x.employee_id,
               COALESCE(SUM(x.num) FILTER (WHERE x.line), 0)::bigint,
               COALESCE(SUM(x.den) FILTER (WHERE x.line), 0)::bigint,
               SUM(x.num)::bigint, SUM(x.den)::bigint
          FROM (
               SELECT p.employee_id, {line} AS line,
                      COALESCE({num}, 0) AS num, COALESCE({den}, 0) AS den
                 FROM career_plan p
                 {joins}
                WHERE p.employee_id IN (%(members)s) AND {plans} AND {where}
               ) x
         GROUP BY x.employee_id
        HAVING SUM(x.den) > 0
    """

    def query(params):
        judged, met = rates.judged_sql("p", "sums")
        more = {"judged": judged, "met": met}
        return _sql(text, {**params, **more, "sums": rates.sums_sql("p", params["to"])})

    return query


_SUMS = "LEFT JOIN LATERAL (%(sums)s) sums ON TRUE"
_LOST = {
    "employee": "sums.lost_employee",
    "employer": "sums.lost_employer",
    "both": "sums.lost_both",
    "outside": "sums.lost_outside",
    "none": "(sums.lost - sums.lost_employee - sums.lost_employer - sums.lost_both"
    " - sums.lost_outside)",
}


def lost(cause):
    """K4d: what was not done in evaluated plans for one cause, of all counted."""
    return _of_plans(
        f"(CASE WHEN p.state = 'evaluated' THEN {_LOST[cause]} * 100 ELSE 0 END)",
        "(sums.counted * 100)",
        _SUMS,
    )


def _feedback(params):
    """K7: a required route counts where there is somebody else to tell."""
    line = _LINE.format("c")
    return _sql(
        f"""
        SELECT y.employee_id, COUNT(*) FILTER (WHERE y.kept), COUNT(*),
               COUNT(*) FILTER (WHERE y.kept), COUNT(*)
          FROM (
               SELECT c.id, c.employee_id, bool_and(EXISTS (
                          SELECT FROM career_feedback f
                           WHERE f.conversation_id = c.id AND f.route_id = r.id
                             AND ((f.state = 'sent' AND f.date_sent <=
                                   c.date_held + make_interval(days => %(grace)s))
                               OR (f.state = 'refused' AND f.write_date <=
                                   c.date_held + make_interval(days => %(grace)s)))
                      )) AS kept
                 FROM career_conversation c
                 JOIN career_channel_route r
                   ON r.channel_id = c.channel_id AND r.required
                WHERE c.employee_id IN (%(members)s) AND {_HELD} AND {line}
                  AND CASE r.recipient_role
                      WHEN 'hr' THEN EXISTS (
                          SELECT FROM UNNEST(%(officers)s::int[]) officer
                           WHERE officer IS DISTINCT FROM c.employee_user_id
                             AND (r.author_role != 'conductor'
                                  OR officer IS DISTINCT FROM c.conductor_user_id)
                          )
                      WHEN 'n1' THEN c.n1_user_id IS NOT NULL
                       AND c.n1_user_id IS DISTINCT FROM c.employee_user_id
                       AND (r.author_role != 'conductor'
                            OR c.n1_user_id IS DISTINCT FROM c.conductor_user_id)
                      ELSE c.n2_user_id IS NOT NULL
                       AND c.n2_user_id IS DISTINCT FROM c.employee_user_id
                       AND (r.author_role != 'conductor'
                            OR c.n2_user_id IS DISTINCT FROM c.conductor_user_id)
                      END
                GROUP BY c.id, c.employee_id
               ) y
         GROUP BY y.employee_id
        """,
        params,
    )


_TRAINED = """
    SELECT p.employee_id, COALESCE(a.hours, 0) AS hours
      FROM career_plan_action a
      JOIN career_plan p ON p.id = a.plan_id
     WHERE a.state = 'done' AND a.method_category = 'formal_training'
       AND a.date_done BETWEEN %(from)s AND %(to)s
     UNION ALL
    SELECT l.employee_id, COALESCE(l.duration, 0)
      FROM hr_resume_line l
      JOIN hr_resume_line_type t ON t.id = l.line_type_id AND t.is_course
     WHERE l.date_start <= %(to)s AND COALESCE(l.date_end, l.date_start) >= %(from)s
"""


def _same(text):
    """Rows of a figure in which nothing is hidden from anybody."""

    def query(params):
        return _sql(
            f"""
            SELECT x.employee_id, x.num, x.den, x.num, x.den
              FROM ({text}) AS x (employee_id, num, den)
            """,
            params,
        )

    return query


def _of_members(text):
    """Members who are in a list, of all members."""
    return _same(
        f"""
        SELECT m.employee_id,
               CASE WHEN yes.employee_id IS NULL THEN 0 ELSE 1 END, 1
          FROM (%(members)s) m
          LEFT JOIN (SELECT DISTINCT employee_id FROM ({text}) l) yes
            ON yes.employee_id = m.employee_id
        """
    )


def aspirations(where):
    """K18: members with an active, confirmed aspiration of a kind."""

    def query(params):
        text = """
            SELECT m.employee_id, COALESCE(yes.num, 0), 1, COALESCE(yes.num, 0), 1
              FROM (%(members)s) m
              LEFT JOIN (
                   SELECT DISTINCT employee_id, 1 AS num FROM career_aspiration
                    WHERE state = 'active' AND last_confirmed <= %(to)s AND %(where)s
                   ) yes ON yes.employee_id = m.employee_id
        """
        return _sql(text, {**params, "where": where})

    return query


# K14: one point for each link that is there
_LINKS = f"""
    (CASE WHEN {_BOTH_READY} THEN 1 ELSE 0 END
     + CASE WHEN {_EXPLICIT} THEN 1 ELSE 0 END
     + CASE WHEN p.id IS NOT NULL THEN 1 ELSE 0 END
     + CASE WHEN EXISTS (
           SELECT FROM career_plan_action a
             JOIN career_development_method d ON d.id = a.method_id
            WHERE a.plan_id = p.id AND a.state != 'dropped'
              AND d.is_classical IS NOT TRUE
       ) THEN 1 ELSE 0 END
     + CASE WHEN EXISTS (
           SELECT FROM career_plan_checkpoint k WHERE k.plan_id = p.id
       ) THEN 1 ELSE 0 END
     + CASE WHEN EXISTS (
           SELECT FROM career_aspiration s
            WHERE s.employee_id = c.employee_id AND s.state = 'active'
              AND (EXISTS (
                      SELECT FROM career_path_step step
                       WHERE step.to_job_id = s.target_job_id
                  ) OR EXISTS (
                      SELECT FROM hr_job j
                       WHERE j.id = s.target_job_id AND %(vacancy)s
                  ) OR EXISTS (
                      SELECT FROM career_plan_action a
                        JOIN career_plan_need n ON n.id = a.need_id
                       WHERE a.plan_id = p.id AND a.state != 'dropped'
                         AND n.purpose = 'next_step'
                  ))
       ) THEN 1 ELSE 0 END)
"""


def _integration(params):
    line = _LINE.format("c")
    return _sql(
        f"""
        SELECT x.employee_id,
               COALESCE(SUM(x.links) FILTER (WHERE x.line), 0)::bigint,
               6 * COUNT(*) FILTER (WHERE x.line), SUM(x.links)::bigint, 6 * COUNT(*)
          FROM (
               SELECT c.employee_id, {line} AS line, {_LINKS} AS links
                 FROM career_conversation c
                 LEFT JOIN career_plan p
                   ON p.id = c.plan_id AND p.state IN ('agreed', 'evaluated')
                WHERE c.employee_id IN (%(members)s) AND {_HELD}
               ) x
         GROUP BY x.employee_id
        """,
        params,
    )


ROWS = {
    "K1": _coverage,
    "K2": _of_conversations(_EXPLICIT, "c.kind = 'formal'"),
    "K3": _plan_coverage,
    "K4a": _of_plans(
        "FLOOR(sums.done * 1000 / NULLIF(sums.counted, 0))",
        "(CASE WHEN sums.counted > 0 THEN 1 ELSE 0 END)",
        _SUMS,
    ),
    "K4b": _of_plans(
        "FLOOR(sums.due_done * 1000 / NULLIF(sums.due_counted, 0))",
        "(CASE WHEN sums.due_counted > 0 THEN 1 ELSE 0 END)",
        _SUMS,
        "p.state = 'agreed'",
    ),
    "K4c": _of_plans(
        "(CASE WHEN %(judged)s AND %(met)s THEN 1 ELSE 0 END)",
        "(CASE WHEN %(judged)s THEN 1 ELSE 0 END)",
        _SUMS,
    ),
    "K4d": _of_plans("(sums.done * 100)", "(sums.counted * 100)", _SUMS),
    "K5": _of_plans("(CASE WHEN p.maturity = 'advanced' THEN 1 ELSE 0 END)", "1"),
    "K6": _of_plans(
        "(CASE WHEN k.state = 'held' AND k.date_held <= k.date + %(grace)s"
        " THEN 1 ELSE 0 END)",
        "1",
        "JOIN career_plan_checkpoint k ON k.plan_id = p.id"
        " AND k.date BETWEEN %(from)s AND %(to)s",
        # what a revised plan left to its new version counts there only
        "NOT (k.state = 'planned' AND p.state = 'superseded')",
        "p.state IN ('agreed', 'evaluated', 'superseded')",
    ),
    "K7": _feedback,
    "K8": _of_conversations(_BOTH_READY),
    "K12": _of_members(_TRAINED),
    "K12h": _same(
        f"""
        SELECT m.employee_id, COALESCE(SUM(l.hours), 0), 1
          FROM (%(members)s) m
          LEFT JOIN ({_TRAINED}) l ON l.employee_id = m.employee_id
         GROUP BY m.employee_id
        """
    ),
    "K14": _integration,
    "K16": _same(
        """
        SELECT guide.employee_id, MAX(CASE WHEN skill.id IS NULL THEN 0 ELSE 1 END), 1
          FROM (%(members)s) guide
          JOIN res_company company ON company.id = %(company)s
           AND company.career_guide_skill_id IS NOT NULL
          LEFT JOIN hr_employee_skill skill
            ON skill.employee_id = guide.employee_id
           AND skill.skill_id = company.career_guide_skill_id
           AND skill.valid_from <= %(to)s
           AND COALESCE(skill.valid_to, %(to)s) >= %(to)s
         WHERE EXISTS (
               SELECT FROM hr_employee report
                WHERE report.parent_id = guide.employee_id AND report.active
                  AND report.id != guide.employee_id
               )
         GROUP BY guide.employee_id
        """
    ),
    "K17": _of_members(
        """
        SELECT d.employee_id
          FROM career_deal d
          JOIN career_deal_template t ON t.id = d.template_id
         WHERE d.kind = 'employee' AND d.state = 'signed' AND d.version = t.version
           AND d.signed_on < %(stop)s
        """
    ),
    "K18": aspirations(SQL("TRUE")),
}
# each person counts once: what is hidden can only add a "yes"
PER_PERSON = {"K1", "K3", "K12", "K12h", "K16", "K17", "K18"}


def job_runs(params) -> SQL:
    """K9: since when each employee of P(t) has the present job without a break."""
    return SQL(
        """
        SELECT p.employee_id, p.department_id, %(to)s::date - MIN(run.date_version)
          FROM (%(population)s) p
          JOIN hr_version run
            ON run.employee_id = p.employee_id AND run.active
           AND run.job_id = p.job_id AND run.date_version <= %(to)s
         WHERE p.job_id IS NOT NULL
           AND NOT EXISTS (
               SELECT FROM hr_version other
                WHERE other.employee_id = p.employee_id AND other.active
                  AND other.job_id IS DISTINCT FROM p.job_id
                  AND other.date_version > run.date_version
                  AND other.date_version <= %(to)s
               )
         GROUP BY p.employee_id, p.department_id
        """,
        population=population(params["to"], params),
        to=params["to"],
    )


def job_changes(params) -> SQL:
    """K10: changes of job in W, and whether each goes up.

    By a career path where one knows the step; else by whether people with the job
    manage others today.
    """
    return SQL(
        """
        WITH history AS (
             SELECT v.employee_id, v.job_id, v.date_version, v.department_id,
                    LAG(v.job_id) OVER (
                        PARTITION BY v.employee_id ORDER BY v.date_version, v.id
                    ) AS before
               FROM hr_version v
              WHERE v.active AND v.company_id = %(company)s
        ), leads AS (
             SELECT DISTINCT v.job_id
               FROM hr_employee report
               JOIN hr_employee boss ON boss.id = report.parent_id
               JOIN hr_version v ON v.id = boss.current_version_id
              WHERE report.active AND boss.active AND report.id != boss.id
        )
        SELECT h.employee_id, p.department_id,
               COALESCE(
                   step.up,
                   h.job_id IN (SELECT job_id FROM leads WHERE job_id IS NOT NULL)
                   AND h.before NOT IN (
                       SELECT job_id FROM leads WHERE job_id IS NOT NULL
                   )
               )
          FROM history h
          JOIN (%(population)s) p ON p.employee_id = h.employee_id
          LEFT JOIN LATERAL (
               SELECT bool_or(kind = 'vertical') AS up FROM career_path_step
                WHERE from_job_id = h.before AND to_job_id = h.job_id
               ) step ON TRUE
         WHERE h.job_id IS NOT NULL AND h.before IS NOT NULL AND h.job_id != h.before
           AND h.date_version BETWEEN %(from)s AND %(to)s
        """,
        company=params["company"],
        population=population(params["to"], params),
        **{"from": params["from"], "to": params["to"]},
    )


def retention(params) -> SQL:
    """K19: per person, days in W, whether left in W, and what came before.

    What came before is looked up in the 24 months before the person left, or before
    the end of W.
    """
    line = _LINE.format("c")
    plan_line = _LINE.format("p")
    return SQL(
        f"""
        SELECT w.employee_id, w.at_start, w.at_end, w.left_on IS NOT NULL,
               EXISTS (
                   SELECT FROM career_conversation c
                    WHERE c.employee_id = w.employee_id AND {line}
                      AND c.state IN ('held', 'closed')
                      AND c.date_held < w.until + 1
                      AND c.date_held >= w.until - INTERVAL '24 months'
               ),
               EXISTS (
                   SELECT FROM career_plan p
                    WHERE p.employee_id = w.employee_id AND {plan_line}
                      AND p.state IN ('agreed', 'evaluated')
                      AND p.date_start <= w.until
                      AND p.date_end >= w.until - INTERVAL '24 months'
               )
          FROM (
               SELECT p.employee_id, bool_or(p.at_start) AS at_start,
                      bool_or(p.at_end) AS at_end, MAX(p.left_on) AS left_on,
                      COALESCE(MAX(p.left_on), %(to)s::date) AS until
                 FROM (
                      SELECT employee_id, TRUE AS at_start, FALSE AS at_end,
                             NULL::date AS left_on
                        FROM (%(before)s) a
                       UNION ALL
                      SELECT employee_id, FALSE, TRUE, NULL FROM (%(after)s) b
                       UNION ALL
                      SELECT v.employee_id, FALSE, FALSE, MAX(v.departure_date)
                        FROM hr_version v
                        JOIN hr_employee e ON e.id = v.employee_id
                       WHERE e.company_id = %(company)s AND NOT e.active
                         AND v.departure_date BETWEEN %(from)s AND %(to)s
                         AND v.employee_type IN %(types)s
                       GROUP BY v.employee_id
                      ) p
                GROUP BY p.employee_id
               ) w
        """,
        before=population(params["from"], params),
        after=population(params["to"], params),
        **{name: params[name] for name in ("from", "to", "company", "types")},
    )
