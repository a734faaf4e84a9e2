from odoo import models


class CareerHelpGuide(models.TransientModel):
    """The guide with examples for who holds conversations: a page, without data."""

    _name = "career.help.guide"
    _description = "Guide with examples"
