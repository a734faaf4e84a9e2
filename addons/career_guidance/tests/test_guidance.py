from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import CareerCommon


@tagged("post_install", "-at_install")
class TestGuidance(CareerCommon):
    """Trajectories, wishes that are asked again, questions to HR, neutral mail."""

    def _asked(self, **values):
        return self._model("career.trajectory", self.employee).create(
            {"question": "Where do I go?", "intensity": "intensive", **values}
        )

    # --------------------------------------------------------------- trajectories
    def test_accept(self):
        trajectory = self._asked()
        for who in (self.manager, self.director, self.officer, self.peer):
            self.assertFalse(self._readable(trajectory, who))
            with self.assertRaises(AccessError):
                self._as(trajectory, who).action_accept()
        with self.assertRaises(AccessError):
            trajectory.action_accept()
        coach = self._as(trajectory, self.coach)
        coach.action_accept()
        coach.action_accept()
        self.assertEqual(trajectory.state, "running")
        self.assertEqual(trajectory.coach_id, self.coach)
        with self.assertRaises(UserError):
            coach.action_refuse("Too late")

    def test_refuse(self):
        trajectory = self._asked(coach_id=self.coach.id)
        coach = self._as(trajectory, self.coach)
        with self.assertRaises(AccessError):
            trajectory.action_refuse("Me")
        coach.action_refuse("No room this month")
        self.assertEqual(trajectory.refuse_reason, "No room this month")
        with self.assertRaises(UserError):
            coach.action_accept()
        with self.assertRaises(UserError):
            trajectory.action_close()
        with self.assertRaises(UserError):
            trajectory.action_create_conversation()

    def test_several_conversations(self):
        trajectory = self._asked(coach_id=self.coach.id)
        coach = self._as(trajectory, self.coach)
        with self.assertRaises(UserError):
            coach.action_create_conversation()
        coach.action_accept()
        first = coach.action_create_conversation()
        second = trajectory.action_create_conversation()
        self.assertEqual(first.initiator, "conductor")
        self.assertEqual(second.initiator, "employee")
        for conversation in (first, second):
            self.assertEqual(conversation.conductor_id, self.coach)
            self.assertEqual(conversation.trajectory_id, trajectory)
            self.assertFalse(self._readable(conversation, self.manager))
        self.assertEqual(len(trajectory.conversation_ids), 2)
        trajectory.action_close()
        with self.assertRaises(UserError):
            coach.action_create_conversation()

    def test_a_number_of_a_trajectory_tells_nothing(self):
        trajectory = self._asked(coach_id=self.coach.id)
        mine = self._model("career.trajectory", self.peer).create({"kind": "external"})
        for trajectory_id, who in (
            (trajectory.id, self.manager),
            (mine.id, self.employee),
        ):
            with self.assertRaises(AccessError):
                self._model("career.conversation", who).create(
                    {
                        "employee_id": self.employee.id,
                        "channel_id": self.line.id,
                        "trajectory_id": trajectory_id,
                    }
                )

    def test_refer_outside_is_told_to_the_employee(self):
        trajectory = self._asked(coach_id=self.coach.id)
        coach = self._as(trajectory, self.coach)
        with self.assertRaises(AccessError):
            coach.referral = "Too early"
        coach.action_accept()
        coach.referral = "The public employment service"
        todo = self.env["mail.activity"].search(
            [("career_key", "=", trajectory.sudo()._career_todo_key("referral"))]
        )
        self.assertEqual(todo.user_id, self.employee.user_id)
        with self.assertRaises(AccessError):
            trajectory.referral = "Mine"

    def test_outside_adviser_is_the_employees_own_note(self):
        trajectory = self._asked(kind="external")
        self.assertEqual(trajectory.state, "running")
        self.assertFalse(trajectory.sudo().conductor_user_id)
        conversation = trajectory.action_create_conversation()
        self.assertEqual(conversation.channel_id, self.external)
        for who in (self.coach, self.manager, self.officer):
            self.assertFalse(self._readable(trajectory, who))
            self.assertFalse(self._readable(conversation, who))
        trajectory.action_close()
        self.assertEqual(trajectory.state, "closed")

    def test_pool_shows_load_and_leaves_out_the_line(self):
        trajectory = self._asked(coach_id=self.coach.id)
        self._as(trajectory, self.coach).action_accept()
        pool = self._model("career.coach", self.employee).search([])
        mine = pool.filtered(lambda c: c.employee_id == self.coach)
        self.assertEqual((mine.load, mine.max_load, mine.has_room), (1, 3, True))
        self.env["career.coach"].create({"employee_id": self.manager.id})
        form = Form(self._model("career.trajectory", self.employee))
        self.assertEqual(
            [coach.employee_id for coach in form.pool_ids[:]], [self.coach]
        )
        with self.assertRaises(ValidationError):
            self._asked(coach_id=self.peer.id)

    # ------------------------------------------------------------------ aspirations
    def test_still_true_after_six_months(self):
        wishes = self._model("career.aspiration", self.employee).create(
            [
                {"direction": direction}
                for direction in ("stay", "vertical", "step_back", "external")
            ]
        )
        wishes.action_activate()
        keys = {wish.sudo()._career_todo_key("confirm") for wish in wishes}
        todos = self.env["mail.activity"]
        self._remind()
        self.assertFalse(todos.search([("career_key", "in", list(keys))]))
        with freeze_time(fields.Date.today() + relativedelta(months=6, days=1)):
            self._remind()
            todos = todos.search([("career_key", "in", list(keys))])
            # every direction alike
            self.assertEqual(len(todos), 4)
            self.assertEqual(todos.user_id, self.employee.user_id)
            wishes[0].action_confirm()
            self.assertEqual(len(todos.exists()), 3)
            todos.exists().unlink()
            self._remind()
            self.assertFalse(todos.search([("career_key", "in", list(keys))]))
        with freeze_time(fields.Date.today() + relativedelta(months=13)):
            self._remind()
            self.assertEqual(len(todos.search([("career_key", "in", list(keys))])), 4)

    def _remind(self):
        with self.enter_registry_test_mode():
            self.env.ref(
                "career_guidance.ir_cron_remind_aspiration"
            ).method_direct_trigger()
        self.env.invalidate_all()

    def test_aspiration_transitions(self):
        wish = self._model("career.aspiration", self.employee).create(
            {"direction": "stay", "wants_to_manage": "later", "share_n1": True}
        )
        manager = self._as(wish, self.manager)
        for action in ("activate", "achieve", "withdraw", "confirm"):
            with self.assertRaises(AccessError):
                getattr(manager, f"action_{action}")()
        with self.assertRaises(UserError):
            wish.action_confirm()
        with self.assertRaises(UserError):
            wish.action_achieve()
        wish.action_activate()
        wish.action_activate()
        wish.action_confirm()
        wish.action_achieve()
        with self.assertRaises(UserError):
            wish.action_withdraw()
        with self.assertRaises(AccessError):
            wish.motivation = "Changed"
        wish.action_activate()
        wish.action_withdraw()
        self.assertEqual(wish.state, "withdrawn")
        with self.assertRaises(AccessError):
            wish.unlink()

    # --------------------------------------------------------------- help from HR
    def test_question_to_hr(self):
        question = self._model("career.help.question", self.manager).create(
            {"question": "How do I say that there is no place?"}
        )
        self.assertTrue(self._readable(question, self.officer))
        for who in (self.director, self.employee, self.other_officer, self.coach):
            self.assertFalse(self._readable(question, who))
            with self.assertRaises(AccessError):
                self._as(question, who).action_answer("x")
        with self.assertRaises(AccessError):
            question.action_answer("My own answer")
        with self.assertRaises(AccessError):
            question.write({"answer": "Mine"})
        officer = self._as(question, self.officer)
        with self.assertRaises(AccessError):
            officer.write({"question": "Changed"})
        with self.assertRaises(UserError):
            officer.action_answer(" ")
        officer.action_answer("Say what you can do instead.")
        self.assertEqual(question.state, "answered")
        self.assertEqual(question.answered_by, self.officer.user_id.name)
        with self.assertRaises(UserError):
            question.question = "Another one"
        with self.assertRaises(AccessError):
            question.unlink()
        self.assertFalse(
            {"employee_id", "partner_id"} & set(self.env[question._name]._fields)
        )

    def test_question_in_somebody_elses_name(self):
        model = self._model("career.help.question", self.manager)
        with self.assertRaises(AccessError):
            model.create({"question": "?", "asker_id": self.director.user_id.id})
        question = model.with_context(default_state="answered").create(
            {"question": "?"}
        )
        self.assertEqual(question.state, "open")

    # ------------------------------------------------------------------ neutral mail
    def test_neutral_mail(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        users = self.employee.user_id | self.manager.user_id
        self.manager.user_id.email = False
        mails = users._career_send_neutral_mail("/odoo/career-conversations")
        self.assertEqual(len(mails), 1)
        self.assertEqual(mails.state, "outgoing")
        self.assertEqual(mails.subject, "Career guidance: there is something for you")
        self.assertNotIn(self.employee.name, mails.body_html)
        self.assertFalse(mails.model)
        self.assertFalse(mails.res_id)

    def test_mail_server_that_fails(self):
        """A refused mail stays in the queue with its error; nothing else is lost."""
        mail = self.employee.user_id._career_send_neutral_mail()
        mail.auto_delete = False
        server = self.env["ir.mail_server"].create(
            {
                "name": "Down",
                "smtp_host": "localhost",
                "smtp_port": 1,
                "smtp_encryption": "none",
            }
        )
        mail.mail_server_id = server
        conversation = self._conversation()
        self.patch(type(self.env["ir.mail_server"]), "_connect__", self._no_server)
        mail.send(raise_exception=False)
        self.assertEqual(mail.state, "exception")
        self.assertEqual(conversation.state, "requested")

    @staticmethod
    def _no_server(*args, **kwargs):
        raise OSError("no server")
