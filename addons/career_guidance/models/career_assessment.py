from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL


class CareerAssessment(models.Model):
    """A potential assessment, 360 feedback or development centre (R3.4).

    HR commissions it, or the employee brings his own. Either way the employee reads all
    of it, and decides alone who else does.
    """

    _name = "career.assessment"
    _inherit = "career.audience.mixin"
    _description = "Assessment"
    _order = "date desc, id desc"
    _career_path = "career-assessments"

    _audience_state_field = "commissioned_by"
    _career_keep = "assessment"
    _audience_rules = {
        "employee": ("rw", None),
        "employee_author": (
            "cu",
            "[('employee_user_id', '=', user.id),"
            " ('commissioned_by', '=', 'employee')]",
        ),
        "n1": ("r", None),
        "n2": ("r", None),
        "coach": ("r", None),
        "hr": ("r", None),
        "hr_author": (
            "rwc",
            "[('commissioned_by', '=', 'hr'), ('company_id', 'in', company_ids)]",
        ),
    }
    _shares = {"share_n1", "share_n2", "share_hr", "share_coach"}
    _content = {"kind", "moment", "date", "assessor", "conclusion", "attachment_ids"}
    _career_creatable = {"employee": _shares | _content, "hr": _content}
    # who commissioned it writes it; the employee shares it
    _career_writable = {
        "employee": {"*": _shares, "employee": _content},
        "hr": {"hr": _content},
    }

    kind = fields.Selection(
        [
            ("potential", "Potential assessment"),
            ("feedback_360", "360 degree feedback"),
            ("development_centre", "Development centre"),
            ("other", "Other"),
        ],
        required=True,
        default="potential",
    )
    moment = fields.Selection(
        [
            ("hiring", "On hiring"),
            ("before", "Before the conversation"),
            ("after", "After the conversation"),
        ],
        required=True,
        default="before",
    )
    date = fields.Date(
        required=True, default=lambda self: fields.Date.context_today(self)
    )
    assessor = fields.Char(help="Who carried it out.")
    conclusion = fields.Html(
        help="What it says about strengths and next steps. Nothing medical."
    )
    commissioned_by = fields.Selection(
        [("employee", "The employee"), ("hr", "HR")],
        string="Commissioned by",
        readonly=True,
        required=True,
        copy=False,
    )
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "career_assessment_attachment_rel",
        "assessment_id",
        "attachment_id",
        string="Documents",
        copy=False,
    )
    can_edit = fields.Boolean(compute="_compute_can", export_string_translation=False)

    @api.model
    def _career_keep_since(self):
        """From its own date: what was found then grows old."""
        return SQL(
            "COALESCE(%(table)s.date, %(table)s.create_date)",
            table=SQL.identifier(self._table),
        )

    @api.model
    def _career_label(self):
        return self.env._("Assessment")

    def _career_extra_readers(self):
        """Who commissioned it reads what he wrote (access.md)."""
        if self.commissioned_by != "hr":
            return []
        return [(self.company_id._career_officers(), "hr", self.env._("Author"))]

    @api.depends_context("uid")
    @api.depends("commissioned_by", "employee_user_id")
    def _compute_can(self):
        for assessment in self:
            assessment.can_edit = (
                not assessment._origin
                or "conclusion" in assessment._career_writable_fields()
            )

    @api.model
    def _career_prepare_create(self, vals_list):
        """Who makes it decides who commissioned it; nobody chooses that."""
        result = []
        for vals in super()._career_prepare_create(vals_list):
            employee = self._career_given_employee(vals)
            vals["employee_id"] = employee.id
            if self._career_guarded():
                own = self._career_acting_employee_id() == employee.id or (
                    employee.user_id == self.env.user
                )
                vals["commissioned_by"] = "employee" if own else "hr"
            else:
                vals.setdefault("commissioned_by", "hr")
            result.append(vals)
        return result

    @api.model_create_multi
    def create(self, vals_list):
        assessments = super().create(vals_list)
        assessments._career_bind_documents()
        for assessment in assessments._career_system():
            assessment._career_log("create")
            if assessment.commissioned_by == "hr":
                # carried into the file with the employee's knowledge (R3.14)
                assessment._career_todo(assessment.employee_user_id, "read")
        return assessments

    def write(self, vals):
        result = super().write(vals)
        if "attachment_ids" in vals:
            self._career_bind_documents()
        if {"conclusion", "kind", "moment", "date"} & set(vals):
            self._career_log("change")
        return result

    def _career_bind_documents(self):
        """A document belongs to the assessment alone: its readers are the readers.

        :raise AccessError: the document is somebody else's, or of another record
        """
        for assessment in self._career_system():
            for attachment in assessment.attachment_ids:
                at_home = (attachment.res_model, attachment.res_id) == (
                    self._name,
                    assessment.id,
                )
                if at_home:
                    continue
                free = not attachment.res_id and not attachment.public
                if self._career_guarded() and not (
                    free and attachment.create_uid == self.env.user
                ):
                    raise AccessError(
                        self.env._("Add documents that you upload yourself.")
                    )
                attachment.write({"res_model": self._name, "res_id": assessment.id})

    def unlink(self):
        # sudo: ir.attachment - the documents go with their assessment
        documents = self.sudo().attachment_ids
        self._career_todo_done("read")
        result = super().unlink()
        documents.unlink()
        return result
