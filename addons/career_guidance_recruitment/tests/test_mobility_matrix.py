from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import MobilityCommon

# record -> {state: {persona: R read, M message or note, A answer}}, as access.md has
# it; who is not named may do nothing
ROWS = {
    "career.application": {
        "applied": {"E": "R", "RECRUITER": "R"},
        "released": {"E": "R", "RECRUITER": "RM", "N1": "RA", "HR": "R"},
        "escalated": {"E": "R", "RECRUITER": "RM", "N1": "RA", "N2": "RA", "HR": "RA"},
        "selected": {"E": "R", "RECRUITER": "RM", "N1": "RA", "HR": "R"},
        "moved": {"E": "R", "RECRUITER": "R", "HR": "R"},
        "rejected": {"E": "R", "RECRUITER": "R"},
        "withdrawn": {"E": "R", "RECRUITER": "R"},
    },
    "career.move": {
        "planned": {"E": "R", "N1": "R", "N2": "R", "HR": "RM", "RECEIVER": "R"},
        # N1 has become the former manager, the receiver is the manager
        "done": {"E": "R", "RECEIVER": "R", "N2": "R", "HR": "R"},
        "cancelled": {"E": "R", "HR": "R"},
    },
}
WRITES = {"career.application": "message", "career.move": "note"}


@tagged("post_install", "-at_install")
class TestMobilityMatrix(MobilityCommon):
    """Every cell of the matrix, played as a real user."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = {
            "other_recruiter": "hr_recruitment.group_hr_recruitment_user",
            "hr_user": "hr.group_hr_user",
            "career_admin": "career_guidance.group_career_manager",
            "board": "career_guidance.group_career_board",
            "sysadmin": "base.group_system",
        }
        cls.personas = {
            "E": cls.employee,
            "RECRUITER": cls.recruiter,
            "N1": cls.manager,
            "N2": cls.director,
            "HR": cls.officer,
            "PEER": cls.peer,
            "OTHER_N1": cls.new_manager,
            "OTHER_HR": cls.other_officer,
            "COACH": cls.coach,
            "RECEIVER": cls.next_manager,
            **{
                name.upper(): cls._person(name, groups=f"base.group_user,{group}")
                for name, group in groups.items()
            },
        }

    def _record(self, model, state):
        if model == "career.move":
            move = self._model(model, self.officer).create(
                {
                    "employee_id": self.employee.id,
                    "job_id": self.job.id,
                    "manager_id": self.next_manager.id,
                    "date": fields.Date.add(
                        fields.Date.today(), days=0 if state == "done" else 9
                    ),
                }
            )
            if state == "done":
                move.action_apply()
            if state == "cancelled":
                move.action_cancel("Not now")
            return move
        application = self._apply()
        recruiting = self._as(application, self.recruiter)
        if state in ("released", "escalated", "selected", "moved"):
            application.action_release()
        if state == "escalated":
            self._as(application, self.manager).action_answer(
                "refused", reason="project"
            )
        elif state == "selected":
            recruiting.action_select()
        elif state == "moved":
            today = fields.Date.today()
            self._as(application, self.manager).action_answer("agreed", today)
            recruiting.action_select()
            move = recruiting.action_plan_move(today)
            self._as(move, self.officer).action_apply()
        elif state == "rejected":
            recruiting.action_reject("Another colleague")
        elif state == "withdrawn":
            application.action_withdraw()
        return application

    def _allowed(self, call):
        """Whether a call is permitted; nothing of it stays."""
        with self.env.cr.savepoint() as savepoint:
            try:
                call()
                done = True
            except AccessError:
                done = False
            self.env.flush_all()
            savepoint.rollback()
        self.env.invalidate_all()
        return done

    def test_every_document_of_this_bridge_has_rows(self):
        names = self.env.registry.descendants(["career.audience.mixin"], "_inherit")
        own = {
            name
            for name in names
            if self.env[name]._original_module == "career_guidance_recruitment"
        }
        self.assertEqual(own, set(ROWS))

    def test_every_cell(self):
        day = fields.Date.add(fields.Date.today(), days=5)
        for model, states in ROWS.items():
            for state, cells in states.items():
                with self.env.cr.savepoint() as savepoint:
                    self._play(model, state, cells, day)
                    savepoint.rollback()
                self.env.invalidate_all()

    def _play(self, model, state, cells, day):
        record = self._record(model, state)
        for persona, person in self.personas.items():
            may = cells.get(persona, "")
            mine = self._as(record, person)
            with self.subTest(model=model, state=state, persona=persona):
                self.assertEqual(self._readable(record, person), "R" in may)
                self.assertFalse(mine.has_access("unlink"))
                for name in ("state", "employee_id", "hidden_from_n1"):
                    value = mine.sudo()[name]
                    value = value.id if name == "employee_id" else value
                    self.assertFalse(
                        self._allowed(lambda m=mine, n=name, v=value: m.write({n: v})),
                        name,
                    )
                word = {WRITES[model]: "A word"}
                self.assertEqual(
                    self._allowed(lambda m=mine, w=word: m.write(w)), "M" in may
                )
                if model == "career.application" and state in ("released", "escalated"):
                    self.assertEqual(
                        self._allowed(lambda m=mine: m.action_answer("agreed", day)),
                        "A" in may,
                    )

    def test_only_the_employee_applies_and_only_hr_plans(self):
        application = {"employee_id": self.employee.id, "job_id": self.job.id}
        move = {**application, "date": fields.Date.today()}
        for persona, person in self.personas.items():
            applying = self._model("career.application", person)
            moving = self._model("career.move", person)
            with self.subTest(persona=persona):
                self.assertEqual(
                    self._allowed(lambda m=applying: m.create(application)),
                    persona == "E",
                )
                self.assertEqual(
                    self._allowed(lambda m=moving: m.create(move)), persona == "HR"
                )
