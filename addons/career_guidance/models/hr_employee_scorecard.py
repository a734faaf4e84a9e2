from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools import rates


class HrEmployee(models.Model):
    """The scorecard of a manager as a guide (K16, R2.4)."""

    _inherit = "hr.employee"

    def _career_guide_scorecard(self, date_from, date_to, suppress=True):
        """Figures about the career guidance that this manager gives, with definitions.

        Over the manager's own reports of today, and over line conversations and
        plans of which he is the guide: what he can read anyway. Callers check who
        may see it; for anybody but the manager himself figures about fewer employees
        than the privacy threshold are left out.

        :param date_from: first day of the window W
        :param date_to: last day of W; days after today do not count
        :param suppress: leave out what is about too few employees
        :return: list of dictionaries ``code, name, definition, value, numerator,
            denominator, counts, suppressed, text``; ``value`` is a percentage with one
            decimal, None where nothing is counted or where it is left out
        """
        self.ensure_one()
        # sudo: career models - only counts leave this method, see above
        guide = self.sudo().with_context(active_test=True)
        date_to = min(date_to, fields.Date.context_today(self))
        types = guide.company_id._career_employee_type_codes()
        reports = guide.child_ids.filtered(
            lambda e: e.active and e != guide and e.employee_type in types
        )
        window = (date_from, date_to)
        threshold = guide.company_id.career_privacy_threshold
        rows = [
            self._career_scorecard_row(*row, threshold if suppress else 0)
            for row in guide._career_scorecard_counts(reports, window)
        ]
        return rows + guide._career_scorecard_certificate()

    def _career_scorecard_certificate(self):
        """The state of the guide's certificate, where the company has one (R2.2)."""
        if not self.company_id.career_guide_skill_id:
            return []
        certificate = self.env["career.guide.certificate"].browse(self.id)
        labels = dict(certificate._fields["state"]._description_selection(self.env))
        return [
            {
                "code": "certificate",
                "name": self.env._("Certificate"),
                "definition": self.env._(
                    "Training for career conversations, as it is today."
                ),
                "value": None,
                "numerator": None,
                "denominator": None,
                "counts": False,
                "suppressed": False,
                "text": labels.get(certificate.exists().state, labels["1_none"]),
            }
        ]

    def _career_scorecard_counts(self, reports, window):
        """Hook: what is counted; an add-on may add rows (certificate, K15).

        :return: list of tuples (code, name, definition, numerator, denominator,
            employees in the denominator)
        """
        return [
            (
                "K1",
                self.env._("Conversations held"),
                self.env._(
                    "Own reports with at least one formal line conversation held in "
                    "the period, of all own reports."
                ),
                *self._career_count_coverage(reports, window),
            ),
            (
                "K6",
                self.env._("Follow-up on time"),
                self.env._(
                    "Follow-up moments held at most %(days)s days after their date, of "
                    "those planned in the period.",
                    days=self.company_id._career_grace(),
                ),
                *self._career_count_followup(reports, window),
            ),
            (
                "K7",
                self.env._("Feedback given"),
                self.env._(
                    "Line conversations of the period after which all feedback that "
                    "the channel requires was given within %(days)s days, of those "
                    "that require feedback.",
                    days=self.company_id._career_grace(),
                ),
                *self._career_count_feedback(reports, window),
            ),
            (
                "K4c",
                self.env._("Plans that reach the target"),
                self.env._(
                    "Plans whose realised share meets the target, of the plans of the "
                    "period that are evaluated or have something due."
                ),
                *self._career_count_plans(reports, window),
            ),
        ]

    @api.model
    def _career_scorecard_row(
        self, code, name, definition, numerator, denominator, people, threshold
    ):
        suppressed = 0 < len(people) < threshold
        shown = bool(denominator) and not suppressed
        return {
            "code": code,
            "name": name,
            "definition": definition,
            "value": numerator * 1000 // denominator / 10 if shown else None,
            "numerator": numerator if shown else None,
            "denominator": denominator if shown else None,
            "counts": shown
            and self.env._(
                "%(numerator)s of %(denominator)s",
                numerator=numerator,
                denominator=denominator,
            ),
            "suppressed": suppressed,
            "text": False,
        }

    def _career_guided(self, reports):
        """Line documents about the reports of which this manager is the guide."""
        return Domain(
            [
                ("employee_id", "in", reports.ids),
                ("conductor_role", "=", "n1"),
                ("hidden_from_n1", "=", False),
                ("hidden_from_n2", "=", False),
                ("hidden_from_hr", "=", False),
                ("conductor_user_id", "=", self.user_id.id),
            ]
        )

    def _career_held_in(self, reports, window):
        start = datetime.combine(window[0], time.min)
        stop = datetime.combine(window[1], time.max)
        return self.env["career.conversation"].search(
            self._career_guided(reports)
            & Domain("state", "in", ("held", "closed"))
            & Domain("date_held", ">=", start)
            & Domain("date_held", "<=", stop)
        )

    def _career_count_coverage(self, reports, window):
        """K1; who arranged it otherwise counts as neither."""
        held = self._career_held_in(reports, window)
        seen = held.filtered(lambda c: c.kind == "formal").employee_id
        people = reports - (self._career_arranged(reports, window) - seen)
        return len(seen & people), len(people), people

    def _career_arranged(self, reports, window):
        """Employees who arranged their conversation otherwise, in a running cycle."""
        participations = self.env["career.participation"].search(
            [
                ("employee_id", "in", reports.ids),
                ("state", "=", "arranged_otherwise"),
                ("cycle_id.date_start", "<=", window[1]),
                ("cycle_id.date_end", ">=", window[0]),
            ]
        )
        return participations.employee_id

    def _career_guided_plans(self, reports, states):
        return self.env["career.plan"].search(
            self._career_guided(reports) & Domain("state", "in", states)
        )

    def _career_count_followup(self, reports, window):
        """K6; what a revised plan left to its new version counts there only."""
        plans = self._career_guided_plans(
            reports, ("agreed", "evaluated", "superseded")
        )
        planned = plans.checkpoint_ids.filtered(
            lambda c: (
                window[0] <= c.date <= window[1]
                and not (c.state == "planned" and c.plan_id.state == "superseded")
            )
        )
        grace = timedelta(days=self.company_id._career_grace())
        on_time = planned.filtered(
            lambda c: (
                c.state == "held" and c.date_held and c.date_held <= c.date + grace
            )
        )
        return len(on_time), len(planned), planned.plan_id.employee_id

    def _career_count_feedback(self, reports, window):
        """K7; a refusal by the employee settles a route, too."""
        grace = timedelta(days=self.company_id._career_grace())
        asked = self.env["career.conversation"]
        kept = 0
        for conversation in self._career_held_in(reports, window):
            routes = conversation.channel_id.route_ids.filtered(
                lambda r, c=conversation: r.required and c._career_recipient_exists(r)
            )
            limit = conversation.date_held + grace
            settled = conversation.feedback_ids.filtered(
                lambda f, limit=limit: (
                    (f.state == "sent" and f.date_sent <= limit)
                    or (f.state == "refused" and f.write_date <= limit)
                )
            ).route_id
            if routes:
                asked |= conversation
                kept += not (routes - settled)
        return kept, len(asked), asked.employee_id

    def _career_count_plans(self, reports, window):
        """K4c: K4a of an evaluated plan, K4b of an agreed one, against its target."""
        met, counted = 0, self.env["career.plan"]
        for plan in self._career_guided_plans(reports, ("agreed", "evaluated")):
            if plan.date_start > window[1] or plan.date_end < window[0]:
                continue
            rows = plan._career_rate_rows()
            rate = (
                rates.realisation(rows)
                if plan.state == "evaluated"
                else rates.due_realisation(rows, window[1])
            )
            meets = rate.meets(plan.target_rate)
            if meets is not None:
                counted |= plan
                met += meets
        return met, len(counted), counted.employee_id
