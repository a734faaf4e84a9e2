from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from .test_plan_follow_up import FollowUpCommon

# date, who is told, code of the to-do, what makes it new
NOTICES = [
    ("2026-03-29", "Employee", "checkpoint", "soon"),
    ("2026-03-29", "Manager", "checkpoint", "soon"),
    # the first date of the second action passes; that it was postponed does not help
    ("2026-04-30", "Employee", "track", "behind"),
    ("2026-04-30", "Manager", "track", "behind"),
    ("2026-05-24", "Employee", "due", "before 2026-05-31"),
    ("2026-05-30", "Officer", "escalate", "once"),
    ("2026-06-01", "Employee", "due", "after 2026-05-31"),
    ("2026-06-28", "Employee", "checkpoint", "soon"),
    ("2026-06-28", "Manager", "checkpoint", "soon"),
    ("2026-08-02", "New Manager", "track", "behind"),
    ("2026-09-28", "Employee", "checkpoint", "soon"),
    ("2026-09-28", "New Manager", "checkpoint", "soon"),
    ("2026-09-30", "Employee", "track", "at_risk"),
    ("2026-09-30", "New Manager", "track", "at_risk"),
    ("2026-10-20", "Employee", "checkpoint", "late"),
    ("2026-10-20", "New Manager", "checkpoint", "late"),
    ("2026-11-23", "Employee", "due", "before 2026-11-30"),
    ("2026-11-30", "Employee", "track", "at_risk"),
    ("2026-11-30", "New Manager", "track", "at_risk"),
    ("2026-12-01", "Employee", "due", "after 2026-11-30"),
    ("2026-12-30", "Officer", "escalate", "once"),
    ("2027-01-01", "Employee", "end", "2026-12-31"),
    ("2027-01-01", "New Manager", "end", "2026-12-31"),
]
MAILS = [
    ("2026-01-06", "Manager"),  # to sign
    ("2026-03-29", "Employee"),
    ("2026-03-29", "Manager"),
    ("2026-04-30", "Employee"),
    ("2026-04-30", "Manager"),
    ("2026-05-24", "Employee"),
    ("2026-05-30", "Officer"),
    ("2026-06-11", "Manager"),  # to agree that an action is dropped
    ("2026-06-28", "Employee"),
    ("2026-06-28", "Manager"),
    ("2026-08-02", "Employee"),  # the change of line
    ("2026-08-02", "New Manager"),  # the hand-over
    ("2026-09-28", "Employee"),
    ("2026-09-28", "New Manager"),
    ("2026-11-23", "Employee"),
    ("2026-11-30", "Employee"),
    ("2026-11-30", "New Manager"),
    ("2026-12-30", "Officer"),
    ("2027-01-01", "Employee"),
    ("2027-01-01", "New Manager"),
]
# at the end of the day: state, realised, realised of what was due, track
RATES = {
    "2026-01-05": ("proposed", 0.0, False, False),
    "2026-01-07": ("agreed", 0.0, False, "on_track"),
    "2026-02-20": ("agreed", 20.0, False, "on_track"),
    "2026-02-28": ("agreed", 20.0, 100.0, "on_track"),
    "2026-04-30": ("agreed", 20.0, 50.0, "behind"),
    "2026-06-10": ("agreed", 20.0, 50.0, "behind"),
    "2026-06-12": ("agreed", 25.0, 50.0, "behind"),
    "2026-09-15": ("agreed", 50.0, 50.0, "behind"),
    "2026-09-30": ("agreed", 50.0, 66.6, "at_risk"),
    "2026-10-20": ("agreed", 75.0, 100.0, "on_track"),
    "2026-11-30": ("agreed", 75.0, 75.0, "at_risk"),
    "2026-12-31": ("agreed", 75.0, 75.0, "at_risk"),
    "2027-01-01": ("agreed", 75.0, 75.0, "missed"),
    "2027-01-04": ("evaluated", 75.0, 75.0, "missed"),
}
# to-dos at the end of a day, as (who, code); what is not named was done or withdrawn
TODOS = {
    "2026-01-05": [("Manager", "sign")],
    "2026-01-07": [],
    "2026-04-30": [("Employee", "track"), ("Manager", "track")],
    "2026-06-10": [
        ("Employee", "due"),
        ("Employee", "track"),
        ("Manager", "agree_drop"),
        ("Manager", "track"),
        ("Officer", "escalate"),
    ],
    "2026-08-01": [
        ("Employee", "due"),
        ("Employee", "line"),
        ("Employee", "track"),
        ("New Manager", "hand_over"),
        ("Officer", "escalate"),
    ],
    "2026-10-22": [("Employee", "line"), ("New Manager", "hand_over")],
    "2027-01-04": [("Employee", "line")],
}


@tagged("post_install", "-at_install")
class TestPlanYear(FollowUpCommon):
    """A year with a frozen clock: every mail, to-do and rate, as written above."""

    def _script(self):
        return {
            "2026-01-05": self._make,
            "2026-01-07": lambda: self._as(self.plan, self.manager).action_sign(),
            "2026-02-20": lambda: self.first.action_done(),
            "2026-04-07": lambda: self.plan.checkpoint_ids[0].action_hold("Good"),
            "2026-04-20": lambda: self.second.action_postpone(date(2026, 5, 31)),
            "2026-06-10": lambda: self.third.action_drop("The course is cancelled"),
            "2026-06-12": lambda: self._as(
                self.third, self.manager
            ).action_agree_drop(),
            "2026-07-06": lambda: self._as(
                self.plan.checkpoint_ids[1], self.manager
            ).action_skip("Holidays"),
            "2026-08-01": self._change_line,
            "2026-09-15": lambda: self._as(self.fourth, self.new_manager).action_done(),
            "2026-10-20": lambda: self.second.action_done(),
            "2026-10-21": lambda: self._as(
                self.plan.checkpoint_ids[2], self.new_manager
            ).action_hold("Better"),
            "2027-01-04": self._evaluate,
        }

    def _make(self):
        self.plan = self._plan(
            actions=0,
            date_start="2026-01-05",
            date_end="2026-12-31",
        )
        self.plan.action_ids = [
            Command.create({"name": who, "responsible": who, "deadline": deadline})
            for who, deadline in (
                ("employee", "2026-02-28"),
                ("employee", "2026-04-30"),
                ("hr", "2026-06-30"),
                ("manager", "2026-09-30"),
                ("employee", "2026-11-30"),
            )
        ]
        self.first, self.second, self.third, self.fourth, self.fifth = (
            self.plan.action_ids
        )
        self.plan.action_propose_checkpoints()
        self.plan.action_propose()
        self.plan.action_sign()

    def _change_line(self):
        self.employee.sudo().parent_id = self.new_manager

    def _evaluate(self):
        self.fifth.not_done_cause = "employer"
        self._as(self.plan, self.new_manager).action_evaluate()

    def _names(self, model, domain):
        return self.env[model].sudo().search(domain, order="id")

    def test_a_year(self):
        self.company.career_escalate_hr = True
        script = self._script()
        people = {
            person.user_id.id: person.name
            for person in (
                self.employee,
                self.manager,
                self.new_manager,
                self.officer,
                self.director,
                self.peer,
            )
        }
        emails = {
            person.user_id.email_formatted: person.name
            for person in (
                self.employee,
                self.manager,
                self.new_manager,
                self.officer,
                self.director,
                self.peer,
            )
        }
        # what setting up the company gave people to do is not about the plan
        self._names("mail.activity", [("career_key", "!=", False)]).unlink()
        notices, mails = [], []
        last_mail = self._last("mail.mail")
        seen = set(self.env["career.notice"].sudo().search([]).ids)
        day = datetime(2026, 1, 5)
        while day <= datetime(2027, 1, 12):
            stamp = day.date().isoformat()
            # every night is a transaction of its own
            self.env.invalidate_all()
            with freeze_time(day.replace(hour=2)):
                self._night()
                self._digest()
            new = self.env["career.notice"].sudo().search([("code", "!=", "digest")])
            for notice in new.filtered(lambda n: n.id not in seen):
                seen.add(notice.id)
                notices.append(
                    (
                        stamp,
                        people[notice.user_id.id],
                        notice.code,
                        notice.key.split(",")[-1],
                    )
                )
            for mail in self._names("mail.mail", [("id", ">", last_mail)]):
                last_mail = mail.id
                mails.append((stamp, emails[mail.email_to]))
            with freeze_time(day.replace(hour=10)):
                if stamp in script:
                    script[stamp]()
                self._compare(stamp, people)
            day += timedelta(days=1)
        self.assertEqual(sorted(notices), NOTICES)
        self.assertEqual(sorted(mails), MAILS)
        held, skipped, last = self.plan.checkpoint_ids
        self.assertEqual((held.state, held.rate_at_date), ("held", 20.0))
        self.assertEqual((skipped.state, skipped.skip_reason), ("skipped", "Holidays"))
        self.assertEqual((last.state, last.rate_at_date), ("held", 75.0))
        self.assertIn("1 of 4 actions", self.plan.hand_over_note)
        self.assertEqual(self.second.original_deadline, date(2026, 4, 30))

    def _last(self, model):
        return self.env[model].sudo().search([], order="id desc", limit=1).id or 0

    def _compare(self, stamp, people):
        if stamp in RATES:
            self.env.invalidate_all()
            plan = self.plan
            self.assertEqual(
                (
                    plan.state,
                    plan.realisation_rate,
                    plan.has_due_rate and plan.due_rate,
                    plan.track,
                ),
                RATES[stamp],
                stamp,
            )
        if stamp in TODOS:
            activities = self._names(
                "mail.activity",
                [("career_key", "!=", False), ("user_id", "in", list(people))],
            )
            self.assertEqual(
                sorted(
                    (people[a.user_id.id], a.career_key.split(",")[-1])
                    for a in activities
                ),
                TODOS[stamp],
                stamp,
            )
