import logging
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain

from ..tools.rates import OPEN_STATES

_logger = logging.getLogger(__name__)

_BATCH = 100
_CHECKPOINT_DAYS = 14


class CareerPlanFollowUp(models.AbstractModel):
    """The nightly look at running plans, and the mail, one a person (R2.6).

    Both work in batches and commit after each. A plan is marked with the day on which
    it was looked at, and a notice is unique for a person and a cause: what was killed
    goes on where it stopped, and nobody is told twice.
    """

    _name = "career.plan.follow.up"
    _description = "Follow-up of development plans"

    # ------------------------------------------------------------------- nightly job
    @api.model
    def _cron_follow_up(self, batch_size=_BATCH):
        """Look at every agreed plan once a day."""
        today = fields.Date.context_today(self)
        plans = self.env["career.plan"].with_user(SUPERUSER_ID)
        domain = Domain("state", "=", "agreed") & Domain(
            "employee_id.active", "=", True
        )
        domain &= Domain("followed_up_on", "=", False) | Domain(
            "followed_up_on", "<", today
        )
        remaining = plans.search_count(domain)
        while batch := plans.search(domain, limit=batch_size, order="id"):
            told = self._career_told(batch)
            for plan in batch:
                try:
                    with self.env.cr.savepoint():
                        self._career_follow_up(plan, today, told.get(plan.id, []))
                except Exception:
                    # one plan in trouble does not keep the others from being followed
                    _logger.exception("Follow-up of development plan %s", plan.id)
            batch.followed_up_on = today
            remaining = max(remaining - len(batch), 0)
            if not self.env["ir.cron"]._commit_progress(
                len(batch), remaining=remaining
            ):
                break

    @api.model
    def _career_told(self, plans):
        """Notices given before, by plan: one query for a batch."""
        notices = self.env["career.notice"].with_user(SUPERUSER_ID)
        found = notices.search([("plan_id", "in", plans.ids)])
        return {plan.id: lines for plan, lines in found.grouped("plan_id").items()}

    @api.model
    def _career_follow_up(self, plan, today, told):
        """Give the notices that one plan asks for today.

        A notice is a neutral to-do, once for a user and a stamp: what makes the same
        to-do new again, as a deadline that moved or a track that got worse.

        :param plan: one agreed ``career.plan``, as the system sees it
        :param today: date
        :param told: notices that were given about the plan before
        """
        notices = self.env["career.notice"].with_user(SUPERUSER_ID)
        given = {(notice.user_id.id, notice.key) for notice in told}
        for record, users, code, stamp, deadline in self._career_due(plan, today, told):
            key = f"{record._career_todo_key(code)},{stamp}"
            new = users.filtered(lambda u, key=key: (u.id, key) not in given)
            notices.create(
                [
                    {
                        "user_id": user.id,
                        "plan_id": plan.id,
                        "code": code,
                        "key": key,
                        "date": today,
                    }
                    for user in new
                ]
            )
            if new:
                record._career_todo(new, code, deadline)

    @api.model
    def _career_due(self, plan, today, told):
        """What a plan asks for on a day: (record, users, code, stamp, deadline)."""
        both = plan.employee_user_id | plan.conductor_user_id
        soon = today + timedelta(days=plan.company_id.career_remind_days)
        for action in plan.action_ids:
            day = action.deadline
            if action.state in OPEN_STATES and day and day <= soon:
                when = "after" if day < today else "before"
                users = action._career_responsible_users()
                yield action, users, "due", f"{when} {day}", day
        for checkpoint in plan.checkpoint_ids:
            day = checkpoint.date
            if checkpoint.state == "planned" and day <= soon:
                late = today > day + timedelta(days=_CHECKPOINT_DAYS)
                yield checkpoint, both, "checkpoint", "late" if late else "soon", day
        if today > plan.date_end:
            yield plan, both, "end", str(plan.date_end), today
        yield from self._career_due_track(plan, both, today, told)

    @api.model
    def _career_due_track(self, plan, both, today, told):
        """At risk: both sides. Later, N+2 or HR, where policy and audience allow."""
        if plan.track not in ("at_risk", "behind", "missed"):
            # a plan that recovered may ask for attention again, another time
            past = [notice for notice in told if notice.code in ("track", "escalate")]
            if past:
                self.env["career.notice"].union(*past).unlink()
                plan._career_todo_done("track", "escalate")
            return
        if plan.track != "missed":
            yield plan, both, "track", plan.track, today
        days = [notice.date for notice in told if notice.code == "track"]
        recover = timedelta(days=plan.company_id.career_escalate_days)
        if days and today >= min(days) + recover:
            others = self._career_escalation_users(plan) - both
            yield plan, others, "escalate", "once", today

    @api.model
    def _career_escalation_users(self, plan):
        """N+2 and HR, as the company's policy says, and only who reads the plan now."""
        company = plan.company_id
        wanted = self.env["res.users"]
        if company.career_escalate_n2:
            wanted |= plan.n2_user_id
        if company.career_escalate_hr:
            wanted |= company._career_officers()
        if not wanted:
            return wanted
        readers = [users for users, _role, _reason in plan._career_readers()]
        return wanted & self.env["res.users"].union(*readers)

    # --------------------------------------------------------------- mail, one a person
    @api.model
    def _cron_digest(self, batch_size=_BATCH):
        """Tell who has something new to do, in one mail, as often as policy permits."""
        today = fields.Date.context_today(self)
        rhythms = (
            self.env["res.company"]
            .with_user(SUPERUSER_ID)
            ._read_group([], ["career_mail_days"], ["id:recordset"])
        )
        for days, those in rhythms:
            while users := self._career_digest_users(today, days, those, batch_size):
                mailed = self._career_send_digest(users, today)
                if not self.env["ir.cron"]._commit_progress(len(mailed)):
                    return

    @api.model
    def _career_digest_users(self, today, days, companies, limit):
        """Users with a to-do that no mail told of, and no mail in the last days."""
        recent = (
            self.env["career.notice"]
            .with_user(SUPERUSER_ID)
            ._search(
                [
                    ("key", "=", "digest"),
                    ("date", ">", today - timedelta(days=days)),
                ]
            )
        )
        groups = (
            self.env["mail.activity"]
            .with_user(SUPERUSER_ID)
            ._read_group(
                [
                    ("career_key", "!=", False),
                    ("career_mailed", "=", False),
                    ("user_id.active", "=", True),
                    ("user_id.company_id", "in", companies.ids),
                    ("user_id", "not in", recent.subselect("user_id")),
                ],
                ["user_id"],
                limit=limit,
                order="user_id",
            )
        )
        return self.env["res.users"].union(*[user for [user] in groups])

    @api.model
    def _career_send_digest(self, users, today):
        """Queue a neutral mail for each user, in the own language.

        The mail is queued, not sent: a mail server that fails keeps it for later. It
        names nobody and no document (traps.md: administrators read mails).
        """
        users = users.with_user(SUPERUSER_ID)
        notices = self.env["career.notice"].with_user(SUPERUSER_ID)
        last = notices.search([("key", "=", "digest"), ("user_id", "in", users.ids)])
        last.date = today
        notices.create(
            [
                {"user_id": user.id, "code": "digest", "key": "digest", "date": today}
                for user in users - last.user_id
            ]
        )
        users._career_send_neutral_mail()
        self.env["mail.activity"].with_user(SUPERUSER_ID).search(
            [("career_key", "!=", False), ("user_id", "in", users.ids)]
        ).career_mailed = True
        return users
