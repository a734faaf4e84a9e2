from functools import partial

from dateutil.relativedelta import relativedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.service.model import retrying


class CareerRetention(models.AbstractModel):
    """The nightly job that lets go of what was kept long enough (R4.5).

    Each batch is one transaction, so that a crash leaves a document either as it was
    or without the person; the next night goes on where this one stopped, because what
    is done is no longer due. Two workers take different documents. Where one meets what
    the other has just changed, it takes its batch back and looks again.
    """

    _name = "career.retention"
    _description = "Retention of career documents"

    # documents in one transaction
    _career_batch_size = 50

    @api.model
    def _career_kept_models(self):
        """Models whose documents have a period of their own; first what keeps another
        back, so that a feedback that goes tonight no longer keeps its conversation."""
        kept = [
            model
            for model in self.env["career.audience.mixin"]._career_confidential_models()
            if model._career_keep_parent() is None
        ]
        keepers = {
            model._fields[name].comodel_name
            for model in kept
            for name in model._career_keep_with
        }
        return sorted(
            kept,
            key=lambda m: (
                m._name not in keepers and not m._fields["employee_id"].related,
                m._name,
            ),
        )

    @api.model
    def _cron_anonymise(self, batch_size=None):
        """Anonymise what is due, batch by batch, and forget the rest of who left.

        :param batch_size: documents between two commits
        """
        today = fields.Date.context_today(self)
        batch_size = batch_size or self._career_batch_size
        cron = self.env["ir.cron"]
        system = self.with_user(SUPERUSER_ID)
        due = sum(len(m._career_due(today)) for m in system._career_kept_models())
        leavers = len(system._career_leavers_due(today))
        # and the rest, which counts as one
        cron._commit_progress(remaining=due + leavers + 1)
        for batch in (
            *(
                partial(model._career_anonymise_batch, today, batch_size)
                for model in system._career_kept_models()
            ),
            partial(system._career_forget_batch, today, batch_size),
        ):
            while done := retrying(batch, self.env):
                if not cron._commit_progress(done):
                    return
        retrying(partial(system._career_forget_other, today), self.env)
        cron._commit_progress(1)

    @api.model
    def _career_forget_batch(self, day, size):
        """Forget some of who left; how many."""
        due = self._career_leavers_due(day)
        employees = due.try_lock_for_update(allow_referencing=True, limit=size)
        if employees:
            employees._career_forget()
        return len(employees)

    @api.model
    def _career_leavers_due(self, day):
        """Who left long enough ago, and of whom something besides documents is left.

        :param day: date
        :return: archived ``hr.employee``
        """
        return (
            self.env["hr.employee"]
            .with_context(active_test=False)
            .search([("active", "=", False), ("career_forgotten_on", "=", False)])
            .filtered(
                lambda e: (
                    e._career_left_day()
                    < day - relativedelta(months=e.company_id.career_keep_file)
                )
            )
        )

    @api.model
    def _career_other_due(self, day):
        """What is about nobody's career, but names somebody: kept for a while.

        :param day: date
        :return: recordsets to be deleted
        """
        due = []
        periods = self.env["res.company"]._read_group([], ["id", "career_keep_other"])
        for company, months in periods:
            before = fields.Datetime.to_datetime(day - relativedelta(months=months))
            due.append(
                self.env["career.help.question"].search(
                    [("company_id", "=", company.id), ("date_answered", "<", before)]
                )
            )
            due.append(
                self.env["career.history"].search(
                    [
                        ("employee_id.company_id", "=", company.id),
                        ("res_model", "in", ("hr.employee", "career.personal.page")),
                        ("date", "<", before),
                    ]
                )
            )
        longest = max((months for __, months in periods), default=0)
        due.append(
            self.env["career.security.event"].search(
                [("date", "<", day - relativedelta(months=longest))]
            )
        )
        return due

    @api.model
    def _career_forget_other(self, day):
        for records in self._career_other_due(day):
            records.try_lock_for_update().unlink()

    # --------------------------------------------------------------------- preview
    @api.model
    def _career_preview(self, day, company):
        """What will have gone by a day, by kind.

        :param day: date
        :param company: ``res.company``
        :return: list of (model, ids) with all rights, for the server alone
        """
        system = self.with_user(SUPERUSER_ID)
        result = []
        for model in system._career_kept_models():
            ids = model._career_due(day)
            records = model.browse(ids).filtered(lambda r: r.company_id == company)
            if records:
                result.append((model._name, records.ids))
        return result
