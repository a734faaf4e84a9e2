from odoo import api, fields, models

_RUNNING = ("launching", "running")


class CareerHomeOrganisation(models.AbstractModel):
    """The page "My organisation": the teams below, for the managers' manager (N+2).

    He knows the state of the cycle, which follows line conversations alone, what was
    told or shared with him, and the plans of a team as one figure, from the privacy
    threshold on (access.md). A hidden talk changes nothing here.
    """

    _inherit = "career.home"

    @api.model
    @api.readonly
    def my_organisation(self):
        """The teams of the user's own reports.

        :return: dictionary; ``teams`` is empty for who has no managers below
        """
        managers = self._reports()
        # sudo: hr.employee - names and jobs of the line below, public in Odoo
        people = (
            self.env["hr.employee"]
            .sudo()
            .search([("parent_id", "in", managers.ids), ("id", "not in", managers.ids)])
        )
        people = people.filtered(lambda person: person.user_id.id != self.env.uid)
        below = [("employee_id", "in", people.ids), ("n2_user_id", "=", self.env.uid)]
        participations = self.env["career.participation"].search(
            [*below, ("cycle_id.state", "in", _RUNNING)], order="id desc"
        )
        wishes = self.env["career.aspiration"].search(
            [*below, ("state", "=", "active"), ("share_n2", "=", True)]
        )
        told = self.env["career.feedback"].search(
            [
                ("employee_id", "in", people.ids),
                ("recipient_user_id", "=", self.env.uid),
                ("state", "=", "sent"),
            ]
        )
        documents = [
            self._by_employee(records) for records in (participations, wishes, told)
        ]
        gauges = self.env["career.plan.team"]._career_below_by_manager()
        by_manager = people.grouped("parent_id")
        teams = [
            self._team(manager, by_manager[manager], documents, gauges)
            for manager in managers
            if manager in by_manager
        ]
        teams.sort(key=lambda t: (-t["late"], -t["to_plan"], t["name"].lower()))
        return {
            "teams": teams,
            "people": len(people),
            "late": sum(team["late"] for team in teams),
            "held": sum(team["held"] for team in teams),
            "in_cycle": len(participations.employee_id),
            "talks": self._organisation_talks(),
        }

    @api.model
    def _organisation_talks(self):
        """The conversations that people chose to hold with the user himself."""
        talks = self.env["career.conversation"].search(
            [
                ("conductor_user_id", "=", self.env.uid),
                ("conductor_role", "=", "n2"),
                ("state", "in", ("requested", "planned", "held")),
            ],
            order="date_start, id",
            limit=6,
        )
        # sudo: hr.employee - the name only, of who talks with the user
        return [
            {
                "id": talk.id,
                "name": talk.employee_id.sudo().name,
                "state": talk.state,
                "state_label": self._label(talk, "state"),
                "date": fields.Datetime.to_string(talk.date_start) or False,
            }
            for talk in talks
        ]

    @api.model
    def _team(self, manager, people, documents, gauges):
        rows = [self._person(person, *documents) for person in people]
        rows.sort(key=lambda p: (not p["is_late"], p["order"], p["name"].lower()))
        return {
            "id": manager.id,
            "name": manager.name,
            "job": self._job_title(manager),
            "department": manager.department_id.name or "",
            "people": rows,
            "late": sum(row["is_late"] for row in rows),
            "told": sum(row["told"] for row in rows),
            **{
                state: sum(row["state"] == state for row in rows)
                for state in ("to_plan", "planned", "held")
            },
            "other": sum(
                row["state"] in ("arranged_otherwise", "excused") for row in rows
            ),
            "gauge": gauges.get(manager.user_id.id, False),
        }

    @api.model
    def _person(self, person, participations, wishes, told):
        order = {"to_plan": 0, "planned": 1, "held": 2}
        # the newest cycle; a team can be in two that follow on each other
        part = self._first(participations.get(person.id, self._participation()))
        return {
            "id": person.id,
            "name": person.name,
            "job": self._job_title(person),
            "participation": part.id,
            "state": part.state or "",
            "state_label": self._label(part, "state") if part else "",
            "is_late": part.is_late,
            "deadline": fields.Date.to_string(part.deadline) or False,
            "date": fields.Datetime.to_string(part.date_planned or part.date_held)
            or False,
            "wishes": len(wishes.get(person.id, ())),
            "told": len(told.get(person.id, ())),
            "order": order.get(part.state, 3),
        }

    @api.model
    def _participation(self):
        return self.env["career.participation"]

    # --------------------------------------------------------------- plan my own team
    @api.model
    def _to_plan(self):
        """What the user can plan in one go: the own reports of the running cycles."""
        return self._participation().search(
            [
                ("n1_user_id", "=", self.env.uid),
                ("is_open", "=", True),
                ("cycle_id.state", "in", _RUNNING),
            ],
            order="deadline, id",
        )

    @api.model
    def plan_several(self):
        """Open the wizard that proposes a date for everybody of the own team.

        :return: the wizard's action
        :raise UserError: nobody of the own team is still to plan
        """
        return self._to_plan().action_plan_several()
