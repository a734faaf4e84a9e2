"""Sample data of internal mobility, added to the company of the core.

Played by the public methods as the people who do it, then moved to its day, as in
``career_guidance.tools.sample_data``.
"""

from datetime import timedelta

from odoo.fields import Command
from odoo.tools import SQL, format_date

from odoo.addons.career_guidance.tools.sample_data import SampleData

from . import sample_vacancies as data

MODULE = "career_guidance_recruitment"
RECRUITER = "annelies"


def _paragraph(text):
    return text.removeprefix("<p>").removesuffix("</p>")


class SampleMobility:
    """Vacancies, wishes, applications and moves among the people who are there."""

    def __init__(self, env):
        self.sample = SampleData.found(env, MODULE)
        self.sample.words |= data.TEXTS
        self.sample.names["nl"] |= data.NAMES
        self.sample.names["fr"] |= data.NAMES_FRENCH
        self.env = self.sample.env
        self.say = self.sample.say
        self.act = self.sample._as
        self.people = self.sample.employees

    def play(self):
        self._name_recruiter()
        self._play_moves_before()
        self._make_vacancies()
        self._make_paths()
        self._learn_skills()
        self._play_wishes()
        for number, application in enumerate(data.APPLICATIONS):
            self._play_application(number, application)
        self._play_moves_of_hr()
        self.env.flush_all()
        self._close_vacancies()
        self.sample._clear_old_todos()
        self.sample.finish()

    # --------------------------------------------------------------------- plumbing
    def _stamp(self, record, days, dates=()):
        """What happened to a document "now" happened that many days ago.

        :param dates: columns with days that were counted from today
        """
        self.env.flush_all()
        when = self.sample._moment(days, 8 + days % 8)
        table = SQL.identifier(record._table)
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET create_date = %s WHERE id = %s AND create_date >= %s",
                table,
                when,
                record.id,
                self.sample.began,
            )
        )
        self.env.cr.execute(
            SQL(
                """UPDATE career_history SET date = %s, create_date = %s
                   WHERE res_model = %s AND res_id = %s AND date >= %s""",
                when,
                when,
                record._name,
                record.id,
                self.sample.began,
            )
        )
        for column in dates:
            self.env.cr.execute(
                SQL(
                    "UPDATE %(table)s SET %(column)s = %(column)s - %(days)s"
                    " WHERE id = %(id)s",
                    table=table,
                    column=SQL.identifier(column),
                    days=days,
                    id=record.id,
                )
            )
        self.env.invalidate_all()

    def _ahead(self, days):
        return self.sample._day(-days)

    # ---------------------------------------------------------------------- vacancies
    def _name_recruiter(self):
        """Annelies recruits for the three companies."""
        user = self.people[RECRUITER].user_id
        user.group_ids = [
            Command.link(self.env.ref("hr_recruitment.group_hr_recruitment_user").id)
        ]
        user.company_ids = [Command.link(c.id) for c in self.sample.companies.values()]

    def _make_vacancies(self):
        """Open them as the recruiter; what closed long ago closes at the end."""
        # nobody is sought for a job that is no vacancy
        for job in self.sample.jobs.values():
            job.write(
                {
                    "no_of_recruitment": 0,
                    "user_id": self.people[RECRUITER].user_id.id,
                    "address_id": job.company_id.partner_id.id,
                }
            )
        for number, vacancy in enumerate(data.VACANCIES):
            job = self._job(vacancy, number)
            self._ask_skills(job, vacancy.skills)
            self.act(job, RECRUITER).write(
                {
                    "address_id": job.company_id.partner_id.id,
                    "department_id": self.sample.departments[vacancy.department].id,
                    "user_id": self.people[RECRUITER].user_id.id,
                    "career_contact_id": self.people[vacancy.contact].id,
                    "career_is_internal": True,
                    "career_internal_kind": vacancy.kind,
                    "career_internal_window": vacancy.window,
                    "career_internal_from": self.sample._day(vacancy.opens),
                    "career_internal_until": self._ahead(max(vacancy.closes, 1)),
                    "career_hours_week": vacancy.hours,
                    "career_temporary_until": vacancy.lasts
                    and self._ahead(vacancy.lasts),
                    "career_planned_openings": vacancy.planned,
                    "no_of_recruitment": vacancy.openings,
                }
            )
            self._write_text(job, vacancy)
        for key, planned in data.PLANNED.items():
            self.sample.jobs[key].career_planned_openings = planned

    def _write_text(self, job, vacancy):
        """What colleagues read of it: one paragraph, which is translated as a term."""
        job.career_internal_text = vacancy.text
        dutch, french = data.VACANCY_TEXTS[vacancy.job]
        terms = {
            lang: {_paragraph(vacancy.text): _paragraph(text)}
            for lang, _name in self.env["res.lang"].get_installed()
            if (text := {"nl": dutch, "fr": french}.get(lang[:2]))
        }
        job.update_field_translations("career_internal_text", terms, "en_US")

    def _job(self, vacancy, number):
        key = vacancy.company, vacancy.job
        if key not in self.sample.jobs:
            job = self.env["hr.job"].create(
                {
                    "name": vacancy.job,
                    "company_id": self.sample.companies[vacancy.company].id,
                }
            )
            self.sample.jobs[key] = self.sample.translate_name(job)
        return self.sample._name(self.sample.jobs[key], f"vacancy_{number}")

    def _ask_skills(self, job, skills):
        kind = self.sample.levels.skill_type_id
        self.env["hr.job.skill"].create(
            [
                self.sample._skill_values("job_id", job, kind, skill, level)
                for skill, level in skills
            ]
        )

    def _learn_skills(self):
        kind = self.sample.levels.skill_type_id
        self.env["hr.employee.skill"].create(
            [
                self.sample._skill_values(
                    "employee_id", self.people[key], kind, skill, level
                )
                for key, skill, level in data.SKILLS
            ]
        )

    def _close_vacancies(self):
        for vacancy in data.VACANCIES:
            job = self.sample.jobs[vacancy.company, vacancy.job]
            if vacancy.closes < 0:
                job.career_internal_until = self._ahead(vacancy.closes)

    def _make_paths(self):
        for key, name, company, steps in data.PATHS:
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

    def _play_wishes(self):
        """Enough people wish the same, so that wishes beside needs can be shown."""
        for company, job, direction, horizon, why, who in data.WISHES:
            for number, key in enumerate(who):
                wish = self.act(self.env["career.aspiration"], key).create(
                    {
                        "employee_id": self.people[key].id,
                        "direction": direction,
                        "target_job_id": self.sample.jobs[company, job].id,
                        "horizon": horizon,
                        "motivation": self.say(why),
                        "matchable": number != 1,
                        "share_hr": number % 2 == 0,
                    }
                )
                wish.action_activate()
                wish = wish.with_env(self.env)
                days = 30 + 9 * number
                self._stamp(wish, days)
                self.sample._set(wish, "last_confirmed", self.sample._day(days))
                self.sample._name(wish, f"aspiration_{company}_{key}")

    # ------------------------------------------------------------------- applications
    def _play_application(self, number, plan):
        """One application, played until its state."""
        employee = self.people[plan.who]
        company = employee.company_id
        code = next(k for k, c in self.sample.companies.items() if c == company)
        mine = self.act(self.env["career.application"], employee).create(
            {
                "employee_id": employee.id,
                "job_id": self.sample.jobs[code, plan.job].id,
                "motivation": self.say(plan.why),
            }
        )
        application = mine.with_env(self.env)
        self.sample._name(application, f"application_{number}")
        self._stamp(application, plan.days)
        if plan.released:
            mine.action_release()
            self._stamp(
                application,
                plan.released,
                ("date_released", "date_answer_due", "date_latest_release"),
            )
        step = getattr(self, f"_until_{plan.until}", None)
        if step:
            step(application, plan.released or plan.days)
        self._move_applicant(application, plan.released)

    def _answer(self, application, who, days, answer, ahead=None, reason=None):
        self.act(application, who).action_answer(
            answer, None if ahead is None else self._ahead(ahead), reason
        )
        self._stamp(application, days)

    def _select(self, application, days):
        hers = self.act(application, RECRUITER)
        hers.message = self.say(data.MESSAGE)
        hers.action_select()
        self._stamp(application, days)
        return hers

    def _until_refused(self, application, days):
        """The manager says no: the question is with the manager's manager."""
        manager = application.employee_id.parent_id
        self._answer(application, manager, days - 4, "refused", reason="project")

    def _until_decided(self, application, days):
        """The manager's manager decided otherwise."""
        self._until_refused(application, days)
        decider = application.employee_id.parent_id.parent_id
        self._answer(application, decider, days - 6, "agreed", 35)

    def _until_delayed(self, application, days):
        manager = application.employee_id.parent_id
        self._answer(application, manager, days - 9, "delayed", 60, "replacement")
        self._select(application, days - 12)

    def _until_planned(self, application, days):
        manager = application.employee_id.parent_id
        self._answer(application, manager, days - 6, "agreed", 26)
        move = self._select(application, days - 8).action_plan_move()
        self._name_move(move, application.employee_id)
        self._stamp(application, days - 9)
        self._stamp(move.with_env(self.env), days - 9)

    def _until_moved(self, application, days):
        manager = application.employee_id.parent_id
        self._answer(application, manager, days - 5, "agreed", 0)
        move = self._select(application, days - 8).action_plan_move()
        self._stamp(application, days - 10)
        self._stamp(move.with_env(self.env), days - 10)
        self._carry_out(move.with_env(self.env), days - 55)
        self._stamp(application, days - 55)
        self.sample._set(application, "proposed_date", self.sample._day(days - 55))

    def _until_withdrawn(self, application, days):
        self.act(application, application.employee_id).action_withdraw()
        self._stamp(application, days - 4)

    def _until_rejected(self, application, days):
        who = next(k for k, e in self.people.items() if e == application.employee_id)
        reason = self.say(data.ANSWER_REJECTED[who])
        self.act(application, RECRUITER).action_reject(reason)
        self._stamp(application, days - 7)

    def _move_applicant(self, application, days):
        """In recruitment it happened on the same days."""
        applicant = application.applicant_id
        if not applicant:
            return
        self.sample._set(applicant, "create_date", self.sample._moment(days))
        self.sample._set(applicant, "date_open", self.sample._moment(days))
        if applicant.date_closed:
            self.sample._set(applicant, "date_closed", self.sample._moment(days - 55))

    # -------------------------------------------------------------------------- moves
    def _play_moves_before(self):
        """They came to the job that they have by a move, on the day that HR planned."""
        for key, before, days in data.MOVED_BEFORE:
            employee = self.people[key]
            code = next(
                k
                for k, company in self.sample.companies.items()
                if company == employee.company_id
            )
            job, department = employee.job_id, employee.department_id
            # what the employee was before that day
            former = self.sample.jobs[code, before].with_context(lang=self.sample.lang)
            employee.with_context(lang=self.sample.lang).write(
                {"job_id": former.id, "job_title": former.name}
            )
            move = self._plan_move(employee, job, department)
            self._stamp(move, days + 40)
            self._carry_out(move, days)

    def _plan_move(self, employee, job, department, **values):
        move = self.act(self.env["career.move"], "hilde").create(
            {
                "employee_id": employee.id,
                "job_id": job.id,
                "department_id": department.id,
                "date": self.sample.today,
                **values,
            }
        )
        return self._name_move(move, employee)

    def _name_move(self, move, employee):
        key = next(k for k, e in self.people.items() if e == employee)
        number = self.sample._count(f"move_{key}")
        return self.sample._name(move.with_env(self.env), f"move_{key}_{number}")

    def _carry_out(self, move, days):
        """HR carries it out; the version of the employee begins on that day."""
        day = self.sample._day(days)
        self._correct_day(move, day)
        last = self.env["career.history"].search([], order="id desc", limit=1).id
        self.act(move, "hilde").action_apply()
        self.env.flush_all()
        # also what passed to the next manager, and the way back, is of that day
        self.env.cr.execute(
            SQL(
                """UPDATE career_history SET date = %(when)s, create_date = %(when)s
                   WHERE employee_id = %(employee)s AND id > %(last)s""",
                when=self.sample._moment(days),
                employee=move.employee_id.id,
                last=last,
            )
        )
        version = move.employee_id.version_ids.filtered(
            lambda v: v.date_version == self.sample.today
        )
        self.sample._set(version, "date_version", day)
        self.sample._set(move, "date", day)
        if move.return_id:
            self.sample._set(move.return_id, "create_date", self.sample._moment(days))
        self.env.invalidate_all()

    def _correct_day(self, move, day):
        """What was told when it was planned names the day on which it took place."""
        env = self.env(context=dict(self.env.context, lang=self.sample.lang))
        told = self.env["career.history"].search(
            [("res_model", "=", move._name), ("res_id", "=", move.id)]
        )
        for line in told.filtered("detail"):
            line.detail = line.detail.replace(
                format_date(env, self.sample.today), format_date(env, day)
            )

    def _play_moves_of_hr(self):
        """A temporary assignment with its way back, and a move that was called off."""
        job = self.sample.jobs["plant", "Maintenance technician"]
        move = self._plan_move(
            self.people[data.ASSIGNED],
            job,
            job.department_id,
            manager_id=job.department_id.manager_id.id,
            kind="assignment",
            date_end=job.career_temporary_until,
        )
        self._stamp(move, 25)
        self._carry_out(move, 3)
        self._name_move(move.return_id, move.employee_id)
        key, name, reason = data.CALLED_OFF
        job = self.sample.jobs["care", name]
        move = self._plan_move(
            self.people[key],
            job,
            job.department_id,
            date=self.sample.today + timedelta(days=80),
        )
        self._stamp(move, 70)
        self.act(move, "hilde").action_cancel(self.say(reason))
        self._stamp(move, 20)
