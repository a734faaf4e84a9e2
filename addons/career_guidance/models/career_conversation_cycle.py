from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import ValidationError


class CareerConversation(models.Model):
    _inherit = "career.conversation"

    # the figures of a cycle follow from its conversations
    _career_keep_with = ("participation_id",)

    # From the more private record to the less private one (architecture.md).
    participation_id = fields.Many2one(
        "career.participation",
        string="Cycle",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    def _career_is_line(self):
        """Whether the line holds it and nobody is kept from knowing, as frozen."""
        self.ensure_one()
        return self.conductor_role == "n1" and not (
            self.hidden_from_n1 or self.hidden_from_n2 or self.hidden_from_hr
        )

    @api.constrains("participation_id", "channel_id", "employee_id")
    def _check_participation(self):
        """A hidden conversation never touches a participation (access.md, rule 5)."""
        for conversation in self.filtered("participation_id"):
            participation = conversation.participation_id
            if not conversation._career_is_line() or (
                participation.employee_id != conversation.employee_id
            ):
                raise ValidationError(
                    self.env._(
                        "Only a line conversation of the same employee counts in a "
                        "cycle."
                    )
                )

    def _career_start(self):
        result = super()._career_start()
        self._career_link_participation()
        return result

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") in ("planned", "held"):
            self._career_link_participation()
            if vals["state"] == "planned":
                self._career_tell_untrained_guide()
        return result

    def _career_link_participation(self):
        """A formal line conversation counts in the running cycle of its employee.

        Whoever began it: the list shows what happened, not who clicked where.
        """
        todo = self._career_system().filtered(
            lambda c: (
                c.kind == "formal"
                and not c.participation_id
                and c.state in ("requested", "planned", "held")
                and c._career_is_line()
            )
        )
        if not todo:
            return
        participations = (
            self.env["career.participation"]
            .with_user(SUPERUSER_ID)
            .search(
                [
                    ("employee_id", "in", todo.employee_id.ids),
                    ("cycle_id.state", "in", ("launching", "running")),
                    ("cycle_id.date_start", "<=", fields.Date.context_today(self)),
                ],
                order="id desc",
            )
        )
        by_employee = participations.grouped("employee_id")
        for conversation in todo:
            for participation in by_employee.get(conversation.employee_id, ()):
                # what was held and has no second moment is settled
                if participation.state == "held" and not participation.is_open:
                    continue
                conversation.participation_id = participation
                break

    def _career_tell_untrained_guide(self):
        """HR is told of a guide without certificate; nothing is blocked (R2.2).

        The to-do is about the guide, one for each, and only for line conversations: it
        tells nothing of who talks.
        """
        for conversation in self._career_system():
            guide = conversation.conductor_id
            if not guide or not conversation._career_is_line():
                continue
            if guide._career_is_certified_guide() is False:
                guide.company_id._career_officers()._career_add_todo(
                    f"hr.employee,{guide.id},certificate", "/odoo/career-guides"
                )
