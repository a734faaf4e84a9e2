from odoo import models


class CareerAspiration(models.Model):
    _inherit = "career.aspiration"

    def _career_shown_to_recruiter(self):
        """Of matchable wishes, those that the caller may use as a recruiter.

        A wish is shown to recruiters of the own company; a recruiter who leads the
        employee sees it only when it is shared with him as the manager (R1.9).

        :return: the wishes that remain
        """
        user = self.env.user
        companies = user.company_ids
        return self.filtered(
            lambda wish: (
                wish.company_id in companies
                and (wish.n1_user_id != user or wish.share_n1)
                and (wish.n2_user_id != user or wish.share_n2)
            )
        )
