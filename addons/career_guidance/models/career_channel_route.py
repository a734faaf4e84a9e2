from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CareerChannelRoute(models.Model):
    """One permitted flow of feedback: who may, or must, tell whom (R1)."""

    _name = "career.channel.route"
    _description = "Feedback route of a career channel"
    _order = "channel_id, sequence, id"

    channel_id = fields.Many2one(
        "career.channel", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    author_role = fields.Selection(
        [("employee", "Employee"), ("conductor", "Guide")],
        string="From",
        required=True,
        default="employee",
    )
    recipient_role = fields.Selection(
        [
            ("n1", "Line manager (N+1)"),
            ("n2", "Manager's manager (N+2)"),
            ("hr", "HR"),
        ],
        string="To",
        required=True,
    )
    required = fields.Boolean(
        help="The author must give this feedback before the conversation is closed."
    )
    needs_agreement = fields.Boolean(
        help="The feedback waits until the employee agrees. A refusal settles it."
    )

    _flow_uniq = models.UniqueIndex(
        "(channel_id, author_role, recipient_role)",
        "This channel already has a route between these two.",
    )
    _no_agreement_with_oneself = models.Constraint(
        "CHECK (NOT (author_role = 'employee' AND needs_agreement))",
        "An employee's own feedback needs nobody's agreement.",
    )

    @api.depends_context("lang")
    @api.depends("author_role", "recipient_role")
    def _compute_display_name(self):
        authors = dict(self._fields["author_role"]._description_selection(self.env))
        recipients = dict(
            self._fields["recipient_role"]._description_selection(self.env)
        )
        for route in self:
            route.display_name = self.env._(
                "%(author)s to %(recipient)s",
                author=authors.get(route.author_role, ""),
                recipient=recipients.get(route.recipient_role, ""),
            )

    @api.constrains("channel_id", "author_role")
    def _check_author(self):
        """The external adviser is never an author; he tells nobody (R1.4)."""
        for route in self:
            if (
                route.author_role == "conductor"
                and route.channel_id.conductor_role == "external"
            ):
                raise ValidationError(
                    self.env._(
                        "An external adviser tells nobody: only the employee can be "
                        "the author in this channel."
                    )
                )
