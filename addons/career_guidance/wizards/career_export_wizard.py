from odoo import api, fields, models
from odoo.exceptions import UserError


class CareerExportWizard(models.TransientModel):
    """Choose the file about oneself, or, for HR, about who has no login."""

    _name = "career.export.wizard"
    _description = "Export all about a person"

    is_for_other = fields.Boolean(
        default=lambda self: bool(self.env.context.get("career_export_other")),
        export_string_translation=False,
    )
    employee_id = fields.Many2one(
        "hr.employee",
        domain=[("user_id", "=", False)],
        ondelete="cascade",
    )
    file_format = fields.Selection(
        [("pdf", "PDF, to read"), ("json", "JSON, to take along to another system")],
        "File",
        default="pdf",
        required=True,
    )
    note = fields.Text(compute="_compute_note")

    @api.depends_context("lang")
    @api.depends("is_for_other")
    def _compute_note(self):
        for wizard in self:
            # what the file says to the employee is not what HR has to know of it
            wizard.note = (
                self.env._(
                    "The file holds what HR may read. What was not shared with HR, and "
                    "the history, are on the personal page: there the employee makes "
                    "the complete file."
                )
                if wizard.is_for_other
                else self.env["career.export"]._career_export_note(False)
            )

    def action_export(self):
        """Make the file and download it.

        :raise AccessError: the file is not the caller's to make
        :raise UserError: nobody was chosen
        """
        self.ensure_one()
        if self.is_for_other:
            employee = self.employee_id
            if not employee:
                raise UserError(self.env._("Choose the employee first."))
            who = employee.id
        else:
            employee = self.env.user._career_employee()
            if not employee:
                raise UserError(
                    self.env._("Your user has no employee record. Ask HR to link one.")
                )
            who = "me"
        # now, for a clear message in this dialog; the download checks again
        self.env["career.export"]._career_check_export(employee)
        return {
            "type": "ir.actions.client",
            "tag": "career_guidance.export",
            "params": {"url": f"/career/export/{who}.{self.file_format}"},
        }
