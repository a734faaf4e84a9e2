from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

_OFFICER = "career_guidance.group_career_officer"
_MANAGER = "career_guidance.group_career_manager"
_RUNNING = ("launching", "running")


class CareerHomeStart(models.AbstractModel):
    """The start page of HR: how the round goes, what stagnates, what waits.

    All of it is counted with the rights of who looks: HR's own lists, and what people
    shared with HR. The administrator finds the start guide and the cycles.
    """

    _inherit = "career.home"

    @api.model
    @api.readonly
    def hr_start(self):
        """The page of HR and of the administrator, in one request.

        :return: dictionary
        :raise AccessError: the caller is neither
        """
        user = self.env.user
        is_officer = user.has_group(_OFFICER)
        if not is_officer and not user.has_group(_MANAGER):
            raise AccessError(self.env._("This page is for HR."))
        cycles = self._start_cycles()
        return {
            "is_officer": is_officer,
            "guide": self._start_guide(),
            "cycles": [self._start_cycle(*row, is_officer) for row in cycles],
            "departments": self._start_departments() if is_officer else [],
            "requests": self._start_requests() if is_officer else [],
            "waiting": self._start_lines(self._start_waiting()) if is_officer else [],
            "stagnates": (
                self._start_lines(self._start_stagnates()) if is_officer else []
            ),
        }

    @api.model
    def _start_guide(self):
        """The first steps, and the next one for who looks.

        Where all that is left is for somebody else, it says for whom.
        """
        steps = self.env["career.start.step"].search(Domain.TRUE)
        todo = steps.filtered(lambda step: not step.is_done)
        step = (todo.filtered("can_open") or todo)[:1]
        return {
            "done": len(steps) - len(todo),
            "total": len(steps),
            "next": step.name,
            "explanation": step.explanation,
            "button": step.button_label,
            "action": step.can_open and step.action_xmlid,
            "for_whom": step.for_whom,
        }

    # ------------------------------------------------------------------- the round
    @api.model
    def _start_cycles(self):
        """The running cycles with their counts by state, and how many are late."""
        cycles = self.env["career.cycle"].search(
            [("state", "in", _RUNNING)], order="date_end, id", limit=4
        )
        part = self.env["career.participation"]
        if not part.has_access("read"):
            return [(cycle, {}, 0) for cycle in cycles]
        mine = Domain("cycle_id", "in", cycles.ids)
        counts, late = {}, {}
        for cycle, state, count in part._read_group(
            mine, ["cycle_id", "state"], ["__count"]
        ):
            counts.setdefault(cycle.id, {})[state] = count
        for cycle, count in part._read_group(
            mine & Domain("is_late", "=", True), ["cycle_id"], ["__count"]
        ):
            late[cycle.id] = count
        return [
            (cycle, counts.get(cycle.id, {}), late.get(cycle.id, 0)) for cycle in cycles
        ]

    @api.model
    def _start_cycle(self, cycle, counts, late, is_officer):
        other = counts.get("arranged_otherwise", 0) + counts.get("excused", 0)
        return {
            "id": cycle.id,
            "name": cycle.name,
            "date_start": fields.Date.to_string(cycle.date_start),
            "date_end": fields.Date.to_string(cycle.date_end),
            "is_counted": is_officer,
            "total": sum(counts.values()),
            "late": late,
            # the order in which the bar shows them
            "parts": [
                {"state": state, "label": label, "count": count}
                for state, label, count in (
                    ("held", self.env._("Held"), counts.get("held", 0)),
                    ("planned", self.env._("Planned"), counts.get("planned", 0)),
                    (
                        "other",
                        self.env._("Arranged otherwise or excused"),
                        other,
                    ),
                    ("to_plan", self.env._("To plan"), counts.get("to_plan", 0)),
                )
            ],
        }

    @api.model
    def _start_departments(self):
        """Where the round stagnates: the departments with most still to plan."""
        rows = self.env["career.participation"]._read_group(
            [("cycle_id.state", "in", _RUNNING)],
            ["department_id", "state"],
            ["__count"],
        )
        totals, open_ones, names = {}, {}, {}
        for department, state, count in rows:
            key = department.id
            names[key] = department
            totals[key] = totals.get(key, 0) + count
            if state == "to_plan":
                open_ones[key] = open_ones.get(key, 0) + count
        keys = sorted(
            open_ones, key=lambda k: (-open_ones[k] / totals[k], -open_ones[k], k or 0)
        )[:5]
        return [
            {
                "id": key,
                "name": names[key].name or self.env._("Without a department"),
                "to_plan": open_ones[key],
                "total": totals[key],
            }
            for key in keys
        ]

    # ----------------------------------------------------------------- what waits
    @api.model
    def _start_requests(self):
        """Requests to HR that nobody has taken, oldest first."""
        talks = self.env["career.conversation"].search(
            [("is_open_request", "=", True), ("conductor_role", "=", "hr")],
            order="create_date, id",
            limit=6,
        )
        return [
            {
                "id": talk.id,
                # sudo: hr.employee - the name of who asked HR
                "name": talk.employee_id.sudo().name,
                "date": fields.Datetime.to_string(talk.create_date),
                "is_late": talk.is_overdue,
            }
            for talk in talks
        ]

    @api.model
    def _start_domains(self):
        """What each line counts, by code; the labels are where the lines are."""
        others = ("employee_user_id", "!=", self.env.uid)
        month_ago = fields.Datetime.now() - relativedelta(months=1)
        return {
            "asked": [
                others,
                ("is_open_request", "=", True),
                ("conductor_role", "in", ("hr", "coach")),
            ],
            "guidance": [others, ("state", "=", "requested")],
            "guided": [
                ("conductor_user_id", "=", self.env.uid),
                ("state", "in", ("requested", "held")),
            ],
            "question": [("state", "=", "open")],
            "told": [
                others,
                ("recipient_role", "=", "hr"),
                ("state", "=", "sent"),
                ("date_sent", ">=", month_ago),
            ],
            "on_screen": [
                ("state", "=", "to_sign"),
                ("employee_user_id", "=", False),
            ],
            "late": [("cycle_id.state", "in", _RUNNING), ("is_late", "=", True)],
            "behind": [
                others,
                ("state", "=", "agreed"),
                ("track", "in", ("behind", "missed")),
            ],
            "proposed": [others, ("state", "=", "proposed")],
            "unsigned": [("state", "=", "to_sign"), ("is_current", "=", True)],
            "untrained": [
                ("state", "in", ("1_none", "2_expired")),
                ("company_id.career_guide_skill_id", "!=", False),
            ],
        }

    @api.model
    def _start_waiting(self):
        """Hook: what waits for HR.

        :return: list of (label, model, domain, external id of the action); a line
            without anything to count is not shown
        """
        domains = self._start_domains()
        return [
            (
                self.env._("My conversations to plan or to close"),
                "career.conversation",
                domains["guided"],
                "career_guidance.career_conversation_action_guided",
            ),
            (
                self.env._("Questions of guides"),
                "career.help.question",
                domains["question"],
                "career_guidance.career_help_question_action",
            ),
            (
                self.env._("Feedback told to HR this month"),
                "career.feedback",
                domains["told"],
                "career_guidance.career_feedback_action_received",
            ),
            (
                self.env._("Deals of employees without a log-in, to sign on screen"),
                "career.deal",
                domains["on_screen"],
                "career_guidance.career_deal_action",
            ),
        ]

    @api.model
    def _start_stagnates(self):
        """Hook: what goes too slowly, as in :meth:`_start_waiting`."""
        domains = self._start_domains()
        return [
            (
                self.env._("Late in the cycle"),
                "career.participation",
                domains["late"],
                "career_guidance.career_participation_action",
            ),
            (
                self.env._("Never came forward"),
                "career.unheard",
                [],
                "career_guidance.career_unheard_action",
            ),
            (
                self.env._("Plans shared with HR that fall behind"),
                "career.plan",
                domains["behind"],
                "career_guidance.career_plan_action_guided",
            ),
            (
                self.env._("Plans shared with HR that wait for a signature"),
                "career.plan",
                domains["proposed"],
                "career_guidance.career_plan_action_guided",
            ),
            (
                self.env._("Deals not signed"),
                "career.deal",
                domains["unsigned"],
                "career_guidance.career_deal_action",
            ),
            (
                self.env._("Guides without a valid certificate"),
                "career.guide.certificate",
                domains["untrained"],
                "career_guidance.career_guide_certificate_action",
            ),
        ]

    @api.model
    def _start_lines(self, lines):
        """Count each line with the rights of the user; leave out what is empty."""
        result = []
        for label, model, domain, action in lines:
            if not self.env[model].has_access("read"):
                continue
            count = self.env[model].search_count(domain)
            if count:
                result.append(
                    {
                        "label": label,
                        "count": count,
                        "action": action,
                        "domain": self._start_json(domain),
                    }
                )
        return result

    @api.model
    def _start_json(self, domain):
        """A domain that can be sent to the client and back."""
        return [
            [name, operator, fields.Datetime.to_string(value)]
            if isinstance(name, str) and hasattr(value, "strftime")
            else [name, operator, list(value) if isinstance(value, tuple) else value]
            for name, operator, value in domain
        ]
