"""The key figures once more, from the definitions in words.

Plain loops over the records of `organisation.py`: slow, and without a look at the code
that is tested. A figure is (numerator, denominator) as fractions.
"""

from datetime import datetime, time, timedelta
from fractions import Fraction
from types import SimpleNamespace

from dateutil.relativedelta import relativedelta

from .organisation import FROM, TODAY

OPEN = ("todo", "doing", "drop_asked")


def job_at(person, day):
    jobs = [job for since, job in person["jobs"] if since <= day]
    return jobs[-1] if jobs else None


def present(person, day):
    """P(t): employed on that day, with a type of the policy."""
    if person["jobs"][0][0] > day or person["type"] == "student":
        return False
    return person["active"] or bool(person["left"] and person["left"] > day)


class Oracle:
    def __init__(self, organisation):
        self.org = organisation
        self.by_id = {p["id"]: p for p in organisation.people}
        self.population = [p for p in organisation.people if present(p, TODAY)]

    # ----------------------------------------------------------------- who is who
    def groups(self):
        """Every part of the company with its people."""
        org = self.org
        found = {("company", ""): [p["id"] for p in self.population]}
        above = {d.id: d.parent_id.id for d in org.departments}

        def put(dimension, name, person):
            found.setdefault((dimension, str(name)), []).append(person["id"])

        for person in self.population:
            department = person["department"]
            while department:
                put("department", department, person)
                department = above[department]
            put("gender", person["sex"] or "", person)
            band = ""
            if person["birthday"]:
                band = relativedelta(TODAY, person["birthday"]).years // 5 * 5
            put("age", band, person)
            put("level", self._level(person), person)
        return found

    def _level(self, person):
        def reports(boss):
            return [
                p
                for p in self.org.people
                if p["active"] and p["boss"] is boss and p is not boss
            ]

        mine = reports(person)
        return 2 if any(reports(p) for p in mine) else 1 if mine else 0

    # -------------------------------------------------------------------- records
    def _talks(self, people, line):
        return [
            t
            for t in self.org.talks
            if t["person"] in people
            and t["state"] in ("held", "closed")
            and FROM <= t["held"] <= TODAY
            and (t["line"] or not line)
        ]

    def _plans(self, people, line, states=("agreed", "evaluated")):
        return [
            p
            for p in self.org.plans
            if p["person"] in people
            and p["state"] in states
            and p["start"] <= TODAY
            and p["end"] >= FROM
            and (p["line"] or not line)
        ]

    @staticmethod
    def _rate(actions):
        counted = [a for a in actions if a["state"] != "dropped"]
        done = [a for a in counted if a["state"] == "done"]

        def weigh(chosen):
            return sum(Fraction(str(a["weight"])) for a in chosen)

        return weigh(done), weigh(counted)

    def _judged(self, plan):
        actions = plan["actions"]
        if plan["state"] == "agreed":
            actions = [a for a in actions if a["deadline"] <= TODAY]
        return self._rate(actions)

    # -------------------------------------------------------------------- figures
    def figure(self, code, people, line):
        people = set(people)
        return getattr(self, f"_{code.lower()}")(people, line)

    def _k1(self, people, line):
        heard = {
            t["person"] for t in self._talks(people, line) if t["kind"] == "formal"
        }
        counted = people - (self.org.arranged - heard) if line else people
        return len(heard), len(counted)

    def _k2(self, people, line):
        talks = [t for t in self._talks(people, line) if t["kind"] == "formal"]
        explicit = [t for t in talks if t["outcome"] not in (None, "not_discussed")]
        return len(explicit), len(talks)

    def _k3(self, people, line):
        return len({p["person"] for p in self._plans(people, line)}), len(people)

    def _mean_of_rates(self, pairs):
        shown = [int(done * 1000 / counted) for done, counted in pairs if counted]
        return sum(shown), len(shown)

    def _k4a(self, people, line):
        plans = self._plans(people, line)
        return self._mean_of_rates(self._rate(p["actions"]) for p in plans)

    def _k4b(self, people, line):
        plans = self._plans(people, line, ("agreed",))
        return self._mean_of_rates(self._judged(p) for p in plans)

    def _k4c(self, people, line):
        met = judged = 0
        for plan in self._plans(people, line):
            done, counted = self._judged(plan)
            if counted:
                judged += 1
                met += done * 100 >= plan["target"] * counted
        return met, judged

    def _k4d(self, people, line):
        pairs = [self._rate(p["actions"]) for p in self._plans(people, line)]
        return 100 * sum(d for d, __ in pairs), 100 * sum(c for __, c in pairs)

    def _k5(self, people, line):
        plans = self._plans(people, line)
        return sum(p["maturity"] == "advanced" for p in plans), len(plans)

    def _k6(self, people, line):
        states = ("agreed", "evaluated", "superseded")
        held = planned = 0
        for plan in self.org.plans:
            if plan["person"] not in people or plan["state"] not in states:
                continue
            if line and not plan["line"]:
                continue
            for point in plan["checkpoints"]:
                left = point["state"] == "planned" and plan["state"] == "superseded"
                if FROM <= point["date"] <= TODAY and not left:
                    planned += 1
                    held += point["state"] == "held" and point["held"] <= point[
                        "date"
                    ] + timedelta(days=self.org.grace)
        return held, planned

    def _asked_to_tell(self, talk):
        """Required flows of a line conversation with somebody else to tell."""
        person = self.by_id[talk["person"]]
        n1 = person["boss"]
        n2 = n1 and n1["boss"]
        users = {
            "hr": set(self.org.officers),
            "n1": {n1 and n1["user"]},
            # one user is N+1 or N+2, not both
            "n2": {n2 and n2["user"]} - {n1 and n1["user"]},
        }
        flows = set()
        for route in self.org.routes:
            others = users[route.recipient_role] - {None, person["user"]}
            if route.author_role == "conductor":
                others -= {talk["guide"]}
            if route.required and others:
                flows.add((route.author_role, route.recipient_role))
        return flows

    def _k7(self, people, line):
        return self._feedback(self._talks(people, True))

    def _feedback(self, talks):
        kept = asked = 0
        for talk in talks:
            flows = self._asked_to_tell(talk)
            last = datetime.combine(talk["held"], time(10)) + timedelta(
                days=self.org.grace
            )
            settled = {
                told["flow"]
                for told in talk["feedback"]
                if told["state"] in ("sent", "refused") and told["on"] <= last
            }
            asked += bool(flows)
            kept += bool(flows) and flows <= settled
        return kept, asked

    def _k8(self, people, line):
        talks = self._talks(people, line)
        return sum(t["prepared"] for t in talks), len(talks)

    def _training(self, people):
        for plan in self.org.plans:
            for action in plan["actions"]:
                if (
                    plan["person"] in people
                    and action["state"] == "done"
                    and action["category"] == "formal_training"
                    and FROM <= action["done_on"] <= TODAY
                ):
                    yield plan["person"], Fraction(str(action["hours"]))
        for course in self.org.courses:
            if course["person"] in people and (
                course["start"] <= TODAY and course["end"] >= FROM
            ):
                yield course["person"], Fraction(course["hours"])

    def _k12(self, people, line):
        return len({person for person, __ in self._training(people)}), len(people)

    def _k12h(self, people, line):
        return sum(hours for __, hours in self._training(people)), len(people)

    def _k14(self, people, line):
        talks = self._talks(people, line)
        return sum(self._links(talk) for talk in talks), 6 * len(talks)

    def _links(self, talk):
        plan = talk["plan"]
        if plan and plan["state"] not in ("agreed", "evaluated"):
            plan = None
        actions = (
            [a for a in plan["actions"] if a["state"] != "dropped"] if plan else []
        )
        next_step = any(a["need"] == "next_step" for a in actions)
        reachable = {after for __, after in self.org.steps}
        wishes = [
            w
            for w in self.org.wishes
            if w["person"] == talk["person"] and w["state"] == "active"
        ]
        return sum(
            (
                talk["prepared"],
                talk["outcome"] not in (None, "not_discussed"),
                bool(plan),
                any(not a["classical"] for a in actions),
                bool(plan and plan["checkpoints"]),
                any(w["job"] in reachable or next_step for w in wishes),
            )
        )

    def _reports(self, guide):
        return [p for p in self.org.people if p["active"] and p["boss"] is guide]

    @staticmethod
    def is_certified(guide):
        return any(
            c["counts"] and c["from"] <= TODAY and (not c["to"] or c["to"] >= TODAY)
            for c in guide["certificates"]
        )

    def _k16(self, people, line):
        guides = [self.by_id[n] for n in people if self._reports(self.by_id[n])]
        return sum(map(self.is_certified, guides)), len(guides)

    def _k17(self, people, line):
        return len(people & set(self.org.deals)), len(people)

    def _k18(self, people, line):
        wishing = {
            w["person"]
            for w in self.org.wishes
            if w["state"] == "active" and w["confirmed"]
        }
        return len(people & wishing), len(people)

    # ------------------------------------------------------------ from the history
    def days_in_job(self):
        """K9: days since the first day of the present run of the same job."""
        result = []
        for person in self.population:
            jobs = [(since, job) for since, job in person["jobs"] if since <= TODAY]
            now = jobs[-1][1]
            if not now:
                continue
            start = None
            for since, job in reversed(jobs):
                if job != now:
                    break
                start = since
            result.append((TODAY - start).days)
        return sorted(result)

    def job_changes(self):
        """K10: how many changes went up, and how many sideways."""
        up = side = 0
        leads = {
            job_at(p["boss"], TODAY)
            for p in self.org.people
            if p["active"] and p["boss"] and p["boss"]["active"]
        } - {False, None}
        for person in self.population:
            pairs = zip(person["jobs"], person["jobs"][1:], strict=False)
            for (__, before), (day, after) in pairs:
                if not before or not after or before == after:
                    continue
                if not FROM <= day <= TODAY:
                    continue
                kind = self.org.steps.get((before, after))
                goes_up = after in leads and before not in leads
                if kind:
                    goes_up = kind == "vertical"
                up, side = up + goes_up, side + (not goes_up)
        return up, side

    def mean_population(self):
        counts = [
            sum(present(p, day) for p in self.org.people) for day in (FROM, TODAY)
        ]
        return Fraction(sum(counts), 2)

    def leavers(self):
        return [
            p
            for p in self.org.people
            if not p["active"] and p["type"] != "student" and FROM <= p["left"] <= TODAY
        ]

    def retention(self):
        """K19: {what came before: (leavers, twice the mean population)}.

        Keys are "talk" or "plan", and whether there was one in the 24 months before.
        """
        found = {}
        leavers = self.leavers()
        for person in self.org.people:
            left = person in leavers
            there = sum(present(person, day) for day in (FROM, TODAY))
            until = person["left"] if left else TODAY
            since = until - relativedelta(months=24)
            talked = any(
                t["person"] == person["id"]
                and t["line"]
                and t["state"] in ("held", "closed")
                and since <= t["held"] <= until
                for t in self.org.talks
            )
            planned = any(
                p["person"] == person["id"]
                and p["line"]
                and p["state"] in ("agreed", "evaluated")
                and p["start"] <= until
                and p["end"] >= since
                for p in self.org.plans
            )
            for key in (("talk", talked), ("plan", planned)):
                before = found.get(key, (0, 0))
                found[key] = (before[0] + left, before[1] + there)
        return found

    # ------------------------------------------------------------------- the guide
    def guides(self):
        """Managers who can be the guide of a document: those who can log in."""
        return [p for p in self.org.people if p["user"] and self._reports(p)]

    def scorecard(self, guide):
        """K16: {code: (numerator, denominator, number of employees)} of a manager.

        Over own reports of today and over line documents of which this is the guide.
        """
        reports = {p["id"] for p in self._reports(guide) if p["type"] != "student"}
        mine = Oracle.__new__(Oracle)
        mine.by_id, mine.org = self.by_id, SimpleNamespace(**vars(self.org))
        mine.org.talks, mine.org.plans = (
            [d for d in docs if d["line"] and d["guide"] == guide["user"]]
            for docs in (self.org.talks, self.org.plans)
        )
        rows = {
            code: mine.figure(code, reports, True) for code in ("K1", "K4c", "K6", "K7")
        }
        return {
            code: (num, den, self._heads(mine, code, reports))
            for code, (num, den) in rows.items()
        }

    @staticmethod
    def _heads(oracle, code, people):
        """How many of the people a figure is about: those it counts at all."""
        return sum(oracle.figure(code, {p}, True)[1] > 0 for p in people)

    # ------------------------------------------------------------------- the offer
    def uses(self):
        """K20: how often what this company offers was used in the months of W."""
        return sum(
            count
            for resource in self.org.resources
            for month, count in resource["uses"].items()
            if FROM <= month <= TODAY
        )

    def marks(self, item):
        """K20: marks of the sessions in W; 0 is "too early to say"."""
        given = [
            mark[item]
            for resource in self.org.resources
            for session in resource["sessions"]
            if FROM <= session["date"] <= TODAY
            for mark in session["marks"]
            if mark[item]
        ]
        return sum(given), len(given)
