"""Sample data: what the organisation does. Cycles, deals, certificates, the offer.

Played by the public methods as HR and as the people, then moved to the past, as in
``sample_data``; see there.
"""

import itertools
from datetime import date, timedelta

from odoo.fields import Command
from odoo.tools import SQL

from . import sample_people as people
from . import sample_texts

MODULE = "career_guidance"
# an empty picture: who has no user draws the signature
SIGNATURE = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    b"AABJRU5ErkJggg=="
)


class SampleRounds:
    """The second half of the sample data, on the people of the first."""

    def __init__(self, sample):
        self.sample = sample
        self.env = sample.env
        self.say = sample.say
        self.moves = []

    def play(self):
        self._make_certificates()
        self._make_paths()
        self._play_deals()
        self._play_cycles()
        self._play_assessments()
        self._play_offer()
        self._play_questions()
        self._hand_out_pages()
        self._move_all()

    def _person(self, key):
        return self.sample.employees[key]

    def _move(self, record, days_ago, *columns):
        """What was done now was done that many days ago: noted for :meth:`_move_all`,
        because each flush costs more than the work itself."""
        self.moves += [(record, days_ago, column) for column in columns if record]

    def _move_all(self):
        """Carry out the moves that were noted."""
        self.env.flush_all()
        for record, days_ago, column in self.moves:
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s WHERE id IN %s",
                    SQL.identifier(record._table),
                    SQL.identifier(column),
                    self.sample._moment(days_ago),
                    tuple(record.ids),
                )
            )
        self._move_history()
        self.moves = []
        self.env.invalidate_all()

    def _move_history(self):
        """What is told of a document was told when the last of it happened."""
        days = {}
        for record, days_ago, _column in self.moves:
            for res_id in record.ids:
                key = record._name, res_id
                days[key] = min(days.get(key, days_ago), days_ago)
        for (model, res_id), days_ago in days.items():
            self.env.cr.execute(
                SQL(
                    """UPDATE career_history SET date = %(when)s, create_date = %(when)s
                       WHERE res_model = %(model)s AND res_id = %(id)s
                         AND date >= %(since)s""",
                    when=self.sample._moment(max(days_ago, 0)),
                    model=model,
                    id=res_id,
                    since=self.sample.began,
                )
            )

    # ---------------------------------------------------------------------- cycles
    def _play_cycles(self):
        """Three yearly rounds over everybody: two are closed, the third is running."""
        year = self.sample.today.year
        rounds = (("before_last", 720, 540), ("last", 350, 90), ("now", 60, -30))
        for number, (key, since, until) in enumerate(rounds):
            cycle = self._launch("Career conversations %s", until <= 0)
            self.sample._name(cycle, f"cycle_{key}")
            self.sample.translate_name(cycle, year - 2 + number)
            start, end = self.sample._day(since), self.sample._day(until)
            if until > 0:
                self._close(cycle)
            self._move_cycle(cycle, start, end, since)
            self._link_conversations(cycle, start, end)
            self._settle(cycle, running=until <= 0)

    def _launch(self, name, running):
        companies = self.env["res.company"].union(*self.sample.companies.values())
        cycle = self.env["career.cycle"].create(
            {
                "name": name,
                "company_ids": [Command.set(companies.ids)],
                "date_start": self.sample.today,
                "date_end": self.sample._day(-30),
                "tell_employees": running,
                "letter": self.say(sample_texts.LETTER),
            }
        )
        self.sample._as(cycle, "hilde").action_launch()
        return cycle

    def _close(self, cycle):
        self.sample._as(cycle, "hilde").action_close()

    def _move_cycle(self, cycle, start, end, since):
        self._move(cycle, since, "create_date", "date_launched")
        self._move_all()
        self.env.cr.execute(
            SQL(
                "UPDATE career_cycle SET date_start = %s, date_end = %s WHERE id = %s",
                start,
                end,
                cycle.id,
            )
        )
        self.env.cr.execute(
            SQL(
                """UPDATE career_participation SET deadline = %s, create_date = %s
                   WHERE cycle_id = %s""",
                end,
                self.sample._moment(since),
                cycle.id,
            )
        )
        self.env.invalidate_all()

    def _link_conversations(self, cycle, start, end):
        """A formal line conversation counts in the round in whose time it was."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE career_conversation talk SET participation_id = part.id
                  FROM career_participation part
                 WHERE part.cycle_id = %(cycle)s
                   AND part.employee_id = talk.employee_id
                   AND talk.kind = 'formal' AND talk.conductor_role = 'n1'
                   AND talk.state != 'cancelled'
                   AND COALESCE(talk.date_held, talk.date_start, talk.create_date)
                       BETWEEN %(start)s AND %(end)s
                """,
                cycle=cycle.id,
                start=start,
                end=end + timedelta(days=1),
            )
        )
        self.env.invalidate_all()
        parts = cycle.participation_ids
        for name in ("state", "checkpoint_state", "is_open", "date_planned"):
            self.env.add_to_compute(parts._fields[name], parts)
        self.env.add_to_compute(parts._fields["date_held"], parts)
        self.env.flush_all()

    def _settle(self, cycle, running):
        """Some arranged it otherwise, some are excused, some are late."""
        open_ones = cycle.participation_ids.filtered(lambda p: p.state == "to_plan")
        open_ones = open_ones.filtered(lambda p: p.n1_user_id).sorted("id")
        if running:
            waiting = {self._person(key).id for key in {*people.TO_PLAN, "noor"}}
            open_ones = open_ones.filtered(lambda p: p.employee_id.id not in waiting)
        for number, part in enumerate(open_ones):
            employee = part.employee_id
            if number % 5 == 2 and employee.user_id:
                self._settle_one(cycle, part, running)
            elif number % 5 == 4:
                self._excuse(cycle, part, running)
            elif running and number % 5 in (0, 1):
                part.deadline = self.sample._day(4)
        self.env.flush_all()

    def _settle_one(self, cycle, part, running):
        if running:
            self.sample._as(part, part.employee_id).action_arranged_otherwise()
            self._move(part, 3 + part.id % 20, "date_arranged")
        else:
            part.date_arranged = self._inside(cycle)

    def _excuse(self, cycle, part, running):
        if running:
            mine = self.sample._as(part, part.employee_id.parent_id)
            mine.action_excuse(self.say(sample_texts.EXCUSE))
            self._move(part, 3 + part.id % 20, "date_excused")
        else:
            part.write(
                {
                    "date_excused": self._inside(cycle),
                    "excuse_reason": self.say(sample_texts.EXCUSE),
                    "excused_by": part.n1_user_id.name,
                }
            )

    def _inside(self, cycle):
        return self.sample._moment((self.sample.today - cycle.date_end).days + 20)

    # ----------------------------------------------------------------------- deals
    def _play_deals(self):
        """A deal that nearly everybody signed, and a new version that fewer did."""
        templates = self.env["career.deal.template"]
        for code, company in self.sample.companies.items():
            for kind in ("employee", "guide"):
                shipped = self.env.ref(f"{MODULE}.deal_template_{kind}")
                template = shipped.copy({"company_id": company.id})
                for lang in self.sample.languages:
                    there = template.with_context(lang=lang)
                    name = shipped.with_context(lang=lang).name
                    there.name = f"{name} ({company.name})"
                templates |= self.sample._name(template, f"deal_{kind}_{code}")
        self._publish(templates, 700)
        deals = self._deals(templates)
        self._move(deals, 700, "create_date")
        self._sign(deals, 690, lambda number: number % 9 != 8)
        # one text was made clearer: who had signed signs again
        renewed = templates.filtered(
            lambda t: (
                t.kind == "employee" and t.company_id != self.sample.companies["plant"]
            )
        )
        for template in renewed:
            template.organisation_part = (
                f"{template.organisation_part or ''}"
                f"<p>{self.say(sample_texts.DEAL_NEW_LINE)}</p>"
            )
        self._publish(renewed, 80)
        deals = self._deals(renewed)
        self._move(deals, 80, "create_date")
        self._sign(deals, 70, lambda number: number % 4 != 3)
        left = deals.filtered(lambda d: d.state == "to_sign").sorted("id")
        left.deadline = self.sample._day(-20)
        for deal in left[-1:]:
            self.sample._as(deal, "hilde").action_cancel(
                self.say("Sent to the wrong person.")
            )
            self._move(deal, 79, "write_date")

    def _publish(self, templates, days):
        for template in templates:
            self.sample._as(template, "tom").with_context(
                allowed_company_ids=template.company_id.ids
            ).action_publish()
        self._move(templates, days, "date_published")

    def _deals(self, templates):
        for template in templates:
            people = self.env["hr.employee"].search(
                [("company_id", "=", template.company_id.id)]
            )
            if template.kind == "guide":
                people = people.filtered("child_ids")
            template._career_make_deals(people)
        deals = self.env["career.deal"].search([("template_id", "in", templates.ids)])
        return deals.filtered("is_current")

    def _sign(self, deals, days, signs):
        """The deals of who signs, each on a day of its own."""
        noor = self._person("noor")
        for number, deal in enumerate(deals.sorted("id")):
            if not signs(number) or deal.employee_id == noor:
                continue
            if deal.employee_id.user_id:
                self.sample._as(deal, deal.employee_id).action_sign()
            else:
                # HR puts it before the employee, who draws the signature
                hr = self.sample._as(deal, "hilde")
                hr.action_sign(SIGNATURE)
            self._move(deal, days - number % 30, "signed_on")

    # ----------------------------------------------------------------- certificates
    def _make_certificates(self):
        """The training of guides: valid, about to end, ended, or not followed."""
        kind = self.sample._name(
            self.env["hr.skill.type"].create(
                {
                    "name": "Certificates at Lindervoort",
                    "is_certification": True,
                    "skill_ids": [Command.create({"name": "Career conversations"})],
                    "skill_level_ids": [
                        Command.create(
                            {
                                "name": self.say("Certified"),
                                "level_progress": 100,
                                "default_level": True,
                            }
                        )
                    ],
                }
            ),
            "certificate_type",
        )
        skill, level = kind.skill_ids, kind.skill_level_ids
        self.sample.translate_name(kind)
        self.sample.translate_name(skill)
        companies = self.env["res.company"].union(*self.sample.companies.values())
        companies.career_guide_skill_id = skill
        validity = ((500, -600), (700, -25), (900, 12), None)
        guides = [e for e in self.sample.employees.values() if e.child_ids]
        values = []
        for number, guide in enumerate(guides):
            period = validity[number % 4] if guide.user_id.login != "marc" else (90, 0)
            if not period:
                continue
            since, until = period
            values.append(
                {
                    "employee_id": guide.id,
                    "skill_type_id": kind.id,
                    "skill_id": skill.id,
                    "skill_level_id": level.id,
                    "valid_from": self.sample._day(since),
                    "valid_to": self.sample._day(until or -1000),
                }
            )
        self.env["hr.employee.skill"].create(values)

    # ----------------------------------------------------------------------- paths
    def _make_paths(self):
        for key, name, company, steps in sample_texts.PATHS:
            path = self.env["career.path"].create(
                {
                    "name": name,
                    "company_id": self.sample.companies[company].id,
                    "step_ids": [
                        Command.create(
                            {
                                "from_job_id": self.sample.jobs[company, before].id,
                                "to_job_id": self.sample.jobs[company, after].id,
                                "kind": kind,
                                "duration": months,
                                "story": story and self.say(story),
                            }
                        )
                        for before, after, kind, months, story in steps
                    ],
                }
            )
            self.sample.translate_name(self.sample._name(path, f"path_{key}"))

    # ----------------------------------------------------------------- assessments
    def _play_assessments(self):
        people = ("emma", "milan", "griet", "bram", "tine", "lotte", "yannick", "ann")
        kinds = ("potential", "feedback_360", "development_centre", "other")
        moments = ("before", "after", "hiring")
        for number, key in enumerate(people):
            employee = self._person(key)
            author = "hilde" if number % 3 else key
            assessment = self.sample._as(self.env["career.assessment"], author).create(
                {
                    "employee_id": employee.id,
                    "kind": kinds[number % 4],
                    "moment": moments[number % 3],
                    "date": self.sample._day(40 + 70 * number),
                    "assessor": ("Bureau Kompas", "Hilde Janssens")[number % 2],
                    "conclusion": self.say(sample_texts.CONCLUSIONS[number % 3]),
                }
            )
            if number % 2:
                self.sample._as(assessment, employee).share_n1 = True
            if not number % 4:
                self.sample._as(assessment, employee).share_hr = True
            self._move(
                assessment.with_env(self.env), 40 + 70 * number - 2, "create_date"
            )
            self.sample._name(assessment.with_env(self.env), f"assessment_{number}")

    # ------------------------------------------------------------------------ offer
    def _play_offer(self):
        """Workshops that took place, what people found, and how often each is used."""
        resources = self.env["career.resource"].search([], order="sequence, id")
        taught = resources.filtered("has_sessions")
        marks = itertools.cycle((4, 5, 4, 3, 5, 4, 2, 5))
        for number, (resource, days) in enumerate(
            itertools.product(taught, (560, 300, 60, -25))
        ):
            company = list(self.sample.companies.values())[number % 3]
            session = self.env["career.resource.session"].create(
                {
                    "resource_id": resource.id,
                    "company_id": company.id,
                    "date": self.sample._moment(days, 13),
                    "place": self.say("Meeting room 2"),
                    "trainer": ("Annelies Roose", "Bureau Kompas")[number % 2],
                    "attendance": 7 + number % 6 if days > 0 else 0,
                }
            )
            self.sample._name(session, f"session_{number}")
            # one of them has too few answers to be shown
            for _answer in range((6, 8, 3)[number % 3] if days > 0 else 0):
                session.career_evaluate(
                    next(marks), next(marks), next(marks) if days > 100 else 0
                )
        first = date(self.sample.today.year, self.sample.today.month, 1)
        rows = []
        for number, resource in enumerate(resources):
            month = first
            for back in range(24):
                rows.append((resource.id, month, 2 + (number * 5 + back * 3) % 11))
                month = (month - timedelta(days=1)).replace(day=1)
        self.env.flush_all()
        for row in rows:
            self.env.cr.execute(
                SQL(
                    """INSERT INTO career_resource_use (resource_id, month, count)
                       VALUES (%s, %s, %s) ON CONFLICT DO NOTHING""",
                    *row,
                )
            )
        self.env["career.resource.use"].invalidate_model()

    # -------------------------------------------------------------------- questions
    def _play_questions(self):
        for number, (key, question, answer) in enumerate(sample_texts.QUESTIONS):
            asked = self.sample._as(self.env["career.help.question"], key).create(
                {"question": self.say(question)}
            )
            self.sample._name(asked.with_env(self.env), f"question_{number}")
            if answer:
                self.sample._as(asked, "hilde").action_answer(self.say(answer))
            self._move(asked.with_env(self.env), 9 + 40 * number, "create_date")

    def _hand_out_pages(self):
        """Two operators have a page of their own; its link was handed out on paper."""
        for key in ("jozef", "kelly"):
            pages = self.sample._as(self.env["career.personal.page"], "hilde")
            page, _link = pages._career_create_page(self._person(key))
            self.sample._name(page.with_env(self.env), f"page_{key}")
