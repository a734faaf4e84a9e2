from odoo import api, fields, models


class CareerHistory(models.Model):
    """What happened to a document about an employee; read by that employee alone.

    Confidential models have no chatter: followers, activities and notification mails
    of Odoo show to colleagues that a document exists. This is their own history.
    """

    _name = "career.history"
    _rec_name = "author_name"
    _description = "History of a career document"
    _order = "date desc, id desc"

    res_model = fields.Char("Document model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Document", model_field="res_model", required=True, readonly=True, index=True
    )
    employee_id = fields.Many2one(
        "hr.employee",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    employee_user_id = fields.Many2one(
        related="employee_id.user_id",
        string="User of the employee",
        store=True,
        index="btree_not_null",
        export_string_translation=False,
    )
    user_id = fields.Many2one("res.users", readonly=True, ondelete="set null")
    author_name = fields.Char(
        "By", compute="_compute_author_name", store=True, precompute=True
    )
    date = fields.Datetime(default=fields.Datetime.now, required=True, readonly=True)
    event = fields.Selection(
        [
            ("create", "Made"),
            ("share", "Shared with"),
            ("unshare", "No longer shared with"),
            ("assign", "Taken by"),
            ("plan", "Date set"),
            ("prepare", "Preparation ready"),
            ("hold", "Held"),
            ("change", "Report changed"),
            ("confirm", "Confirmed"),
            ("close", "Closed"),
            ("cancel", "Cancelled"),
            ("refer", "Another channel proposed"),
            ("feedback", "Feedback"),
            ("agree", "Agreed"),
            ("refuse", "Refused"),
            ("propose", "Proposed"),
            ("sign", "Signed"),
            ("reset", "Back to draft"),
            ("revise", "New version"),
            ("progress", "Progress"),
            ("evaluate", "Evaluated"),
            ("line", "Change of manager"),
            ("export", "Exported"),
            ("withdraw", "Withdrawn"),
            ("page", "Personal page"),
        ],
        required=True,
        readonly=True,
    )
    detail = fields.Char(readonly=True)
    document_name = fields.Char("What", compute="_compute_document_name")

    @api.depends("res_model")
    @api.depends_context("lang")
    def _compute_document_name(self):
        """The kind of document, in words: "Made" alone tells nothing in a list."""
        for line in self:
            line.document_name = (
                self.env["ir.model"]._get(line.res_model).name
                if line.res_model in self.env
                else False
            )

    @api.depends("user_id")
    def _compute_author_name(self):
        """Kept as text, so that the history stays readable when a user is deleted."""
        for line in self:
            if line.user_id:
                line.author_name = line.user_id.name
            elif not line.author_name:
                line.author_name = line.employee_id.name
