"""How long matching takes, and how much memory, for more vacancies and employees.

By hand, on a database that may be thrown away (nothing is cleaned up)::

    ODOO_DB=bench script/odoo shell --no-http < tests/bench/matching.py

The sizes come from ``BENCH_MATCHING`` (default ``50x5000,200x20000``: vacancies x
employees). The time for each million of pairs must not grow with the total, and memory
stays flat: the scores are made by the database in batches, and words for the best only.
"""

import os
import resource
import time

SKILLS = 60
EXPECTED = 6  # skills a vacancy
PRESENT = 8  # skills an employee

POPULATION = """
WITH numbered AS (
    SELECT n, 'bench_' || %(company)s || '_' || n AS login
      FROM generate_series(1, %(size)s) AS n
), partners AS (
    INSERT INTO res_partner (name, active, ref)
         SELECT login, TRUE, login FROM numbered
      RETURNING id, ref
), users AS (
    INSERT INTO res_users (login, partner_id, company_id, active, share,
                           notification_type)
         SELECT ref, id, %(company)s, TRUE, FALSE, 'email' FROM partners
      RETURNING id, login
), resources AS (
    INSERT INTO resource_resource (name, resource_type, tz, time_efficiency, active,
                                   company_id, user_id)
         SELECT login, 'user', 'Europe/Brussels', 100, TRUE, %(company)s, id
           FROM users
      RETURNING id, name, user_id
), employees AS (
    INSERT INTO hr_employee (name, resource_id, company_id, user_id, active)
         SELECT name, id, %(company)s, user_id, TRUE FROM resources
      RETURNING id
)
INSERT INTO hr_version (employee_id, company_id, last_modified_uid, hr_responsible_id,
                        distance_home_work_unit, marital, employee_type, date_version,
                        last_modified_date, active)
     SELECT id, %(company)s, 1, 1, 'kilometers', 'single', 'employee',
            DATE '2020-01-01', now(), TRUE
       FROM employees
"""

LATEST = """
UPDATE hr_employee e SET current_version_id = v.id
  FROM hr_version v WHERE v.employee_id = e.id AND e.company_id = %(company)s
"""

EMPLOYEE_SKILLS = """
INSERT INTO hr_employee_skill (employee_id, skill_id, skill_type_id, skill_level_id,
                               valid_from)
     SELECT e.id, s.id, s.skill_type_id, l.id, DATE '2024-01-01'
       FROM hr_employee e
 CROSS JOIN generate_series(1, %(present)s) AS turn
       JOIN (SELECT id, skill_type_id, row_number() OVER (ORDER BY id) - 1 AS n
               FROM hr_skill WHERE skill_type_id = %(kind)s) s
         ON s.n = (e.id * 7 + turn * 11) %% %(skills)s
       JOIN (SELECT id, row_number() OVER (ORDER BY level_progress) - 1 AS n
               FROM hr_skill_level WHERE skill_type_id = %(kind)s) l
         ON l.n = (e.id + turn) %% 4
      WHERE e.company_id = %(company)s
"""

# every second employee wishes a job, or its department; all of them matchable
WISHES = """
INSERT INTO career_aspiration (employee_id, company_id, employee_user_id, direction,
                               state, matchable, target_job_id, target_department_id)
     SELECT e.id, e.company_id, e.user_id, 'lateral', 'active', TRUE,
            CASE WHEN e.id %% 4 = 0 THEN j.id END, j.department_id
       FROM hr_employee e
       JOIN (SELECT id, department_id, row_number() OVER (ORDER BY id) - 1 AS n
               FROM hr_job WHERE company_id = %(company)s) j
         ON j.n = (e.id / 2) %% %(jobs)s
      WHERE e.company_id = %(company)s AND e.id %% 2 = 0
"""


def memory():
    """Return the resident memory of this process, in MB, where the system tells it."""
    try:
        with open("/proc/self/statm") as statm:
            pages = int(statm.read().split()[1])
        return pages * resource.getpagesize() / 2**20
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def make_company(env, size):
    """Make a company with so many employees, all with a user, in SQL."""
    company = env["res.company"].create({"name": f"Bench {size} {time.time():.0f}"})
    env.flush_all()
    env.cr.execute(POPULATION, {"company": company.id, "size": size})
    env.cr.execute(LATEST, {"company": company.id})
    env.cr.execute("ANALYZE hr_employee, hr_version, resource_resource, res_users")
    env.cr.commit()
    env.invalidate_all()
    return company


def make_vacancies(env, company, number):
    """Make skills with four levels, departments, and open vacancies."""
    kind = env["hr.skill.type"].create(
        {
            "name": f"Bench {number} {time.time():.0f}",
            "skill_ids": [(0, 0, {"name": f"Skill {n}"}) for n in range(SKILLS)],
            "skill_level_ids": [
                (0, 0, {"name": f"Level {n}", "level_progress": n})
                for n in (25, 50, 75, 100)
            ],
        }
    )
    departments = env["hr.department"].create(
        [
            {"name": f"Department {n}", "company_id": company.id}
            for n in range(max(number // 5, 1))
        ]
    )
    jobs = env["hr.job"].create(
        [
            {
                "name": f"Vacancy {n}",
                "company_id": company.id,
                "department_id": departments[n % len(departments)].id,
                "career_is_internal": True,
            }
            for n in range(number)
        ]
    )
    levels = kind.skill_level_ids
    env["hr.job.skill"].create(
        [
            {
                "job_id": job.id,
                "skill_id": kind.skill_ids[(n * 5 + turn * 3) % SKILLS].id,
                "skill_type_id": kind.id,
                "skill_level_id": levels[(n + turn) % 4].id,
            }
            for n, job in enumerate(jobs)
            for turn in range(EXPECTED)
        ]
    )
    env.flush_all()
    return jobs, kind


def measure_matching(env, vacancies, employees):
    """Match so many vacancies with so many employees; it commits.

    :return: dictionary with seconds, seconds for each million of pairs, the pairs that
        were explained, and the memory before and after
    """
    company = make_company(env, employees)
    jobs, kind = make_vacancies(env, company, vacancies)
    values = {
        "company": company.id,
        "kind": kind.id,
        "skills": SKILLS,
        "present": PRESENT,
        "jobs": vacancies,
    }
    env.cr.execute(EMPLOYEE_SKILLS, values)
    env.cr.execute(WISHES, values)
    env.cr.execute("ANALYZE hr_employee_skill, hr_job_skill, career_aspiration, hr_job")
    env.cr.commit()
    env.invalidate_all()
    people = env["hr.employee"].search([("company_id", "=", company.id)])
    wishes = env["career.aspiration"].search([("company_id", "=", company.id)])
    assert len(people) == employees, len(people)
    before, start, cpu = memory(), time.monotonic(), time.process_time()
    matches = jobs._career_match_all(people, wishes)
    seconds = time.monotonic() - start
    python = time.process_time() - cpu
    after = memory()
    env.invalidate_all()
    start = time.monotonic()
    jobs[:1]._career_match_all(people, wishes)
    one_vacancy = time.monotonic() - start
    env.invalidate_all()
    start = time.monotonic()
    env["career.match"]._match(people[:1], jobs, wishes[:1])
    one_employee = time.monotonic() - start
    pairs = vacancies * employees / 1e6
    return {
        "vacancies": vacancies,
        "employees": employees,
        "million pairs": round(pairs, 2),
        "seconds": round(seconds, 1),
        "seconds per million pairs": round(seconds / pairs, 2),
        "of which Python": round(python, 1),
        "explained": len(matches),
        "MB before": round(before),
        "MB after": round(after),
        "one vacancy, all employees (s)": round(one_vacancy, 2),
        "one employee, all vacancies (ms)": round(one_employee * 1000),
    }


if "env" in globals():
    for bench_size in os.environ.get("BENCH_MATCHING", "50x5000,200x20000").split(","):
        bench_jobs, bench_people = bench_size.split("x")
        print(measure_matching(env, int(bench_jobs), int(bench_people)))  # noqa: F821
