from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError


class CareerRetentionPreview(models.TransientModel):
    """What will have gone by a day, before it goes.

    HR looks into what HR may read. Of the rest it learns nothing, not even a number:
    two days compared would tell what there is about who left between (access.md,
    rule 5).
    """

    _name = "career.retention.preview"
    _description = "What will be anonymised"

    months = fields.Integer("Months ahead", default=1, required=True)
    date = fields.Date(
        "By this day",
        compute="_compute_date",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    line_ids = fields.One2many(
        "career.retention.preview.line", "preview_id", readonly=True
    )
    leaver_names = fields.Text("Who left long enough ago", readonly=True)

    @api.depends("months")
    def _compute_date(self):
        today = fields.Date.context_today(self)
        for preview in self:
            months = min(max(preview.months, 0), 120)
            preview.date = today + relativedelta(months=months)

    @api.model_create_multi
    def create(self, vals_list):
        """Count on creation.

        :raise AccessError: the caller is not HR of the company
        """
        previews = super().create(vals_list)
        for preview in previews:
            preview._career_count()
        return previews

    def action_count(self):
        """Count again, for another day.

        :raise AccessError: the caller is not HR of the company
        """
        self.ensure_one()
        self._career_count()
        return self.action_open()

    def action_open(self):
        """Show what was counted."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What will go"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _career_count(self):
        self.ensure_one()
        company = self.company_id
        if not self.env.user._career_is_officer_of(company):
            raise AccessError(self.env._("Only HR of the company can look at this."))
        retention = self.env["career.retention"]
        commands = [Command.clear()]
        for name, ids in retention._career_preview(self.date, company):
            mine = self.env[name].search([("id", "in", ids)])
            if mine:
                commands.append(
                    Command.create(
                        {
                            "res_model": name,
                            "readable_count": len(mine),
                            "res_ids": mine.ids,
                        }
                    )
                )
        # sudo: hr.employee - names of who left, in the company of the officer
        leavers = retention.sudo()._career_leavers_due(self.date)
        names = leavers.filtered(lambda e: e.company_id == company).mapped("name")
        self.write({"line_ids": commands, "leaver_names": "\n".join(sorted(names))})
