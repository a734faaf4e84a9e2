from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain

# How far back a document may have been made by a transaction that did not see a change
# of line yet, or the other way round. No transaction lasts that long.
_WINDOW = timedelta(days=1)
_BATCH = 200


class HrEmployeeLine(models.Model):
    """Rights follow the line also where two things happen at the same moment.

    A change of line moves the rights on all documents that it sees. A document that
    another transaction makes meanwhile (a step of a launch, a request) still has the
    former manager, and neither transaction can know. A minute after a change, and every
    night, what was made lately about those whose line changed lately is compared with
    the line.
    """

    _inherit = "hr.employee"

    def _career_line_changed(self, old, new):
        result = super()._career_line_changed(old, new)
        self._career_settle_line_soon()
        return result

    @api.model
    def _career_settle_line_soon(self):
        cron = self.env.ref(
            "career_guidance.ir_cron_settle_line", raise_if_not_found=False
        )
        done = self.env.cr.precommit.data
        if cron and not done.get("career_settle_line"):
            # once a transaction, however many people change their manager
            done["career_settle_line"] = True
            cron.with_user(SUPERUSER_ID)._trigger(
                fields.Datetime.now() + timedelta(minutes=1)
            )

    @api.model
    def _cron_settle_line(self, batch=_BATCH):
        """Compare what was made lately with the line as it is now; safe to run twice.

        :param batch: employees between two commits
        """
        since = fields.Datetime.now() - _WINDOW
        system = self.with_user(SUPERUSER_ID).with_context(active_test=False)
        told = system.env["career.history"]._search(
            [
                ("res_model", "=", "hr.employee"),
                ("event", "=", "line"),
                ("date", ">=", since),
            ]
        )
        left = Domain("active", "=", False) & Domain("write_date", ">=", since)
        employees = system.search(
            Domain("id", "in", told.subselect("employee_id")) | left, order="id"
        )
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(employees))
        for start in range(0, len(employees), batch):
            part = employees[start : start + batch]
            part._career_settle_line(since)
            if not cron._commit_progress(len(part)):
                break

    def _career_settle_line(self, since):
        """Bring what was made since then about these employees in line with the line.

        :param since: datetime
        :return: the employees of whom something had to be put right
        """
        wrong = open_work = self.browse()
        for model in self.env.values():
            field = model._fields.get("n1_user_id")
            own = field and field.compute == "_compute_audience_line"
            if model._abstract or not own:
                continue
            records = model.with_context(active_test=False).search(
                [("employee_id", "in", self.ids), ("create_date", ">=", since)]
            )
            stale = records.filtered(
                lambda r: (
                    (r.n1_user_id, r.n2_user_id) != r.employee_id._career_line_users()
                )
            )
            if stale:
                stale.modified(["employee_id"])
                wrong |= stale.employee_id
                if model._name in ("career.conversation", "career.plan"):
                    open_work |= stale.employee_id
        self.env.flush_all()
        for employee in open_work.filtered("active"):
            employee._career_hand_over()
        return wrong
