"""A random organisation: in the database, and as plain records beside it.

The plain records are what `oracle.py` counts; it never looks at the database, nor at
the code that is tested.
"""

import random
from datetime import date, datetime, time, timedelta

TODAY = date(2026, 6, 15)
FROM = date(2025, 6, 16)


class Organisation:
    """Employees, conversations, plans, wishes and deals of one company.

    :param env: environment with all rights
    :param company: ``res.company``; its employees are made
    :param size: number of employees
    """

    def __init__(self, env, company, seed, size=26):
        self.env, self.company = env, company
        self.random = random.Random(seed)
        self.people, self.talks, self.plans, self.wishes = [], [], [], []
        self.courses, self.deals, self.arranged = [], [], set()
        self.resources, self.officers = [], []
        self.grace = self.random.choice((10, 14))
        company.career_grace_days = self.grace
        channels = {
            code: env.ref(f"career_guidance.channel_{code}")
            for code in ("line", "staff", "coach", "external")
        }
        self.channels = channels
        self._make_ground()
        for number in range(size):
            self._make_person(number)
        for person in self.people:
            for __ in range(self.random.choice((0, 0, 1, 1, 2))):
                self._make_plan(person)
            for __ in range(self.random.choice((0, 1, 1, 2))):
                self._make_talk(person)
            if self.random.random() < 0.5:
                self._make_wish(person)
            if self.random.random() < 0.3:
                self._make_course(person)
            if self.random.random() < 0.6:
                self._make_deal(person)
            if self.random.random() < 0.1:
                self._arrange_otherwise(person)
            if self.random.random() < 0.5:
                self._make_certificate(person)
        self._make_offer()
        env.flush_all()
        env.invalidate_all()

    # ---------------------------------------------------------------------- ground
    def _make_ground(self):
        env, company = self.env, self.company
        head = env["hr.department"].create({"name": "Head", "company_id": company.id})
        self.departments = head | env["hr.department"].create(
            [
                {"name": name, "parent_id": head.id, "company_id": company.id}
                for name in ("North", "South")
            ]
        )
        self.jobs = env["hr.job"].create(
            [{"name": f"Job {n}", "company_id": company.id} for n in range(4)]
        )
        path = env["career.path"].create({"name": "Up", "company_id": company.id})
        self.steps = {}
        for first, second, kind in ((0, 1, "vertical"), (1, 2, "lateral")):
            env["career.path.step"].create(
                {
                    "path_id": path.id,
                    "from_job_id": self.jobs[first].id,
                    "to_job_id": self.jobs[second].id,
                    "kind": kind,
                }
            )
            self.steps[self.jobs[first].id, self.jobs[second].id] = kind
        self.methods = {
            category: env["career.development.method"].search(
                [("category", "=", category)], limit=1
            )
            for category in ("formal_training", "on_the_job", "rotation")
        }
        self.course = env["hr.resume.line.type"].create(
            {"name": "Course", "is_course": True}
        )
        self.template = env["career.deal.template"].create(
            {
                "name": "Deal",
                "company_id": company.id,
                "introduction": "<p>We agree.</p>",
                "employee_part": "<p>Mine.</p>",
                "manager_part": "<p>Yours.</p>",
                "organisation_part": "<p>Ours.</p>",
            }
        )
        self.template.action_publish()
        self.cycle = env["career.cycle"].create(
            {
                "name": "Round",
                "company_ids": [(6, 0, company.ids)],
                "date_start": FROM,
                "date_end": TODAY + timedelta(days=30),
            }
        )
        self._sql(self.cycle, state="running")
        kind = env["hr.skill.type"].create(
            {
                "name": "Guiding",
                "skill_ids": [(0, 0, {"name": name}) for name in ("Talks", "Other")],
                "skill_level_ids": [(0, 0, {"name": "Yes", "level_progress": 100})],
            }
        )
        self.skills = kind.skill_ids
        company.career_guide_skill_id = self.skills[0]
        # what a line conversation asks to be told, besides N+2 by the guide
        self.routes = self.channels["line"].route_ids
        for route in self.routes:
            route.required = route.recipient_role == "n2" or self.random.random() < 0.6

    def _day(self, first=FROM - timedelta(days=90), last=TODAY):
        return first + timedelta(days=self.random.randint(0, (last - first).days))

    def _moment(self, day):
        return datetime.combine(day, time(10, 0))

    # ---------------------------------------------------------------------- people
    def _make_person(self, number):
        rnd, env = self.random, self.env
        boss = rnd.choice([None, *self.people[:6]]) if number > 1 else None
        hired = self._day(date(2012, 1, 1), date(2026, 6, 1))
        person = {
            "sex": rnd.choice(("male", "female", "other", False)),
            "birthday": rnd.choice(
                (False, self._day(date(1960, 1, 1), date(2004, 1, 1)))
            ),
            "department": rnd.choice((False, *self.departments.ids)),
            "boss": boss,
            "type": rnd.choice(("employee", "employee", "worker", "student")),
            "jobs": [(hired, rnd.choice((False, *self.jobs.ids)))],
            "active": True,
            "left": None,
            "user": self._make_user(number) if number < 8 else None,
            "certificates": [],
        }
        employee = env["hr.employee"].create(
            {
                "name": f"Person {number}",
                "company_id": self.company.id,
                "date_version": hired,
                "sex": person["sex"],
                "birthday": person["birthday"],
                "department_id": person["department"],
                "parent_id": boss and boss["id"],
                "user_id": person["user"],
                "employee_type": person["type"],
                "job_id": person["jobs"][0][1],
            }
        )
        person["id"], person["record"] = employee.id, employee
        day = hired
        for __ in range(rnd.choice((0, 0, 1, 2))):
            day += timedelta(days=rnd.randint(30, 900))
            if day > TODAY:
                break
            job = rnd.choice((False, *self.jobs.ids))
            employee.create_version({"date_version": day, "job_id": job})
            person["jobs"].append((day, job))
        if number > 8 and rnd.random() < 0.15:
            person["active"] = False
            person["left"] = self._day()
            versions = employee.with_context(active_test=False).version_ids
            versions.sorted("date_version")[-1].departure_date = person["left"]
            employee.active = False
        self.people.append(person)

    def _make_user(self, number):
        """The log-in of somebody who may guide others, perhaps of HR; or none."""
        if self.random.random() < 0.2:
            return None
        groups = self.env.ref("base.group_user")
        # often one officer, who then guides, or is guided, as anybody
        is_officer = self.random.random() < (0.1 if self.officers else 0.6)
        if is_officer:
            groups |= self.env.ref("career_guidance.group_career_officer")
        user = self.env["res.users"].create(
            {
                "name": f"Person {number}",
                "login": f"random_{self.company.id}_{number}",
                "company_id": self.company.id,
                "company_ids": [(6, 0, self.company.ids)],
                "group_ids": [(6, 0, groups.ids)],
            }
        )
        if is_officer:
            self.officers.append(user.id)
        return user.id

    # ------------------------------------------------------------------- documents
    def _set_channel(self, record, code):
        """As if asked for in a channel, also where nobody has the role in it."""
        channel = self.channels[code]
        flags = {
            name: channel[name]
            for name in ("hidden_from_n1", "hidden_from_n2", "hidden_from_hr")
        }
        role = channel.conductor_role
        self._sql(record, channel_id=channel.id, conductor_role=role, **flags)

    def _guide(self, person):
        """Who guides in the line: mostly the manager of today."""
        boss = person["boss"] if self.random.random() < 0.8 else self.people[0]
        user = boss["user"] if boss else None
        return None if user == person["user"] else user

    def _channel(self):
        return self.random.choice(("line", "line", "line", "staff", "coach"))

    def _sql(self, record, **values):
        """What transitions would have done, without their checks."""
        self.env.flush_all()
        sets = ", ".join(f"{name} = %s" for name in values)
        self.env.cr.execute(
            f"UPDATE {record._table} SET {sets} WHERE id = %s",  # noqa: S608
            [*values.values(), record.id],
        )
        record.invalidate_recordset()

    def _make_plan(self, person):
        rnd = self.random
        first = FROM - timedelta(days=rnd.choice((300, 300, 900)))
        start = self._day(first, TODAY)
        code = self._channel()
        plan = {
            "person": person["id"],
            "line": code == "line",
            "guide": self._guide(person) if code == "line" else None,
            "start": start,
            "end": start + timedelta(days=rnd.randint(60, 360)),
            "state": rnd.choice(
                ("draft", "agreed", "agreed", "evaluated", "superseded")
            ),
            "target": rnd.choice((50, 80)),
            "actions": [],
            "checkpoints": [],
            "maturity": rnd.choice(("beginner", "advanced")),
        }
        record = self.env["career.plan"].create(
            {
                "employee_id": person["id"],
                "channel_id": self.channels["external"].id,
                "date_start": plan["start"],
                "date_end": plan["end"],
                "target_rate": plan["target"],
            }
        )
        self._set_channel(record, code)
        need = self.env["career.plan.need"].create(
            {
                "plan_id": record.id,
                "name": "A need",
                "domain": "social",
                "purpose": rnd.choice(("current_job", "next_step")),
            }
        )
        for __ in range(rnd.choice((0, 1, 3, 4))):
            category = rnd.choice(sorted(self.methods))
            deadline = min(self._day(start, start + timedelta(days=200)), plan["end"])
            action = {
                "state": rnd.choice(("todo", "doing", "done", "done", "dropped")),
                "weight": rnd.choice((1.0, 0.5, 1.33, 2.0)),
                "deadline": deadline,
                "done_on": self._day(start, TODAY) if start < TODAY else TODAY,
                "category": category,
                "classical": self.methods[category].is_classical,
                "hours": rnd.choice((0, 8, 7.5)),
                "cause": rnd.choice((None, "employee", "employer")),
                "need": need.purpose,
            }
            plan["actions"].append(action)
            made = self.env["career.plan.action"].create(
                {
                    "plan_id": record.id,
                    "need_id": need.id,
                    "name": "Do it",
                    "method_id": self.methods[category].id,
                    "weight": action["weight"],
                    "deadline": deadline,
                    "hours": action["hours"],
                }
            )
            self._sql(
                made,
                state=action["state"],
                original_deadline=deadline,
                date_done=action["done_on"] if action["state"] == "done" else None,
                not_done_cause=action["cause"],
            )
            # the plan keeps the sums of its actions
            made.modified(["state"])
        for __ in range(rnd.choice((0, 1, 2))):
            day = self._day(plan["start"], plan["end"])
            checkpoint = {
                "date": day,
                "state": rnd.choice(("planned", "held", "held", "skipped")),
                "held": day + timedelta(days=rnd.choice((-2, 10, 11, 14, 15))),
            }
            plan["checkpoints"].append(checkpoint)
            made = self.env["career.plan.checkpoint"].create(
                {"plan_id": record.id, "date": day}
            )
            held = checkpoint["held"] if checkpoint["state"] == "held" else None
            self._sql(made, state=checkpoint["state"], date_held=held)
        self._sql(
            record,
            state=plan["state"],
            maturity=plan["maturity"],
            conductor_user_id=plan["guide"],
        )
        plan["id"] = record.id
        self.plans.append(plan)

    def _make_talk(self, person):
        rnd = self.random
        own = [p for p in self.plans if p["person"] == person["id"]]
        plan = rnd.choice([None, *own])
        held = self._day(FROM - timedelta(days=rnd.choice((90, 90, 700))))
        code = self._channel()
        talk = {
            "person": person["id"],
            "line": code == "line",
            "guide": self._guide(person) if code == "line" else None,
            "feedback": [],
            "kind": rnd.choice(("formal", "formal", "informal")),
            "state": rnd.choice(("held", "closed", "planned", "cancelled")),
            "held": held,
            "outcome": rnd.choice(("not_discussed", "develop", "no_change", None)),
            "prepared": rnd.choice((True, False)),
            "plan": plan,
        }
        record = self.env["career.conversation"].create(
            {
                "employee_id": person["id"],
                "channel_id": self.channels["external"].id,
                "kind": talk["kind"],
            }
        )
        self._set_channel(record, code)
        self._sql(
            record,
            state=talk["state"],
            date_held=self._moment(held),
            outcome=talk["outcome"],
            career_was_prepared=talk["prepared"],
            plan_id=plan and plan["id"],
            conductor_user_id=talk["guide"],
        )
        if talk["line"] and talk["state"] in ("held", "closed"):
            for route in self.routes:
                self._tell(record, talk, route)
        self.talks.append(talk)

    def _tell(self, record, talk, route):
        """Feedback along one route: in time, late, refused, not sent, or none."""
        rnd = self.random
        state = rnd.choice(("sent", "sent", "sent", "refused", "draft", None))
        if not state:
            return
        on = self._moment(talk["held"]) + timedelta(days=rnd.choice((0, 9, 10, 14)))
        on += timedelta(seconds=rnd.choice((0, 0, 1)))
        flow = (route.author_role, route.recipient_role)
        talk["feedback"].append({"flow": flow, "state": state, "on": on})
        made = self.env["career.feedback"].create(
            {"conversation_id": record.id, "route_id": route.id, "body": "<p>So.</p>"}
        )
        sent = on if state == "sent" else None
        self._sql(made, state=state, date_sent=sent, write_date=on)

    def _make_wish(self, person):
        rnd = self.random
        wish = {
            "person": person["id"],
            "state": rnd.choice(("draft", "active", "active", "withdrawn")),
            "confirmed": rnd.choice((None, self._day())),
            "job": rnd.choice((False, *self.jobs.ids)),
            "direction": rnd.choice(("vertical", "lateral")),
        }
        record = self.env["career.aspiration"].create(
            {
                "employee_id": person["id"],
                "direction": wish["direction"],
                "target_job_id": wish["job"],
                "horizon": "1y",
            }
        )
        self._sql(record, state=wish["state"], last_confirmed=wish["confirmed"])
        self.wishes.append(wish)

    def _make_course(self, person):
        start = self._day()
        course = {"person": person["id"], "start": start, "end": start, "hours": 6}
        self.env["hr.resume.line"].create(
            {
                "employee_id": person["id"],
                "name": "A course",
                "line_type_id": self.course.id,
                "date_start": start,
                "date_end": start,
                "duration": course["hours"],
            }
        )
        self.courses.append(course)

    def _make_deal(self, person):
        if not person["active"]:
            return
        deals = self.env["career.deal"]
        values = {"employee_id": person["id"], "template_id": self.template.id}
        # new employees get one as soon as it is published
        deal = deals.search([(name, "=", value) for name, value in values.items()])
        deal = deal or deals.create(values)
        version = self.random.choice((0, 1, 1))
        state = self.random.choice(("signed", "signed", "to_sign"))
        signed_on = self._moment(TODAY) if state == "signed" else None
        self._sql(deal, state=state, version=version, signed_on=signed_on)
        if state == "signed" and version == 1:
            self.deals.append(person["id"])

    def _arrange_otherwise(self, person):
        participation = self.env["career.participation"].create(
            {"cycle_id": self.cycle.id, "employee_id": person["id"]}
        )
        self._sql(participation, state="arranged_otherwise")
        self.arranged.add(person["id"])

    def _make_certificate(self, person):
        """A certificate that runs, has run out, or is about something else."""
        rnd = self.random
        certificate = {
            "counts": rnd.random() < 0.8,
            "from": self._day(),
            "to": rnd.choice((None, TODAY, TODAY + timedelta(days=20), self._day())),
        }
        if certificate["to"]:
            certificate["from"] = min(certificate["from"], certificate["to"])
        skill = self.skills[0 if certificate["counts"] else 1]
        made = self.env["hr.employee.skill"].create(
            {
                "employee_id": person["id"],
                "skill_type_id": skill.skill_type_id.id,
                "skill_id": skill.id,
                "skill_level_id": skill.skill_type_id.skill_level_ids.id,
            }
        )
        self._sql(made, valid_from=certificate["from"], valid_to=certificate["to"])
        person["certificates"].append(certificate)

    # ----------------------------------------------------------------------- offer
    def _make_offer(self):
        """Resources of this company and of all, used and marked without names."""
        rnd, env = self.random, self.env
        # of other companies of this test, or of sample data
        env["career.resource.use"].search([]).unlink()
        for number in range(6):
            resource = {"own": rnd.random() < 0.7, "uses": {}, "sessions": []}
            record = env["career.resource"].create(
                {
                    "name": f"Offer {number}",
                    "kind": "workshop",
                    "company_id": self.company.id if resource["own"] else False,
                }
            )
            resource["record"] = record
            for month in rnd.sample(range(1, 13), rnd.choice((0, 2, 4))):
                day = date(rnd.choice((2025, 2026)), month, 1)
                resource["uses"][day] = rnd.randint(1, 9)
                env["career.resource.use"].create(
                    {
                        "resource_id": record.id,
                        "month": day,
                        "count": resource["uses"][day],
                    }
                )
            for __ in range(rnd.choice((0, 1, 2))):
                resource["sessions"].append(self._make_session(record))
            self.resources.append(resource)

    def _make_session(self, resource):
        rnd = self.random
        session = {"date": self._day(), "marks": []}
        session["record"] = self.env["career.resource.session"].create(
            {
                "resource_id": resource.id,
                "company_id": self.company.id,
                "date": self._moment(session["date"]),
            }
        )
        for __ in range(rnd.choice((0, 2, 3, 7))):
            mark = {
                "satisfaction": rnd.randint(1, 5),
                "learning": rnd.randint(1, 5),
                "practice": rnd.randint(0, 5),
            }
            session["marks"].append(mark)
            self.env["career.resource.evaluation"].create(
                {"session_id": session["record"].id, **mark}
            )
        return session
