from odoo import fields, models


class ResCompany(models.Model):
    """How long what is kept, in months (R4.5). Shorter is possible; for ever is not."""

    _inherit = "res.company"

    career_keep_conversation = fields.Integer(
        "Conversations and guidance (months)",
        default=24,
        required=True,
        help="Conversations, preparations, agreed points and the guidance of a coach: "
        "so long after they were closed.",
    )
    career_keep_feedback = fields.Integer(
        "Feedback (months)",
        default=36,
        required=True,
        help="What was told about a conversation: so long after it was sent.",
    )
    career_keep_wish = fields.Integer(
        "Wishes that are past (months)",
        default=24,
        required=True,
        help="So long after a wish was achieved or withdrawn.",
    )
    career_keep_assessment = fields.Integer(
        "Assessments (months)",
        default=36,
        required=True,
        help="So long after their date: they grow old.",
    )
    career_keep_participation = fields.Integer(
        "Participation in a cycle (months)",
        default=36,
        required=True,
        help="So long after its deadline; the figures of the cycle stay.",
    )
    career_keep_file = fields.Integer(
        "After somebody left (months)",
        default=12,
        required=True,
        help="Plans, wishes, deals and all that was not closed: so long after the "
        "employee left.",
    )
    career_keep_other = fields.Integer(
        "Questions to HR and changes of rights (months)",
        default=24,
        required=True,
        help="Answered questions about guiding, notes about the line and the personal "
        "page, and the list of changes of rights.",
    )

    _career_keep_range = models.Constraint(
        """CHECK (LEAST(career_keep_conversation, career_keep_feedback,
            career_keep_wish, career_keep_assessment, career_keep_participation,
            career_keep_file, career_keep_other) >= 1
        AND GREATEST(career_keep_conversation, career_keep_feedback,
            career_keep_wish, career_keep_assessment, career_keep_participation,
            career_keep_file, career_keep_other) <= 120)""",
        "Documents are kept for 1 to 120 months.",
    )
