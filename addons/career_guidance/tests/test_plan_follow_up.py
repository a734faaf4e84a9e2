from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_plan import PlanCommon


class Killed(BaseException):
    """The process is gone: nothing in the code can catch it."""


class FollowUpCommon(PlanCommon):
    def _night(self, **arguments):
        """The nightly job, with its commits as savepoints of the test."""
        with patch.object(self.env.cr, "commit", self.env.flush_all):
            self.env["career.plan.follow.up"].sudo()._cron_follow_up(**arguments)

    def _digest(self, **arguments):
        with patch.object(self.env.cr, "commit", self.env.flush_all):
            self.env["career.plan.follow.up"].sudo()._cron_digest(**arguments)

    def _until_killed(self, job):
        """Run a job in batches of two; ``assertRaises`` would roll all of it back."""
        try:
            job(batch_size=2)
        except Killed:
            return
        self.fail("the job was not killed")

    def _mails(self, person):
        return (
            self.env["mail.mail"]
            .sudo()
            .search([("email_to", "=", person.user_id.email_formatted)], order="id")
        )


@tagged("post_install", "-at_install")
class TestPlanFollowUp(FollowUpCommon):
    def test_idempotent(self):
        with freeze_time("2026-01-05 08:00:00"):
            self._agreed()
        with freeze_time("2026-02-01 02:00:00"):
            self._night()
            notices = self.env["career.notice"].sudo().search_count([])
            todos = self._todos(self.employee, "due")
            self.assertEqual((notices, len(todos)), (1, 1))
            self._night()
            # even when the mark of the day is lost
            self.env["career.plan"].sudo().search([]).followed_up_on = False
            self._night()
            self.assertEqual(self.env["career.notice"].sudo().search_count([]), notices)
            self.assertEqual(self._todos(self.employee, "due"), todos)
            # a to-do that was ticked off does not come back the next night
            todos.unlink()
        with freeze_time("2026-02-02 02:00:00"):
            self._night()
            self.assertFalse(self._todos(self.employee, "due"))

    def test_resumes_after_being_killed(self):
        with freeze_time("2026-01-05 08:00:00"):
            plans = self.env["career.plan"].union(
                *[self._agreed() for _number in range(5)]
            )
        follow_up = self.env["career.plan.follow.up"].sudo()
        done = []
        original = type(follow_up)._career_follow_up

        def follow(self, plan, today, told):
            if len(done) == 3:
                raise Killed
            done.append(plan.id)
            return original(self, plan, today, told)

        committed = []

        def commit():
            self.env.flush_all()
            committed.append(self.env.cr.savepoint())

        with freeze_time("2026-02-01 02:00:00"):
            with (
                patch.object(type(follow_up), "_career_follow_up", follow),
                patch.object(self.env.cr, "commit", commit),
            ):
                self._until_killed(follow_up._cron_follow_up)
            self.assertEqual(len(committed), 1, "one batch of two was committed")
            committed[-1].rollback()
            self.env.invalidate_all()
            system = plans.sudo()
            self.assertEqual(len(system.filtered("followed_up_on")), 2)
            self.assertEqual(len(self._todos(self.employee, "due")), 2)
            self._night(batch_size=2)
            self.assertEqual(len(system.filtered("followed_up_on")), 5)
            self.assertEqual(len(self._todos(self.employee, "due")), 5)
            self.assertEqual(self.env["career.notice"].sudo().search_count([]), 5)
        for savepoint in reversed(committed):
            savepoint.close(rollback=False)

    def test_one_plan_in_trouble_does_not_stop_the_others(self):
        with freeze_time("2026-01-05 08:00:00"):
            bad, good = self._agreed(), self._agreed()
        follow_up = self.env["career.plan.follow.up"].sudo()
        original = type(follow_up)._career_follow_up

        def follow(self, plan, today, told):
            if plan.id == bad.id:
                raise ValueError("broken")
            return original(self, plan, today, told)

        with (
            freeze_time("2026-02-01 02:00:00"),
            patch.object(type(follow_up), "_career_follow_up", follow),
            mute_logger("odoo.addons.career_guidance.models.career_plan_follow_up"),
        ):
            self._night()
        keys = self._todos(self.employee, "due").mapped("career_key")
        self.assertEqual(keys, [f"career.plan.action,{good.action_ids[0].id},due"])

    def test_who_is_reminded(self):
        with freeze_time("2026-01-05 08:00:00"):
            plan = self._plan(actions=0)
            plan.action_ids = [
                Command.create(
                    {"name": who, "responsible": who, "deadline": "2026-02-01"}
                )
                for who in ("employee", "manager", "hr")
            ]
            plan.action_propose()
            plan.action_sign()
            self._as(plan, self.manager).action_sign()
            hidden = self._plan(
                channel=self.staff,
                conductor_user_id=self.officer.user_id.id,
                actions=0,
            )
            hidden.action_ids = [
                Command.create(
                    {"name": who, "responsible": who, "deadline": "2026-02-01"}
                )
                for who in ("manager", "hr")
            ]
            hidden.action_propose()
            hidden.action_sign()
            self._as(hidden, self.officer).action_sign()
        with freeze_time("2026-01-30 02:00:00"):
            self._night()
        told = {
            person.name: len(self._todos(person, "due"))
            for person in (self.employee, self.manager, self.officer, self.director)
        }
        # of the hidden plan, the manager hears nothing: HR sees to it
        self.assertEqual(
            told, {"Employee": 1, "Manager": 1, "Officer": 3, "Director": 0}
        )

    def test_escalation_follows_policy_and_audience(self):
        self.company.career_escalate_days = 10
        with freeze_time("2026-01-05 08:00:00"):
            plan = self._agreed()
        for day in ("2026-02-06", "2026-02-17"):
            with freeze_time(day):
                self._night()
        self.assertEqual(len(self._todos(self.employee, "track")), 1)
        self.assertEqual(len(self._todos(self.manager, "track")), 1)
        self.assertFalse(self._todos(self.director, "escalate"), "no policy")
        self.company.career_escalate_n2 = True
        self.company.career_escalate_hr = True
        with freeze_time("2026-02-18"):
            self._night()
        self.assertFalse(self._todos(self.director, "escalate"), "N+2 may not read it")
        self.assertTrue(self._todos(self.officer, "escalate"), "HR may")
        with freeze_time("2026-02-19"):
            plan.share_n2 = True
            self._night()
        self.assertTrue(self._todos(self.director, "escalate"))
        # recovered: the to-dos go, and a later fall is told again
        with freeze_time("2026-02-20"):
            plan.action_ids[0].action_done()
            self._night()
        for person in (self.employee, self.manager, self.director, self.officer):
            self.assertFalse(self._todos(person, "track"))
            self.assertFalse(self._todos(person, "escalate"))
        with freeze_time("2026-04-01"):
            self._night()
        self.assertTrue(self._todos(self.employee, "track"))

    def test_digest(self):
        self.company.career_mail_days = 7
        with freeze_time("2026-01-05 08:00:00"):
            self._agreed()
            self._digest()
            sent = self._mails(self.manager)
            self.assertFalse(sent, "the to-do was done before the night")
        with freeze_time("2026-02-05 02:00:00"):
            self.employee.user_id.lang = "en_US"
            self._night()
            self._digest()
            self._digest()
            mail = self._mails(self.employee)
            self.assertEqual(len(mail), 1)
            self.assertEqual(mail.state, "outgoing", "queued, not sent")
            text = (mail.subject + mail.body_html).lower()
            for word in ("plan", "manager", "employee", "towards", "action"):
                self.assertNotIn(word, text)
            self.assertIn("/odoo/my-career", text)
            self.assertFalse(mail.model or mail.res_id)
        with freeze_time("2026-02-06 02:00:00"):
            self._night()
            self._digest()
            self.assertEqual(len(self._mails(self.employee)), 1, "once a week at most")
        with freeze_time("2026-03-08 02:00:00"):
            self._night()
            self._digest()
            self.assertEqual(len(self._mails(self.employee)), 2)
        with freeze_time("2026-03-20 02:00:00"):
            self._night()
            self._digest()
            self.assertEqual(len(self._mails(self.employee)), 2, "nothing is new")

    def test_a_request_is_mailed_the_next_night(self):
        """Who is asked for a conversation does not wait a week for the mail."""
        for day in ("2026-02-02", "2026-02-03"):
            with freeze_time(f"{day} 09:00:00"):
                self.manager.user_id._career_add_todo(f"career.test,1,{day}", "/odoo")
                self._digest()
                self._digest()
        self.assertEqual(len(self._mails(self.manager)), 2, "one a day at most")

    def test_digest_resumes_after_being_killed(self):
        people = (self.employee, self.manager, self.peer, self.director)
        for person in people:
            person.user_id._career_add_todo("career.test,1,x", "/odoo/my-career")
        follow_up = self.env["career.plan.follow.up"].sudo()
        committed = []

        def commit():
            self.env.flush_all()
            if committed:
                raise Killed
            committed.append(self.env.cr.savepoint())

        with patch.object(self.env.cr, "commit", commit):
            self._until_killed(follow_up._cron_digest)
        committed[0].rollback()
        self.env.invalidate_all()
        before = sum(len(self._mails(person)) for person in people)
        self.assertEqual(before, 2)
        self._digest(batch_size=2)
        self.assertEqual([len(self._mails(person)) for person in people], [1] * 4)
        committed[0].close(rollback=False)

    def test_failing_mail_server_loses_nothing(self):
        self.employee.user_id._career_add_todo("career.test,1,x", "/odoo/my-career")
        self._digest()
        mail = self._mails(self.employee)
        with (
            patch.object(
                type(self.env["ir.mail_server"]),
                "_connect__",
                side_effect=ConnectionRefusedError("no server"),
            ),
            mute_logger("odoo.addons.mail.models.mail_mail"),
        ):
            mail.send(raise_exception=False)
        self.assertIn(mail.exists().state, ("outgoing", "exception"))

    def test_notices_are_for_the_server(self):
        for person in (self.employee, self.manager, self.officer):
            with self.assertRaises(AccessError):
                self._model("career.notice", person).search([])
        with self.assertRaises(AccessError):
            self._model("career.plan", self.employee).search(
                [("followed_up_on", "=", fields.Date.today() - timedelta(days=1))]
            )
