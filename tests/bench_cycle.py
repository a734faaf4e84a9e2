"""How long launching a cycle takes, and how much memory, for more and more employees.

By hand, on a database that may be thrown away (nothing is cleaned up)::

    ODOO_DB=bench script/odoo shell --no-http < tests/bench_cycle.py

The sizes come from ``BENCH_SIZES`` (default ``2000,10000``). The time per 1,000
employees must not grow with the total, and memory stays flat.
"""

import os
import resource
import time

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

# every tenth employee leads the next nine; the leaders report to one of them
LINE = """
UPDATE hr_employee e
   SET current_version_id = v.id,
       parent_id = CASE WHEN r.n %% 10 = 1 THEN NULLIF(boss.id, e.id) ELSE chief.id END
  FROM (SELECT id, row_number() OVER (ORDER BY id) AS n, min(id) OVER () AS first
          FROM hr_employee WHERE company_id = %(company)s) r
  JOIN hr_employee boss ON boss.id = r.first
  JOIN hr_version v ON v.employee_id = r.id
  JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n
          FROM hr_employee WHERE company_id = %(company)s) chief
    ON chief.n = ((r.n - 1) / 10) * 10 + 1
 WHERE e.id = r.id
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
    env.cr.execute(LINE, {"company": company.id})
    env.cr.execute("ANALYZE hr_employee, hr_version, resource_resource, res_users")
    env.cr.commit()
    env.invalidate_all()
    return company


def measure_launch(env, size):
    """Launch a cycle over so many employees; it commits.

    :return: dictionary with seconds for each 1,000 employees, first to last, and the
        memory before and after
    """
    company = make_company(env, size)
    cycle = env["career.cycle"].create(
        {"name": f"Bench {size}", "company_ids": [(6, 0, company.ids)]}
    )
    env.cr.commit()
    before, start, cpu = memory(), time.monotonic(), time.process_time()
    cycle.action_launch()
    env.cr.commit()
    marks = [(cycle.batch_done, time.monotonic() - start)]
    first_step = memory()
    while cycle.batch_active:
        cycle._career_batch_step()
        env.cr.commit()
        env.invalidate_all()
        marks.append((cycle.batch_done, time.monotonic() - start))
        # the last step finds nobody: it is no measure of a thousand
        if not cycle.batch_active and len(marks) > 2 and marks[-1][0] == marks[-2][0]:
            marks.pop()
    total = time.monotonic() - start
    made = env["career.participation"].search_count([("cycle_id", "=", cycle.id)])
    assert made == size == cycle.batch_total, (made, size, cycle.batch_total)
    fifth = max(len(marks) // 5, 1)
    head, tail = marks[fifth - 1], marks[-1 - fifth]
    return {
        "employees": size,
        "seconds": round(total, 1),
        "seconds per 1000": round(total / size * 1000, 2),
        "of which Python, per 1000": round(
            (time.process_time() - cpu) / size * 1000, 2
        ),
        "first fifth, per 1000": round(head[1] / head[0] * 1000, 2),
        "last fifth, per 1000": round(
            (marks[-1][1] - tail[1]) / (marks[-1][0] - tail[0]) * 1000, 2
        ),
        "MB before": round(before),
        "MB after the first step": round(first_step),
        "MB after": round(memory()),
    }


if "env" in globals():
    for bench_size in os.environ.get("BENCH_SIZES", "2000,10000").split(","):
        print(measure_launch(env, int(bench_size)))  # noqa: F821
