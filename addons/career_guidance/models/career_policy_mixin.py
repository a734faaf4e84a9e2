from odoo import api, fields, models


class CareerPolicyMixin(models.AbstractModel):
    """The policies of a company, as fields of a page that sets them.

    Odoo's settings page and the page of the career administrator both have them. An
    add-on extends this model, and the view of the settings page: it is on both.
    """

    _name = "career.policy.mixin"
    _description = "Policies of career guidance, on a page"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    career_target_rate = fields.Integer(
        related="company_id.career_target_rate", readonly=False
    )
    career_checkpoint_months = fields.Char(
        related="company_id.career_checkpoint_months", readonly=False
    )
    career_page_days = fields.Integer(
        related="company_id.career_page_days", readonly=False
    )
    career_page_factor = fields.Selection(
        related="company_id.career_page_factor", readonly=False
    )
    career_page_attempts = fields.Integer(
        related="company_id.career_page_attempts", readonly=False
    )
    career_remind_days = fields.Integer(
        related="company_id.career_remind_days", readonly=False
    )
    career_escalate_n2 = fields.Boolean(
        related="company_id.career_escalate_n2", readonly=False
    )
    career_escalate_hr = fields.Boolean(
        related="company_id.career_escalate_hr", readonly=False
    )
    career_mail_days = fields.Integer(
        related="company_id.career_mail_days", readonly=False
    )
    career_escalate_days = fields.Integer(
        related="company_id.career_escalate_days", readonly=False
    )
    career_sample_data_loaded = fields.Boolean(
        compute="_compute_career_sample_data_loaded", export_string_translation=False
    )

    @api.depends("company_id")
    def _compute_career_sample_data_loaded(self):
        self.career_sample_data_loaded = self.env["career.sample"]._is_loaded()

    def action_career_load_sample_data(self):
        """Make the invented company to try the application with, once."""
        return self.env["career.sample"].action_load()
