"""Sample data: an invented company with two years of career guidance.

It plays the public methods as the people of the company, so that the rights are
proven on the way; then it moves what was played "now" to the day on which it would
have happened. The same on every run; all dates are relative to today.
"""

import unicodedata
from datetime import date, datetime, time, timedelta
from itertools import combinations
from random import Random

from odoo import SUPERUSER_ID, fields
from odoo.fields import Command
from odoo.tools import SQL

from ..models.career_audience_mixin import ActingEmployee
from . import sample_dutch as dutch
from . import sample_people as people
from . import sample_texts as texts
from .sample_rounds import SIGNATURE, SampleRounds

MODULE = "career_guidance"
# not the add-on: whoever removes it keeps the people, as after the button
SAMPLE = "career_guidance_sample"
# what the transitions set to the present moment, by model
MOMENTS = {
    "career.aspiration": ("create_date", "last_confirmed"),
    "career.conversation": ("create_date", "date_held"),
    "career.preparation": ("create_date", "date_ready"),
    "career.feedback": ("create_date", "date_sent"),
    "career.referral": ("create_date",),
    "career.plan": (
        "create_date",
        "employee_signed_on",
        "conductor_signed_on",
        "date_agreed",
        "date_evaluated",
    ),
    "career.plan.action": ("create_date", "date_done"),
    "career.plan.checkpoint": ("create_date", "date_held"),
    "career.trajectory": ("create_date", "date_closed"),
    "career.history": ("create_date", "date"),
}
# what is over asks nobody for anything
SETTLED = {
    "closed",
    "cancelled",
    "evaluated",
    "superseded",
    "refused",
    "rejected",
    "withdrawn",
    "moved",
    "done",
}
# running plans, in turn: how they go, and how many days ago they began
PROFILES = (
    ("on_track", 190),
    ("reached", 310),
    ("at_risk", 262),
    ("behind", 235),
    ("on_track", 130),
    ("missed", 320),
)
# part of the weight that is done, of what was due (missed: of everything)
BANDS = {"at_risk": (0.6, 0.8), "behind": (0.2, 0.6), "missed": (0.3, 0.8)}


def key_of(name):
    """The first name in lower case, without accents: key and login."""
    first = unicodedata.normalize("NFD", name.split()[0])
    return "".join(c for c in first if c.isascii()).lower()


class SampleData:
    """Makes the sample data in one database, as the system user."""

    def __init__(self, env):
        context = {
            "lang": "en_US",
            "tz": "Europe/Brussels",
            "tracking_disable": True,
            "no_reset_password": True,
            "mail_create_nolog": True,
            "mail_create_nosubscribe": True,
            "mail_notrack": True,
            "mail_activity_quick_update": True,
            "dont_notify": True,
        }
        known = {env.user.lang, env.company.partner_id.lang}
        # what people wrote themselves is in one language: Dutch for who installs it so
        self.is_dutch = any((code or "").startswith("nl") for code in known)
        self.env = env(user=SUPERUSER_ID, su=True, context=context)
        self.random = Random("career guidance")
        self.today = fields.Date.today()
        self.began = min(self.env.cr.now(), fields.Datetime.now())
        # an add-on that adds to the company brings its own words
        self.words = dict(dutch.TEXTS)
        self.names = {"nl": dict(dutch.NAMES), "fr": dict(dutch.NAMES_FRENCH)}
        self.xmlids = []
        self.employees = {}
        # the English name of each one's job
        self.job_of = {}
        self.counter = {}

    # ------------------------------------------------------------------- plumbing
    def load(self):
        """Make everything.

        :return: number of employees
        """
        self._make_organisation()
        self._make_coaches()
        self._make_skills()
        self.env.flush_all()
        self._play_round(650, first=True)
        self._play_round(0)
        self._play_present()
        self._play_aspirations()
        self._play_trusted()
        self._play_emma()
        SampleRounds(self).play()
        self._clear_old_todos()
        self.finish()
        return len(self.employees)

    @classmethod
    def found(cls, env, module):
        """The company that is there, for an add-on that has something to add to it.

        :param module: the add-on, which may be in the middle of being installed
        """
        sample = cls(env)
        known = sample.env["ir.model.data"].search(
            [("module", "=", SAMPLE), ("name", "=like", "%\\_demo")], order="id"
        )
        there = {}
        for line in known:
            kind, _sep, key = line.name.removesuffix("_demo").partition("_")
            there.setdefault(kind, {})[key] = sample.env[line.model].browse(line.res_id)
        sample.companies = there["company"]
        sample.employees = there["employee"]
        sample.departments = there["department"]
        sample.jobs = {
            (company, job.name): job
            for company in sample.companies
            for key, job in there["job"].items()
            if key.startswith(f"{company}_")
        }
        kind = there["skill"]["type"]
        sample.skills = {skill.name: skill for skill in kind.skill_ids}
        sample.levels = kind.skill_level_ids.sorted("level_progress")
        sample.is_dutch = sample.employees["emma"].user_id.lang.startswith("nl")
        sample.languages = sample._languages(module)
        return sample

    def finish(self):
        """Give what was made its external ids."""
        self.env["ir.model.data"]._update_xmlids(self.xmlids)
        self.xmlids = []

    @property
    def lang(self):
        """The language in which people write, and in which is noted what they do."""
        return self.languages.get("nl_BE", "en_US") if self.is_dutch else "en_US"

    def say(self, text):
        """What somebody wrote, in the language of the sample data."""
        return self.words.get(text, text) if self.is_dutch else text

    def translate_name(self, record, *values):
        """Give a record, named in English, its name in the other languages."""
        english = record.name
        record.name = english % values if values else english
        for code, names in self.names.items():
            name = names.get(english)
            for lang, _name in self.env["res.lang"].get_installed():
                if name and lang.startswith(code):
                    record.with_context(lang=lang).name = (
                        name % values if values else name
                    )
        return record

    def _name(self, record, name):
        """Give a record an external id, in one go at the end."""
        self.xmlids.append(
            {"xml_id": f"{SAMPLE}.{name}_demo", "record": record, "noupdate": True}
        )
        return record

    def _count(self, name):
        self.counter[name] = self.counter.get(name, -1) + 1
        return self.counter[name]

    def _as(self, record, who):
        """The record (or model) as somebody of the company sees it.

        Who has no user acts through the personal page, as in access.md, rule 8.
        """
        employee = self.employees[who] if isinstance(who, str) else who
        if employee.user_id:
            user = employee.user_id
            return record.with_user(user).with_context(
                lang=self.lang,
                allowed_company_ids=user.company_ids.ids,
                career_acting_employee=None,
            )
        # sudo: any model - as the personal page does it, with its proof of who acts
        visitor = record.with_user(self.env.ref("base.public_user")).sudo()
        return visitor.with_context(
            lang=self.lang,
            allowed_company_ids=employee.company_id.ids,
            career_acting_employee=ActingEmployee(employee),
        )

    def _day(self, days_ago):
        return self.today - timedelta(days=days_ago)

    def _moment(self, days_ago, hour=9):
        return datetime.combine(self._day(days_ago), time(hour))

    def _stamp(self, employee, days_ago):
        """What happened to this employee "now" happened that many days ago."""
        if days_ago <= 0:
            return
        self.env.flush_all()
        when = self._moment(days_ago, 8 + days_ago % 8)
        for model, columns in MOMENTS.items():
            table = SQL.identifier(self.env[model]._table)
            for column in columns:
                self.env.cr.execute(
                    SQL(
                        "UPDATE %(table)s SET %(column)s = %(when)s WHERE"
                        " employee_id = %(employee)s AND %(column)s >= %(since)s",
                        table=table,
                        column=SQL.identifier(column),
                        when=when,
                        employee=employee.id,
                        since=self._since(model, column),
                    )
                )

    def _set(self, records, column, value):
        """Write a column as it was: no method of today could."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET %s = %s WHERE id IN %s",
                SQL.identifier(records._table),
                SQL.identifier(column),
                value,
                tuple(records.ids),
            )
        )
        records.invalidate_recordset([column], flush=False)

    def _since(self, model, column):
        if self.env[model]._fields[column].type == "date":
            return self.today
        return self.began

    def _forget(self):
        """The columns were changed behind the cache."""
        self.env.flush_all()
        self.env.invalidate_all()

    # --------------------------------------------------------------- organisation
    def _make_organisation(self):
        self.companies = {
            key: self._name(
                self.env["res.company"].create(
                    {
                        "name": name,
                        "country_id": self.env.ref("base.be").id,
                        "currency_id": self.env.ref("base.EUR").id,
                    }
                ),
                f"company_{key}",
            )
            for key, name in people.COMPANIES.items()
        }
        self.languages = self._languages()
        # the establishments are in Flanders: documents are in Dutch (R4.2)
        dutch_lang = self.env["res.lang"].search(
            [("code", "=", self.languages.get("nl_BE", "en_US"))]
        )
        for company in self.companies.values():
            company.career_document_lang_id = dutch_lang
            company.partner_id.lang = self.lang
        jobs, departments, leads = {}, {}, {}
        for team in people.TEAMS:
            company = self.companies[team.company]
            lead = key_of(team.people[0][0])
            leads[team.key] = lead
            parent = next((k for k, who in leads.items() if who == team.boss), None)
            departments[team.key] = self._name(
                self.env["hr.department"].create(
                    {
                        "name": team.name,
                        "company_id": company.id,
                        "parent_id": departments[parent].id if parent else False,
                    }
                ),
                f"department_{team.key}",
            )
            self.translate_name(departments[team.key])
            for index, (name, job) in enumerate(team.people):
                if (team.company, job) not in jobs:
                    jobs[team.company, job] = self._name(
                        self.env["hr.job"].create(
                            {"name": job, "company_id": company.id}
                        ),
                        f"job_{team.company}_{job.lower().replace(' ', '_')}",
                    )
                    self.translate_name(jobs[team.company, job])
                boss = team.boss if not index else lead
                self._make_employee(
                    name,
                    job,
                    company,
                    departments[team.key],
                    jobs[team.company, job],
                    self.employees.get(boss),
                )
            departments[team.key].manager_id = self.employees[lead]
        self.jobs, self.leads, self.departments = jobs, leads, departments

    def _languages(self, module=MODULE):
        """Codes of the languages that can be given to users, with a fall-back.

        :param module: the add-on whose sample data is made
        """
        codes = {login.lang for login in people.LOGINS.values()} - {"en_US"}
        languages = self.env["res.lang"].with_context(active_test=False)
        found = languages.search([("code", "in", list(codes))])
        new = found.filtered(lambda lang: not lang.active)
        if new:
            new.active = True
            # names of menus, fields and views of the modules that are there already;
            # an add-on that is being installed loads its own at the end
            installed = self.env["ir.module.module"].search(
                [("state", "=", "installed")]
            )
            installed._update_translations(new.mapped("code"))
        if self.is_dutch:
            # what people do is noted in their words while it is being installed, too
            self.env["ir.module.module"].search(
                [("name", "=", module), ("state", "!=", "installed")]
            )._update_translations(found.mapped("code"))
        return {"en_US": "en_US", **{lang.code: lang.code for lang in found}}

    def _make_employee(self, name, job, company, department, job_record, boss):
        key = key_of(name)
        number = len(self.employees)
        user = self._make_user(key, name, job, company)
        years = 0 if key == "noor" else 1 + (number * 7) % 19
        # Odoo keeps the title of the job in the language in which it was chosen
        employees = self.env["hr.employee"].with_context(lang=self.lang)
        employee = employees.create(
            {
                "name": name,
                "user_id": user.id,
                "company_id": company.id,
                "department_id": department.id,
                "job_id": job_record.id,
                "job_title": job_record.with_context(lang=self.lang).name,
                "parent_id": boss.id if boss else False,
                "work_email": user.email or False,
                "tz": "Europe/Brussels",
                "sex": "female" if number % 5 in (1, 3) else "male",
                "birthday": date(self.today.year - 24 - (number * 11) % 39, 3, 14),
                "date_version": self._day(30 + 365 * years),
            }
        )
        employee = employee.with_env(self.env)
        if not user:
            # the letter and the personal page of who has no log-in
            employee.work_contact_id.lang = self.lang
        self.employees[key] = self._name(employee, f"employee_{key}")
        self.job_of[employee.id] = job

    def _make_user(self, key, name, job, company):
        users = self.env["res.users"]
        if job in people.WITHOUT_USER:
            return users
        login = people.LOGINS.get(key)
        french = company == self.companies["care"] and name in {
            n for n, _job in people.TEAMS[-1].people
        }
        lang = login.lang if login else "fr_BE" if french else "nl_BE"
        if self.is_dutch and lang == "en_US":
            lang = "nl_BE"
        companies = company
        if key in ("hilde", "tom", "bert", "veerle", "annelies"):
            companies = self.env["res.company"].union(*self.companies.values())
        values = {
            "name": name,
            "login": key if login else f"{key}@lindervoort.example",
            "email": f"{key}@lindervoort.example",
            "company_id": company.id,
            "company_ids": [Command.set(companies.ids)],
            "lang": self.languages.get(lang, "en_US"),
            "tz": "Europe/Brussels",
            "group_ids": [
                Command.set(
                    [
                        self.env.ref(xmlid).id
                        for xmlid in (
                            "base.group_user",
                            *(login.groups if login else ()),
                        )
                    ]
                )
            ],
        }
        if login:
            values["password"] = key
        return self._name(users.create(values), f"user_{key}")

    def _make_coaches(self):
        for key, speciality, lang, load in people.COACHES:
            self._name(
                self.env["career.coach"].create(
                    {
                        "employee_id": self.employees[key].id,
                        "speciality": self.say(speciality),
                        "max_load": load,
                        "language_ids": self.env["res.lang"]
                        .search([("code", "in", [lang, "en_US"])])
                        .ids,
                    }
                ),
                f"coach_{key}",
            )
        for key in ("karel", "anke", "thomas"):
            # coaches of the pool serve all companies of the group
            self.employees[key].user_id.company_ids = [
                Command.link(company.id) for company in self.companies.values()
            ]

    def _make_skills(self):
        kind = self._name(
            self.env["hr.skill.type"].create(
                {
                    "name": "At Lindervoort",
                    "skill_ids": [
                        Command.create({"name": name}) for name in people.SKILLS
                    ],
                    "skill_level_ids": [
                        Command.create(
                            {"name": self.say(name), "level_progress": progress}
                        )
                        for name, progress in zip(
                            people.SKILLS["Planning"], (25, 50, 75, 100), strict=True
                        )
                    ],
                }
            ),
            "skill_type",
        )
        self.skills = {skill.name: skill for skill in kind.skill_ids}
        self.translate_name(kind)
        for skill in kind.skill_ids:
            self.translate_name(skill)
        self.levels = kind.skill_level_ids.sorted("level_progress")
        values = []
        for (_company, name), job in self.jobs.items():
            for skill, level in people.JOB_SKILLS.get(name, {}).items():
                values.append(self._skill_values("job_id", job, kind, skill, level))
        self.env["hr.job.skill"].create(values)
        values = []
        for number, employee in enumerate(self.employees.values()):
            expected = people.JOB_SKILLS.get(self.job_of[employee.id], {})
            for skill, level in expected.items():
                # most are at the level, some one below
                level = max(level - (number % 3 == 0), 0)
                values.append(
                    self._skill_values("employee_id", employee, kind, skill, level)
                )
        self.env["hr.employee.skill"].create(values)

    def _skill_values(self, field, record, kind, skill, level):
        return {
            field: record.id,
            "skill_type_id": kind.id,
            "skill_id": self.skills[skill].id,
            "skill_level_id": self.levels[level].id,
        }

    # --------------------------------------------------------------- conversations
    def _channel(self, code):
        return self.env.ref(f"{MODULE}.channel_{code}")

    def _guide(self, employee, code, holder=None):
        """Who holds a conversation in a channel, as key of ``self.employees``."""
        if code == "line":
            return employee.parent_id
        if code == "management":
            return employee.parent_id.parent_id
        return self.employees[holder] if holder else None

    def _conversation(
        self, employee, code, days, until, *, holder=None, outcome="develop", **options
    ):
        """One conversation, played until a state.

        :param days: how long ago it was (or, negative, will be) held
        :param until: the last state that it reaches
        :param holder: key of who holds it, in the channels where somebody takes it
        :param options: ``by_guide``, ``kind``, ``shares``, ``prepare``
        :return: ``career.conversation``
        """
        guide = self._guide(employee, code, holder)
        number = self._count("conversation")
        while days and self._day(days).weekday() > 4:
            days += 1 if days > 0 else -1
        asked = max(days + 20, 1)
        by_guide = options.get("by_guide") and guide
        values = {
            "employee_id": employee.id,
            "channel_id": self._channel(code).id,
            "kind": options.get("kind", "formal"),
        }
        if not by_guide:
            request = self.say(texts.REQUESTS[number % len(texts.REQUESTS)])
            values.update({"request": request, **options.get("shares", {})})
        if code == "mentor":
            values["conductor_id"] = guide.id
        conversation = self._as(
            self.env["career.conversation"], guide if by_guide else employee
        ).create(values)
        conversation = conversation.with_env(self.env)
        self._name(conversation, f"conversation_{number}")
        self._stamp(employee, asked)
        if until == "requested":
            return conversation
        if guide and code in ("staff", "coach"):
            self._as(conversation, guide).action_assign()
        if until == "cancelled":
            self._as(conversation, employee).action_cancel(self.say(texts.CANCELLED))
            self._stamp(employee, max(asked - 3, 1))
            return conversation
        self._plan_conversation(conversation, employee, guide, days, asked)
        if options.get("prepare", True):
            self._prepare(conversation, employee, guide, days)
        if until == "planned":
            return conversation
        self._hold_conversation(conversation, employee, guide, days, outcome)
        if until == "held":
            return conversation
        self._tell_line(conversation, employee, guide, code, days)
        self._as(conversation, guide or employee).action_close()
        self._stamp(employee, max(days - 6, 1))
        return conversation

    def _plan_conversation(self, conversation, employee, guide, days, asked):
        who = self._as(conversation, guide or employee)
        hour = 7 + self._count("hour") % 8
        start = datetime.combine(self._day(days), time(hour))
        future = max(start, datetime.combine(self._day(-1), time(hour)))
        who.action_plan(future)
        if future != start:
            # a date in the past cannot be planned: the past is made, not played
            conversation.with_context(lang=self.lang).write(
                {"date_start": start, "date_planned_original": start}
            )
            told = self.env["career.history"].search(
                [
                    ("res_model", "=", conversation._name),
                    ("res_id", "=", conversation.id),
                    ("event", "=", "plan"),
                ],
                order="id",
            )
            told[0].detail = told[-1].detail
            told[1:].unlink()
        self._stamp(employee, max(asked - 2, 1))

    def _prepare(self, conversation, employee, guide, days):
        """The sides prepare: some share, some are ready, some do nothing."""
        number = self._count("preparation")
        for preparation in conversation.preparation_ids:
            author = employee if preparation.role == "employee" else guide
            if number % 5 == 4 or not author:
                continue
            mine = self._as(preparation, author)
            mine.action_load_questions()
            if preparation.role == "employee":
                for index, answer in enumerate(mine.answer_ids[:3]):
                    answer.answer = self.say(texts.ANSWERS[(number + index) % 5])
            if number % 3 == 0:
                mine.action_share()
            else:
                mine.action_ready()
        self._stamp(employee, max(days + 4, 1))

    def _hold_conversation(self, conversation, employee, guide, days, outcome):
        who = self._as(conversation, guide or employee)
        number = self._count("hold")
        reason = self.say(texts.NOT_DISCUSSED) if outcome == "not_discussed" else None
        who.action_hold(outcome, reason)
        if outcome != "not_discussed":
            who.report = self.say(
                texts.REPORTS[{"no_change": 1, "move": 2}.get(outcome, 0)]
            )
        self._stamp(employee, days)
        # it was held at the hour for which it was planned
        self._set(conversation, "date_held", conversation.date_start)
        if number % 4 != 3:
            if guide:
                who.action_confirm_report()
            self._as(conversation, employee).action_confirm_report()
            self._stamp(employee, max(days - 2, 1))

    def _tell_line(self, conversation, employee, guide, code, days):
        """Give the feedback that the channel requires."""
        for route in conversation.unsettled_route_ids:
            body = texts.LINE_FEEDBACK[self._count("feedback") % 3]
            self._feedback(conversation, guide, route, body, "sent")
        self._stamp(employee, max(days - 3, 1))

    def _feedback(self, conversation, author, route, body, until):
        feedback = self._as(conversation, author).action_write_feedback(route)
        feedback.body = self.say(body)
        if until != "draft":
            feedback.action_send()
        return feedback.with_env(self.env)

    def _route(self, code, author, recipient):
        return self._channel(code).route_ids.filtered(
            lambda r: (r.author_role, r.recipient_role) == (author, recipient)
        )

    # ----------------------------------------------------------------------- plans
    def _plan(self, conversation, employee, guide, days, length=365):
        """The draft of a plan that follows from a conversation."""
        author = employee if employee.user_id else guide
        plan = self._as(conversation, author).action_create_plan()
        name = texts.THEME_OF_JOB.get(self.job_of[employee.id], "lead")
        number = self._count("plan")
        if number % 7 == 5:
            name = "course"
        theme = texts.THEMES[name]
        start = self._day(days)
        end = start + timedelta(days=length - 1)
        plan.write(
            {"title": self.say(theme.title), "date_start": start, "date_end": end}
        )
        plan.write({"need_ids": [self._need(need) for need in theme.needs]})
        needs = plan.need_ids.sorted("sequence")
        steps = len(theme.actions)
        plan.write(
            {
                "action_ids": [
                    self._action(
                        action,
                        needs,
                        start + timedelta(days=length * (i + 1) // (steps + 1)),
                    )
                    for i, action in enumerate(theme.actions)
                ]
            }
        )
        plan.action_propose_checkpoints()
        self._stamp(employee, days)
        return self._name(plan.with_env(self.env), f"plan_{number}")

    def _need(self, need):
        values = {
            "name": self.say(need.name),
            "domain": need.domain,
            "purpose": need.purpose,
            "situation": self.say(need.situation),
            "behaviour_now": self.say(need.now),
            "behaviour_wanted": self.say(need.wanted),
            "sequence": 10 * (1 + self._count("need")),
        }
        if need.skill:
            values.update(
                skill_id=self.skills[need.skill].id,
                current_level_id=self.levels[0].id,
                target_level_id=self.levels[2].id,
            )
        return Command.create(values)

    def _action(self, action, needs, deadline):
        return Command.create(
            {
                "name": self.say(action.name),
                "method_id": self.env.ref(
                    f"{MODULE}.development_method_{action.method}"
                ).id,
                "responsible": action.responsible,
                "weight": action.weight,
                "hours": action.hours,
                "need_id": needs[min(action.need, len(needs) - 1)].id,
                "deadline": deadline,
            }
        )

    def _sign(self, plan, employee, guide, days):
        self._as(plan, employee if employee.user_id else guide).action_propose()
        self._as(plan, guide).action_sign()
        if plan.state == "proposed":
            drawn = None if employee.user_id else SIGNATURE
            self._as(plan, employee).action_sign(drawn)
        self._stamp(employee, max(days - 4, 1))

    def _follow(self, plan, employee, guide, profile):
        """Do actions and hold follow-ups, day by day, as the profile says."""
        events = [(a.deadline, 0, a) for a in plan.action_ids]
        events += [(c.date, 1, c) for c in plan.checkpoint_ids]
        skipped = self._left_undone(plan, profile)
        events.sort(key=lambda event: (event[0], event[1], event[2].id))
        for index, (day, _kind, record) in enumerate(events):
            ago = (self.today - day).days
            who = self._as(record, employee if index % 2 else guide)
            if record._name == "career.plan.checkpoint":
                if ago > 0 and index % 7 == 5:
                    who.action_skip(self.say("Both were away; done with the next one."))
                elif ago > 0:
                    who.action_hold(
                        self.say("Looked at each action; what waits has a new date.")
                    )
            elif profile == "reached" or (ago > 0 and record not in skipped):
                # the last step of a plan that is on its way stays for later
                if profile == "reached" and record == plan.action_ids[-1] and ago <= 0:
                    continue
                who.action_done()
                if index % 2:
                    record.evidence = self.say("Told about it in the team.")
            self._stamp(employee, max(ago + 3, 2))
        rest = plan.action_ids.filtered(lambda a: a.state == "todo")
        for action in rest[:1]:
            self._as(action, employee).action_start()

    def _left_undone(self, plan, profile):
        """The actions to leave out, so that the plan goes as its profile says."""
        none = plan.action_ids.browse()
        if profile not in BANDS:
            return none
        low, high = BANDS[profile]
        due = plan.action_ids.filtered(lambda a: a.deadline < self.today)
        total = sum(due.mapped("weight"))
        for size in range(1, len(due) + 1):
            for actions in combinations(due, size):
                left = none.union(*actions)
                if low * total <= total - sum(left.mapped("weight")) < high * total:
                    return left
        return due

    def _evaluate(self, plan, employee, guide, days):
        causes = ("employer", "employee", "both", "outside")
        for action in plan.action_ids.filtered(lambda a: a.state in ("todo", "doing")):
            number = self._count("cause")
            mine = self._as(action, employee if employee.user_id else guide)
            if number % 3 == 0:
                mine.action_drop(
                    self.say("The machine was sold; it has no use any more.")
                )
                other = guide if employee.user_id else employee
                self._as(action, other).action_agree_drop()
            else:
                mine.not_done_cause = causes[number % 4]
        self._as(plan, guide).action_evaluate()
        self._stamp(employee, max(days, 1))

    # ---------------------------------------------------------------------- rounds
    def _members(self):
        """Everybody with a manager, but for who has nothing yet."""
        return [
            (key, employee)
            for key, employee in self.employees.items()
            if employee.parent_id and key not in people.NOTHING_YET | {"emma"}
        ]

    def _play_round(self, days, first=False):
        """The yearly round of the line: most conversations were held.

        :param days: how long ago, about; the later round begins with its plans
        """
        outcomes = ("develop", "develop", "no_change", "develop", "decide_later")
        for index, (_key, employee) in enumerate(self._members()):
            number = index + (2 if first else 0)
            ago = days + self.random.randint(-25, 25)
            if not first:
                ago = self._next_profile()[1] + self.random.randint(-12, 12)
            guide = employee.parent_id
            if number % 7 == 5 or (first and number % 7 == 2):
                continue
            outcome = outcomes[number % 5]
            if number % 17 == 6:
                outcome = "move"
            elif number % 17 == 12:
                outcome = "not_discussed"
            until = "cancelled" if number % 13 == 8 else "closed"
            conversation = self._conversation(
                employee,
                "line",
                ago,
                until,
                outcome=outcome,
                by_guide=number % 3 != 0 or not employee.user_id,
                prepare=number % 2 == 0,
            )
            if until == "closed" and outcome == "develop":
                plan = self._plan(conversation, employee, guide, ago - 3)
                if first:
                    self._play_old_plan(plan, employee, guide, ago - 3)
                else:
                    self._play_running_plan(plan, employee, guide, ago - 3)
            self._forget()

    def _play_old_plan(self, plan, employee, guide, days):
        number = self._count("old")
        if number % 9 == 7:
            who = employee if employee.user_id else guide
            self._as(plan, who).action_cancel(self.say("Another job came first."))
            self._stamp(employee, days - 60)
            return
        self._sign(plan, employee, guide, days)
        self._follow(plan, employee, guide, "missed" if number % 4 == 2 else "reached")
        self._evaluate(plan, employee, guide, days - 368)

    def _next_profile(self):
        return PROFILES[(self.counter.get("running", -1) + 1) % len(PROFILES)]

    def _play_running_plan(self, plan, employee, guide, days):
        profile = self._next_profile()[0]
        number = self._count("running")
        if profile == "missed":
            # a shorter plan, past its end and not evaluated yet
            end = plan.date_start + timedelta(days=days - 15)
            plan.write(
                {
                    "action_ids": [
                        Command.update(a.id, {"deadline": min(a.deadline, end)})
                        for a in plan.action_ids
                    ],
                    "checkpoint_ids": [
                        Command.delete(c.id)
                        for c in plan.checkpoint_ids
                        if c.date > end
                    ],
                    "date_end": end,
                }
            )
        self._sign(plan, employee, guide, days)
        self._follow(plan, employee, guide, profile)
        if number == 2:
            self._revise(plan, employee, guide)
        open_actions = plan.action_ids.filtered(lambda a: a.state in ("todo", "doing"))
        if number % 7 == 3 and open_actions and employee.user_id:
            asked = self._as(open_actions[-1], employee)
            asked.action_drop(self.say("The course is not given this year."))

    def _revise(self, plan, employee, guide):
        """A plan that was changed on the way: version 1 is replaced."""
        who = employee if employee.user_id else guide
        new = self._as(plan, who).action_revise()
        last = new.action_ids.sorted("deadline")[-1:]
        last.deadline = new.date_end
        self._stamp(employee, 46)
        self._sign(new.with_env(self.env), employee, guide, 44)
        self._name(new.with_env(self.env), "plan_revised")

    def _play_present(self):
        """The round that runs now: requested, planned, held, or not begun."""
        states = (
            "planned",
            "requested",
            "held",
            "planned",
            "",
            "held",
            "requested",
            "",
        )
        for index, (key, employee) in enumerate(self._members()):
            state = states[index % len(states)]
            if not state or key in people.TO_PLAN:
                continue
            # some planned dates have passed and wait for their outcome
            days = {"planned": -3 - index % 15, "requested": 0, "held": 4 + index % 9}
            ago = days[state]
            if state == "planned" and index % 16 == 0:
                ago = 4
            conversation = self._conversation(
                employee,
                "line",
                ago,
                state,
                by_guide=index % 2 == 0 or not employee.user_id,
            )
            running = self.env["career.plan"].search_count(
                [("employee_id", "=", employee.id), ("state", "=", "agreed")], limit=1
            )
            if state == "held" and not running:
                guide = employee.parent_id
                plan = self._plan(conversation, employee, guide, 2)
                if index % 3:
                    who = employee if employee.user_id else guide
                    self._as(plan, who).action_propose()
                    self._as(plan, guide).action_sign()
                    self._stamp(employee, 1)
            self._forget()

    # ----------------------------------------------------------------- aspirations
    def _play_aspirations(self):
        """Wishes in every state, shared with nobody, some, or all."""
        shares = (
            {"share_n1": True, "share_hr": True},
            {"share_hr": True},
            {},
            {"share_n1": True, "share_n2": True, "share_hr": True},
            {"share_n1": True},
            {"share_coach": True},
        )
        states = ("active", "active", "draft", "active", "achieved", "withdrawn")
        for index, (_key, employee) in enumerate(self._members()):
            if index % 5 == 4:
                continue
            self._aspiration(
                employee, index, states[index % 6], shares[index % 5], 20 + index * 6
            )
            if index % 4 == 1:
                self._aspiration(
                    employee, index + 4, "active", shares[(index + 1) % 6], 380 + index
                )
        self._forget()

    def _aspiration(self, employee, number, state, shares, days, **values):
        direction, manage, horizon, why = texts.WISHES[number % len(texts.WISHES)]
        company = employee.company_id
        targets = [
            job
            for job in self.jobs.values()
            if job.company_id == company and job != employee.job_id
        ]
        if direction in ("vertical", "lateral", "rotation") and targets:
            values.setdefault("target_job_id", targets[number % len(targets)].id)
        wish = self._as(self.env["career.aspiration"], employee).create(
            {
                "employee_id": employee.id,
                "direction": direction,
                "wants_to_manage": manage,
                "horizon": horizon,
                "motivation": self.say(why),
                "matchable": bool(shares.get("share_hr")),
                **shares,
                **values,
            }
        )
        if state != "draft":
            wish.action_activate()
        self._stamp(employee, days)
        if state in ("achieved", "withdrawn"):
            wish.action_achieve() if state == "achieved" else wish.action_withdraw()
            self._stamp(employee, max(days // 2, 1))
        self._name(wish.with_env(self.env), f"aspiration_{self._count('aspiration')}")
        return wish

    # ------------------------------------------------------- channels of confidence
    def _play_trusted(self):
        """Conversations that the line does not know of, and guidance by coaches."""
        who = self.employees
        staff = [
            self._conversation(who["fatima"], "staff", 120, "closed", holder="hilde"),
            self._conversation(who["yannick"], "staff", 8, "held", holder="hilde"),
            self._conversation(who["tine"], "staff", -6, "planned", holder="hilde"),
            self._conversation(who["samira"], "staff", 0, "requested"),
            self._conversation(who["bram"], "staff", 60, "cancelled", holder="hilde"),
        ]
        management = [
            self._conversation(who["lotte"], "management", 75, "closed"),
            self._conversation(who["pieter"], "management", 5, "held"),
            self._conversation(who["chloe"], "management", -9, "planned"),
            self._conversation(who["maaike"], "management", 0, "requested"),
        ]
        self._forget()
        # feedback in every state
        self._tell_with_agreement(staff[0], "agree")
        self._tell_with_agreement(staff[1], "wait")
        self._tell_with_agreement(management[0], "reply")
        self._refuse(management[1])
        self._forget()
        self._play_coaches()
        self._play_outside()
        self._forget()

    def _tell_with_agreement(self, conversation, step):
        """A message outside the line waits for the employee's agreement (R1.8)."""
        employee = conversation.employee_id
        code = conversation.channel_id.code
        guide = conversation.conductor_id
        route = self._route(code, "conductor", "n1")
        feedback = self._feedback(conversation, guide, route, texts.AGREE_BODY, "sent")
        if step == "wait":
            self._stamp(employee, 2)
            return
        self._as(feedback, employee).action_agree()
        if step == "reply":
            answer = "<p>Thank you. We look at the hours together next week.</p>"
            self._as(feedback, employee.parent_id).action_answer(self.say(answer))
        self._stamp(employee, 40)

    def _refuse(self, conversation):
        employee, guide = conversation.employee_id, conversation.conductor_id
        route = self._route("management", "conductor", "hr")
        feedback = self._feedback(conversation, guide, route, texts.AGREE_BODY, "sent")
        self._as(feedback, employee).action_refuse()
        route = self._route("management", "conductor", "n1")
        self._feedback(conversation, guide, route, texts.AGREE_BODY, "draft")
        self._stamp(employee, 1)

    def _play_coaches(self):
        who = self.employees
        questions = (
            ("milan", "karel", "running", "I doubt between code and people."),
            ("grace", "thomas", "running", "How do I keep this up until 65?"),
            ("younes", "anke", "closed", "Is finance still what I want?"),
            ("joris", "thomas", "refused", "I would like to change to education."),
            ("sven", "", "requested", "What are my strong sides?"),
            ("olga", "", "requested", "Nursing or the laboratory?"),
        )
        for index, (key, coach, state, question) in enumerate(questions):
            employee = who[key]
            values = {
                "employee_id": employee.id,
                "question": self.say(question),
                "intensity": "intensive" if index % 2 else "once",
            }
            if coach and (index % 3 or state == "refused"):
                values["coach_id"] = who[coach].id
            trajectory = self._as(self.env["career.trajectory"], employee).create(
                values
            )
            trajectory = trajectory.with_env(self.env)
            self._name(trajectory, f"trajectory_{index}")
            self._stamp(employee, 90 - index * 12)
            if state == "refused":
                self._as(trajectory, coach).action_refuse(
                    self.say("I have no room this month.")
                )
            elif state != "requested":
                self._as(trajectory, coach).action_accept()
            if state == "closed":
                self._as(trajectory, coach).action_close()
            self._stamp(employee, 60 - index * 6)
        for key, days, state, holder in (
            ("milan", 30, "closed", "karel"),
            ("grace", -4, "planned", "thomas"),
            ("younes", 70, "closed", "anke"),
            ("stijn", 0, "requested", None),
        ):
            self._conversation(who[key], "coach", days, state, holder=holder)
        for key, days, state, mentor in (
            ("sarah", 20, "held", "ann"),
            ("griet", -12, "planned", "sofie"),
        ):
            self._conversation(
                who[key], "mentor", days, state, holder=mentor, kind="informal"
            )

    def _play_outside(self):
        """Talks with an adviser from outside: the employee keeps them himself."""
        who = self.employees
        talk = self._conversation(who["aminata"], "external", 50, "closed")
        self._feedback(
            talk,
            who["aminata"],
            self._route("external", "employee", "hr"),
            texts.TOLD_HR,
            "sent",
        )
        self._stamp(who["aminata"], 45)
        self._conversation(who["mieke"], "external", -14, "planned")
        # a manager proposes another channel; only the employee knows what came of it
        proposals = (("anke", "coach", ""), ("valerie", "coach", "accept"))
        for key, code, answer in (*proposals, ("luc", "staff", "decline")):
            employee = who[key]
            talk = self.env["career.conversation"].search(
                [
                    ("employee_id", "=", employee.id),
                    ("conductor_role", "=", "n1"),
                    ("state", "in", ("requested", "planned", "held")),
                ],
                limit=1,
            ) or self._conversation(employee, "line", 5, "held", outcome="decide_later")
            referral = self._as(talk, employee.parent_id).action_refer(
                self._channel(code)
            )
            mine = self._as(referral, employee)
            if answer:
                mine.action_accept() if answer == "accept" else mine.action_decline()
            self._stamp(employee, 3)

    # ---------------------------------------------------------------- the first log-in
    def _play_emma(self):
        """Emma is the first to log in as: something in each part of her page."""
        emma, marc = self.employees["emma"], self.employees["marc"]
        service = self.jobs["office", "Order planner"]
        self._aspiration(
            emma,
            0,
            "active",
            {"share_n1": True, "share_hr": True},
            40,
            target_job_id=self.jobs["office", "Team leader"].id,
        )
        self._aspiration(emma, 1, "active", {}, 210, target_job_id=service.id)
        self._aspiration(emma, 4, "achieved", {"share_n1": True}, 420)
        old = self._conversation(emma, "line", 640, "closed", by_guide=True)
        plan = self._plan(old, emma, marc, 636)
        self._sign(plan, emma, marc, 636)
        self._follow(plan, emma, marc, "reached")
        self._evaluate(plan, emma, marc, 270)
        talk = self._conversation(emma, "line", 200, "closed")
        plan = self._plan(talk, emma, marc, 196)
        self._sign(plan, emma, marc, 196)
        self._follow(plan, emma, marc, "on_track")
        self._name(plan, "plan_emma")
        self._feedback(
            talk, emma, self._route("line", "employee", "hr"), texts.TOLD_HR, "sent"
        )
        self._stamp(emma, 188)
        self._conversation(emma, "management", 150, "closed")
        self._name(self._conversation(emma, "line", -8, "planned"), "conversation_emma")
        self._forget()

    def _clear_old_todos(self):
        """What was done long ago asks nobody for anything."""
        self._forget()
        activities = self.env["mail.activity"].search([("career_key", "!=", False)])
        gone = self.env["mail.activity"]
        users = self.env["res.users"].union(
            *(employee.user_id for employee in self.employees.values())
        )
        for activity in activities.filtered(lambda a: a.user_id in users):
            model, res_id, *_code = f"{activity.career_key},,".split(",")
            if model not in self.env or not res_id.isdigit():
                continue
            record = self.env[model].browse(int(res_id)).exists()
            if not record or "state" not in record or record.state in SETTLED:
                gone |= activity
            elif record.create_date < self._moment(45):
                gone |= activity
        gone.unlink()
