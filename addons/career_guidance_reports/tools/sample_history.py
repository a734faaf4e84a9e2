"""The monthly figures of the sample company, since it began.

A snapshot freezes the present: what was before is not known, and is never computed. Of
the invented company it is known, since all that was done there has its day. So its
documents are put back to where they were at the end of each month, the steps of any
snapshot count them, and then they are put as they are. No number is made up, and small
groups are protected as from month to month.
"""

from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from odoo.tools import SQL

from odoo.addons.career_guidance.tools.sample_data import SampleData

MODULE = "career_guidance_reports"
MONTHS = 20
# what is put back, and then as it is: {table: columns}
KEPT = {
    "career_plan": ("state", "weight_done", "weight_counted"),
    "career_plan_action": ("state",),
    "career_plan_checkpoint": ("state",),
    "career_feedback": ("state",),
    "career_aspiration": ("state",),
    "career_participation": ("state",),
    "career_deal_template": ("version",),
    "career_deal": ("state",),
}
# a document as it was before the moment %(stop)s, one statement after the other
AS_OF = (
    """UPDATE career_plan_action SET state = 'todo'
        WHERE state = 'done' AND date_done >= %(stop)s AND {mine}""",
    # what both dropped was dropped when the plan was looked back on
    """UPDATE career_plan_action a SET state = 'todo' FROM career_plan p
        WHERE p.id = a.plan_id AND a.state = 'dropped'
          AND p.date_evaluated >= %(stop)s AND a.{mine}""",
    """UPDATE career_plan old SET state = 'agreed' FROM career_plan new
        WHERE new.previous_id = old.id AND old.state = 'superseded'
          AND new.date_agreed >= %(stop)s AND old.{mine}""",
    """UPDATE career_plan SET state = 'agreed'
        WHERE state = 'evaluated' AND date_evaluated >= %(stop)s AND {mine}""",
    """UPDATE career_plan SET state = 'draft'
        WHERE state IN ('agreed', 'evaluated', 'superseded')
          AND date_agreed >= %(stop)s AND {mine}""",
    """UPDATE career_plan p SET weight_done = sums.done, weight_counted = sums.counted
         FROM (
              SELECT plan_id,
                     COALESCE(SUM(weight) FILTER (WHERE state = 'done'), 0) AS done,
                     COALESCE(SUM(weight) FILTER (WHERE state != 'dropped'), 0)
                         AS counted
                FROM career_plan_action
               GROUP BY plan_id
              ) sums
        WHERE sums.plan_id = p.id AND p.{mine}""",
    """UPDATE career_plan_checkpoint SET state = 'planned'
        WHERE (state = 'held' AND date_held >= %(stop)s
               OR state = 'skipped' AND date >= %(stop)s) AND {mine}""",
    """UPDATE career_feedback SET state = 'draft'
        WHERE state = 'sent' AND date_sent >= %(stop)s AND {mine}""",
    """UPDATE career_aspiration a SET state = 'active'
        WHERE state IN ('achieved', 'withdrawn') AND {mine} AND EXISTS (
              SELECT FROM career_history h
               WHERE h.res_model = 'career.aspiration' AND h.res_id = a.id
                 AND h.date >= %(stop)s
              )""",
    """UPDATE career_participation SET state = 'to_plan'
        WHERE state = 'arranged_otherwise' AND date_arranged >= %(stop)s
          AND {mine}""",
    """UPDATE career_deal d SET state = 'signed' FROM career_deal_template t
        WHERE t.id = d.template_id AND d.state = 'replaced' AND d.signed_on IS NOT NULL
          AND t.date_published >= %(stop)s AND d.version = t.version - 1
          AND d.{mine}""",
    """UPDATE career_deal_template SET version = version - 1
        WHERE version > 1 AND date_published >= %(stop)s AND {mine}""",
)


class SampleHistory:
    """The snapshots of the months that are over, for each company of the sample."""

    def __init__(self, env):
        self.sample = SampleData.found(env, MODULE)
        self.env = self.sample.env
        self.companies = self.env["res.company"].union(*self.sample.companies.values())
        self.mine = tuple(self.companies.ids)

    def make(self):
        self.env.flush_all()
        self._keep()
        first = self.sample.today.replace(day=1)
        for back in range(MONTHS, 0, -1):
            month = first - relativedelta(months=back)
            self._put_back(month + relativedelta(months=1))
            for company in self.companies:
                self._count(company, month)
        self._put_as_it_is()
        self._make_reports()
        for table in KEPT:
            self.env.cr.execute(SQL("DROP TABLE %s", SQL.identifier(f"sample_{table}")))

    # ------------------------------------------------------------------------- state
    def _keep(self):
        for table, columns in KEPT.items():
            self.env.cr.execute(
                SQL(
                    "CREATE TEMPORARY TABLE %s ON COMMIT DROP AS"
                    " SELECT id, %s FROM %s WHERE company_id IN %s",
                    SQL.identifier(f"sample_{table}"),
                    SQL(", ").join(map(SQL.identifier, columns)),
                    SQL.identifier(table),
                    self.mine,
                )
            )

    def _put_as_it_is(self):
        for table, columns in KEPT.items():
            self.env.cr.execute(
                SQL(
                    "UPDATE %s t SET %s FROM %s kept WHERE kept.id = t.id",
                    SQL.identifier(table),
                    SQL(", ").join(
                        SQL("%s = kept.%s", SQL.identifier(c), SQL.identifier(c))
                        for c in columns
                    ),
                    SQL.identifier(f"sample_{table}"),
                )
            )
        self.env.invalidate_all()

    def _put_back(self, day):
        """The documents as they were when that day began."""
        self._put_as_it_is()
        stop = datetime.combine(day, time.min)
        for statement in AS_OF:
            self.env.cr.execute(
                SQL(
                    statement.format(mine="company_id IN %(mine)s"),
                    stop=stop,
                    mine=self.mine,
                )
            )
        self.env.invalidate_all()

    # ----------------------------------------------------------------------- figures
    def _count(self, company, month):
        """The snapshot of a month that is over, by its own steps."""
        snapshot = self.env["career.figure.snapshot"]._career_begin(company, month)
        while snapshot.state == "computing":
            snapshot._career_step()
        night = datetime.combine(snapshot.date_to, time(2)) + timedelta(days=1)
        self.sample._set(snapshot, "create_date", night)
        self.sample._set(snapshot, "date_computed", night)

    def _make_reports(self):
        """The yearly report that the board was told of, and that of this year."""
        today = self.sample.today
        told = datetime(today.year, 1, 2, 6)
        for company in self.companies:
            values = [{"year": today.year - 1, "date_mailed": told}]
            if today.month > 1:
                values.append({"year": today.year})
            self.env["career.policy.report"].create(
                [{"company_id": company.id, **line} for line in values]
            )
