from markupsafe import Markup

from odoo import SUPERUSER_ID, fields, models


class ResUsersMail(models.Model):
    """Mails and to-dos that tell nothing: not whom, not what, not which document."""

    _inherit = "res.users"

    def _career_send_neutral_mail(self, link="/odoo/my-career"):
        """Queue "there is something for you", each in the receiver's own language.

        The mail queue sends it later: a mail server that fails keeps it there with
        its error, and takes nothing else along. An administrator can read the queue,
        so that the subject is a constant and the body a link.

        :param link: path in the web client
        :return: the queued ``mail.mail``
        """
        mails = self.env["mail.mail"].with_user(SUPERUSER_ID)
        values = []
        for user in self.filtered(lambda u: u.active and u.email):
            env = self.with_context(lang=user.lang).env
            url = user.get_base_url() + link
            values.append(
                {
                    "subject": env._("Career guidance: there is something for you"),
                    "body_html": Markup('<p><a href="%s">%s</a></p>')
                    % (url, env._("Open it in Career guidance")),
                    "email_to": user.email_formatted,
                    "email_from": (
                        user.company_id.email_formatted or user.email_formatted
                    ),
                    "auto_delete": True,
                    "career_neutral": True,
                }
            )
        return mails.create(values)

    def _career_add_replacement_todo(self, key, moment):
        """Tell a stand-in that a replacement is needed: when, and nothing else.

        :param key: what it is about; for the server alone
        :param moment: datetime from which
        """
        activities = self.env["mail.activity"].with_user(SUPERUSER_ID)
        activities.search(
            [("career_key", "=", key), ("user_id", "in", self.ids)]
        ).unlink()
        activities.with_context(mail_activity_quick_update=True).create(
            [
                {
                    "user_id": user.id,
                    "summary": self.with_context(lang=user.lang).env._(
                        "Replacement needed: see your calendar"
                    ),
                    "date_deadline": fields.Datetime.context_timestamp(
                        user.with_context(tz=user.tz), moment
                    ).date(),
                    "career_key": key,
                    "automated": True,
                }
                for user in self
            ]
        )
