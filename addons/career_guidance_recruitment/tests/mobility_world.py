"""The company of the core's matrix, with vacancies, applications and moves of E."""

from odoo import fields

from odoo.addons.career_guidance.tests.access_matrix import Row
from odoo.addons.career_guidance.tests.world import SECRET, USER, World

RECRUITS = f"{USER},hr_recruitment.group_hr_recruitment_user"
# also: the recruiter of the vacancies, one of others, and who receives E later
MORE_PERSONAS = {"RECRUITER": RECRUITS, "RECRUITER2": RECRUITS, "NEXT": USER}
_HR = {"HR": "R", "HR2": "R"}

ROWS = [
    Row("career.application", "applied", {"E": "R", "COND": "R"}),
    Row("career.application", "withdrawn", {"E": "R", "COND": "R"}),
    Row("career.application", "rejected", {"E": "R", "COND": "R"}),
    Row("career.application", "moved", {"E": "R", "COND": "R", **_HR}),
    Row("career.application", "released", {"E": "R", "COND": "R", "N1": "R", **_HR}),
    Row("career.application", "selected", {"E": "R", "COND": "R", "N1": "R", **_HR}),
    Row(
        "career.application",
        "escalated",
        {"E": "R", "COND": "R", "N1": "R", "N2": "R", **_HR},
    ),
    Row("career.move", "done", {"E": "R", "N1": "R", "N2": "R", **_HR}),
    Row("career.move", "cancelled", {"E": "R", **_HR}),
    Row("career.move", "planned", {"E": "R", "N1": "R", "N2": "R", "NEXT": "R", **_HR}),
]
# the situations in which recruitment knows of the colleague
IN_RECRUITMENT = {"released", "selected", "escalated", "moved"}


class MobilityWorld(World):
    """E moved from FORMER to N1, and applies again: in each state once."""

    def _make_people(self):
        result = super()._make_people()
        for name, groups in MORE_PERSONAS.items():
            self.person(name, groups)
        return result

    def _make_documents(self):
        self.jobs = {}
        today = fields.Date.today()
        first = self._application("moved", manager="N1")
        self._release(first, "FORMER")
        first.action_select()
        move = self.env["career.move"].browse(first.action_plan_move(today).id)
        self.view(move, "HR").note = SECRET
        self.view(move, "HR").action_apply()
        self.keep("done", move)
        self.env.flush_all()
        for situation in ("applied", "withdrawn", "rejected", "released", "escalated"):
            self._application(situation)
        selected = self._application("selected")
        for situation in ("withdrawn", "rejected", "released"):
            self._own(situation).action_release()
        self._own("escalated").action_release()
        self._own("withdrawn").action_withdraw()
        self._received("rejected").action_reject(SECRET)
        escalated = self.records["career.application", "escalated"][0]
        self.view(escalated, "N1").action_answer("refused", reason="project")
        self._own("selected").action_release()
        selected.action_select()
        selected.message = SECRET
        for situation in ("cancelled", "planned"):
            planned = self.model("career.move", "HR").create(
                {
                    "employee_id": self.people["E"].id,
                    "job_id": self._job(f"for {situation}").id,
                    "manager_id": self.people["NEXT"].id,
                    "date": fields.Date.add(today, days=20),
                    "note": SECRET,
                }
            )
            if situation == "cancelled":
                planned.action_cancel(SECRET)
            self.keep(situation, planned)

    def _job(self, name, manager="NEXT"):
        job = self.env["hr.job"].create(
            {
                "name": f"Vacancy {name}",
                "company_id": self.companies["a"].id,
                "department_id": self.env["hr.department"]
                .create(
                    {
                        "name": f"Department {name}",
                        "company_id": self.companies["a"].id,
                        "manager_id": self.people[manager].id,
                    }
                )
                .id,
                "user_id": self.users["RECRUITER"].id,
                "career_is_internal": True,
            }
        )
        # whoever follows the vacancy must not follow who applies
        job.message_subscribe(
            [self.users[name].partner_id.id for name in ("N1", "FORMER", "PEER")]
        )
        self.jobs[name] = job
        return job

    def _application(self, situation, **values):
        """Made by E; returned as the recruiter sees it."""
        application = self.model("career.application", "E").create(
            {"job_id": self._job(situation, **values).id, "motivation": SECRET}
        )
        self.keep(situation, application, "RECRUITER")
        return self.view(application, "RECRUITER")

    def _own(self, situation):
        return self.view(self.records["career.application", situation][0], "E")

    def _received(self, situation):
        return self.view(self.records["career.application", situation][0], "RECRUITER")

    def _release(self, application, manager):
        self.view(application, "E").action_release()
        self.view(application, manager).action_answer("agreed", fields.Date.today())
