"""What ``script/bench`` runs inside Odoo: generate, measure, write down.

Lines that begin with ``bench:`` are for the screen; the figures go to a JSON file.
"""

import json
import os
import resource
import statistics
import time
from functools import partial

import generate
import measure


def say(text):
    """One line for the person who waits."""
    print(f"bench: {text}", flush=True)


def memory():
    """Resident memory of this process, in MB, where the system tells it."""
    try:
        with open("/proc/self/statm") as statm:
            pages = int(statm.read().split()[1])
        return pages * resource.getpagesize() / 2**20
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(env, options):
    """Do the parts that were asked for.

    :param options: dictionary: ``employees``, ``years``, ``seed``, ``parts``,
        ``repeat``, ``output`` (file for the result)
    """
    result = {"options": options, "memory": {"start": round(memory())}}
    say(f"making {options['employees']} employees, {options['years']} years")
    started = time.monotonic()
    company = _generate(env, options, options["employees"])
    result["generator"] = {
        "seconds": round(time.monotonic() - started, 1),
        "rows": _rows(env, company),
    }
    say(f"made in {result['generator']['seconds']} s")
    for part in options["parts"]:
        say(f"measuring: {part}")
        result[part] = globals()[f"measure_{part}"](env, company, options)
        env.cr.rollback()
        env.invalidate_all()
    result["memory"]["end"] = round(memory())
    with open(options["output"], "w", encoding="utf-8") as file:
        json.dump(result, file, indent=1, default=str)


def _generate(env, options, employees):
    maker = generate.Generator(
        env, employees, years=options["years"], seed=options["seed"]
    )
    return maker.run()


def _rows(env, company):
    counts = {}
    for name in generate.CHECKED:
        model = env[name].with_context(active_test=False)
        field = "company_id" if "company_id" in model._fields else False
        if field and model._fields[field].store:
            counts[name] = model.search_count([("company_id", "=", company.id)])
    return counts


# ------------------------------------------------------------------------------- lists
def measure_lists(env, company, options):
    """First page and pivot of each list of persons, beside plain SQL."""
    viewers = measure.viewers(env, company)
    work = measure.Measure(env, company, viewers, repeat=options["repeat"])
    say(measure.HEAD)
    return work.run(say)


# The own pages of each role, and the models whose lists everybody may open.
PAGES = ("my_career", "my_team", "my_organisation", "hr_start")
MODELS = (
    "career.aspiration",
    "career.conversation",
    "career.cycle",
    "career.deal",
    "career.feedback",
    "career.figure.overview",
    "career.participation",
    "career.plan",
    "career.plan.action",
    "career.plan.team",
    "career.preparation",
    "career.trajectory",
    "mail.activity",
)


def measure_pages(env, company, options):
    """What each viewer opens several times a day: pages, and first pages of lists."""
    viewers = measure.viewers(env, company)
    below = [("parent_id.user_id", "=", viewers["N+1"].id), ("user_id", "!=", False)]
    viewers["employee"] = env["hr.employee"].search(below, limit=1).user_id
    rows = []
    for viewer, user in viewers.items():
        own = env(
            user=user, context={"allowed_company_ids": company.ids, "lang": "en_US"}
        )
        for name, call in _pages(own):
            row = _time_page(env, call, options["repeat"])
            rows.append({"viewer": viewer, "page": name, **row})
            say(f"{viewer:<9} {name:<24} {row['server']:>6.0f} ms {row['queries']:>3}")
    return rows


def _pages(env):
    for name in PAGES:
        if name != "hr_start" or env.user._career_is_officer_of(env.company):
            yield name, getattr(env["career.home"], name)
    for name in MODELS:
        if name in env and env[name].has_access("read"):
            spec = measure.list_columns(env[name])
            yield (
                name,
                partial(
                    env[name].web_search_read,
                    [],
                    spec,
                    limit=measure.PAGE,
                    count_limit=measure.COUNT_LIMIT,
                ),
            )


def _time_page(env, call, repeat):
    call()  # caches of the server: views, rules, groups
    seen = [measure.observed(env, call) for __ in range(repeat)]
    return {
        "server": statistics.median(milliseconds for milliseconds, *__ in seen),
        "queries": seen[-1][-1],
    }


# -------------------------------------------------------------------------------- jobs
def measure_cycle(env, company, options):
    """Launch a cycle over everybody: each thousand takes as long, in the same memory.

    It commits, as the scheduled action does.
    """
    cycle = env["career.cycle"].create(
        {"name": "Bench launch", "company_ids": [(6, 0, company.ids)]}
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
    total, size = marks[-1][1], cycle.batch_done
    made = env["career.participation"].search_count([("cycle_id", "=", cycle.id)])
    assert made == size == cycle.batch_total, (made, size, cycle.batch_total)
    row = {
        "employees": size,
        "seconds": round(total, 1),
        "per_1000": round(total / size * 1000, 2),
        "python_per_1000": round((time.process_time() - cpu) / size * 1000, 2),
        "mb_before": round(before),
        "mb_first_step": round(first_step),
        "mb_after": round(memory()),
    }
    if len(marks) >= 10:
        fifth = len(marks) // 5
        head, tail = marks[fifth - 1], marks[-1 - fifth]
        row["first_fifth_per_1000"] = round(head[1] / head[0] * 1000, 2)
        row["last_fifth_per_1000"] = round(
            (marks[-1][1] - tail[1]) / (marks[-1][0] - tail[0]) * 1000, 2
        )
    say(f"cycle over {size}: {row['seconds']} s, {row['per_1000']} s for each 1,000")
    return row


def measure_snapshot(env, company, options):
    """The monthly snapshot, of a fifth of the size and of the whole."""
    if "career.figure.snapshot" not in env:
        return None
    small = _generate(
        env, {**options, "seed": options["seed"] + 1}, options["employees"] // 5
    )
    rows = []
    for place in (small, company):
        snapshots = env["career.figure.snapshot"]
        snapshot = snapshots._career_begin(place, env.cr.now().date().replace(day=1))
        env.cr.commit()
        people = env["hr.employee"].search_count([("company_id", "=", place.id)])
        before, start, highest, steps = memory(), time.monotonic(), 0, []
        while snapshot.state == "computing":
            step = time.monotonic()
            snapshot._career_step()
            env.cr.commit()
            env.invalidate_all()
            highest = max(highest, memory())
            steps.append(round(time.monotonic() - step, 2))
        seconds = time.monotonic() - start
        rows.append(
            {
                "employees": people,
                "seconds": round(seconds, 1),
                "per_1000": round(seconds / people * 1000, 3),
                "slowest_step": max(steps),
                "mb_before": round(before),
                "mb_highest": round(highest),
            }
        )
        row = rows[-1]
        say(f"snapshot of {people}: {row['seconds']} s, {row['mb_highest']} MB")
    return rows


def measure_matching(env, company, options):
    """Hook: all employees against all open vacancies, where a bridge can do that.

    A bridge that matches in bulk gives ``hr.job`` a method ``_career_match_all(
    employees)``; until then there is nothing to measure.
    """
    if not hasattr(env["hr.job"], "_career_match_all"):
        return None
    jobs = env["hr.job"].search([("company_id", "=", company.id)])
    people = env["hr.employee"].search([("company_id", "=", company.id)])
    before, start = memory(), time.monotonic()
    jobs._career_match_all(people)
    env.cr.rollback()
    return {
        "employees": len(people),
        "vacancies": len(jobs),
        "seconds": round(time.monotonic() - start, 1),
        "mb_before": round(before),
        "mb_after": round(memory()),
    }


def from_environment(env):
    """Begin, with the options that ``script/bench`` put in the environment."""
    main(env, json.loads(os.environ["CAREER_BENCH"]))
