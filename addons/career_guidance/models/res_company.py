from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    career_target_rate = fields.Integer(
        "Target of the realisation rate (%)",
        default=80,
        required=True,
        help="Share of what a plan agreed that should be realised (the 80% rule).",
    )
    career_checkpoint_months = fields.Char(
        "Follow-up after (months)",
        default="3,6,9",
        help="Months after the start of a plan at which a follow-up is proposed.",
    )

    career_remind_days = fields.Integer(
        "Remind before a deadline (days)",
        default=7,
        required=True,
        help="The responsible party is reminded this many days before a deadline, and "
        "once more when it has passed.",
    )
    career_escalate_n2 = fields.Boolean(
        "Tell the manager's manager (N+2)",
        help="When a plan stays at risk. Only where N+2 can read the plan already.",
    )
    career_escalate_hr = fields.Boolean(
        "Tell HR",
        help="When a plan stays at risk. Only where HR can read the plan already.",
    )
    career_escalate_days = fields.Integer(
        "Time to recover (days)",
        default=30,
        required=True,
        help="How long the two sides have before somebody else is told.",
    )
    career_mail_days = fields.Integer(
        "One mail each (days)",
        default=1,
        required=True,
        help="Who has something new to do gets a mail that tells nothing but that, at "
        "most once in this number of days.",
    )
    career_privacy_threshold = fields.Integer(
        "Privacy threshold",
        default=5,
        required=True,
        help="Figures of fewer people than this are not shown.",
    )
    _career_remind_days_range = models.Constraint(
        "CHECK (career_remind_days BETWEEN 0 AND 90"
        " AND career_escalate_days BETWEEN 1 AND 365)",
        "Reminders go out 0 to 90 days before a deadline; the time to recover is 1 to "
        "365 days.",
    )
    _career_mail_days_range = models.Constraint(
        "CHECK (career_mail_days BETWEEN 1 AND 31)",
        "A mail goes out at most once in 1 to 31 days.",
    )
    _career_privacy_threshold_range = models.Constraint(
        "CHECK (career_privacy_threshold BETWEEN 3 AND 100)",
        "The privacy threshold lies between 3 and 100 people.",
    )
    career_page_days = fields.Integer(
        "Personal pages are valid for (days)", default=30, required=True
    )
    career_page_factor = fields.Selection(
        [
            ("code", "A code that the employee chooses at the first visit"),
            ("birthday", "The date of birth"),
            ("badge", "The badge number"),
            ("none", "Nothing but the link"),
        ],
        string="Personal pages also ask for",
        default="code",
        required=True,
    )
    career_page_attempts = fields.Integer(
        "Wrong answers before a personal page locks", default=5, required=True
    )

    _career_page_days_range = models.Constraint(
        "CHECK (career_page_days BETWEEN 1 AND 365)",
        "A personal page is valid for 1 to 365 days.",
    )
    _career_page_attempts_range = models.Constraint(
        "CHECK (career_page_attempts BETWEEN 1 AND 10)",
        "A personal page locks after 1 to 10 wrong answers.",
    )
    _career_target_rate_range = models.Constraint(
        "CHECK (career_target_rate BETWEEN 1 AND 100)",
        "The target of the realisation rate lies between 1 and 100.",
    )

    def write(self, vals):
        if "user_ids" not in vals:
            return super().write(vals)
        with self.env["career.security.event"]._career_watch(self) as companies:
            return super(ResCompany, companies).write(vals)

    def _career_members(self, group_xmlid):
        """Active users of a group who work in this company."""
        self.ensure_one()
        # the cached id: `env.ref` asks the database each time, once for each document
        group_id = self.env["ir.model.data"]._xmlid_to_res_id(group_xmlid)
        # sudo: res.groups - who holds a role in the company is no secret; callers
        # compare or list them for the employee
        users = self.env["res.groups"].sudo().browse(group_id).all_user_ids
        return users.filtered(lambda u: u.active and self in u.company_ids)

    def _career_officers(self):
        """Career officers (HR) of this company."""
        return self._career_members("career_guidance.group_career_officer")

    def _career_grace(self):
        """Hook: days after which follow-up and feedback are late (K6, K7).

        A setting where the key figures are installed.
        """
        return 14

    def _career_coaches(self):
        """Coaches of the pool that this company's employees can ask."""
        return self._career_members("career_guidance.group_career_coach")

    def _career_checkpoint_months(self):
        """The months of the follow-up policy, in order.

        :return: sorted list of positive integers; what is no number is left out
        """
        self.ensure_one()
        parts = (self.career_checkpoint_months or "").split(",")
        return sorted({int(p) for p in parts if p.strip().isdigit() and int(p)})
