from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.career_guidance.tools.selection import labels_of

# The columns that the record rules of documents compare with the user.
AUDIENCE = (
    "employee_id",
    "company_id",
    "employee_user_id",
    "n1_user_id",
    "n2_user_id",
    "conductor_user_id",
    "hidden_from_n1",
    "hidden_from_n2",
    "hidden_from_hr",
    "share_n1",
    "share_n2",
    "share_hr",
)
EMPLOYEE = ("current_version_id", "active", "parent_id", "user_id", "company_id")
VERSION = ("department_id", "job_id", "employee_type")


class CareerAnalysisMixin(models.AbstractModel):
    """Rows about persons, for lists, pivots and graphs.

    A row repeats the audience columns of the document that it is about, and the record
    rules are those of the document, narrowed to who has reports (access.md): N+1 and
    N+2 for their own line and what passes through it, HR for the company. The employee,
    a guide outside the line, a coach and the pool read the documents themselves; board,
    administrator and settings administrator read no persons at all.
    """

    _name = "career.analysis.mixin"
    _inherit = ["career.analysis.page.mixin", "career.audience.mask"]
    _description = "Rows about persons"
    _rec_name = "employee_id"

    _career_rule_columns = (*AUDIENCE, "conductor_role")
    # the model whose readers may read the rows
    _career_source = None
    # leaf for N+1 and N+2: what passes through the line; "" where the source has no
    # other channel
    _career_line_leaf = "('conductor_role', '=', 'n1')"

    employee_id = fields.Many2one("hr.employee", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    job_id = fields.Many2one("hr.job", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    employee_user_id = fields.Many2one(
        "res.users", "User of the employee", readonly=True
    )
    n1_user_id = fields.Many2one("res.users", "Line manager (N+1)", readonly=True)
    n2_user_id = fields.Many2one("res.users", "Manager's manager (N+2)", readonly=True)
    conductor_user_id = fields.Many2one("res.users", "Guide", readonly=True)
    conductor_role = fields.Selection(
        labels_of("career.channel", "conductor_role"),
        string="Agreed with",
        readonly=True,
    )
    hidden_from_n1 = fields.Boolean("Hidden from N+1", readonly=True)
    hidden_from_n2 = fields.Boolean("Hidden from N+2", readonly=True)
    hidden_from_hr = fields.Boolean("Hidden from HR", readonly=True)
    share_n1 = fields.Boolean("Shared with N+1", readonly=True)
    share_n2 = fields.Boolean("Shared with N+2", readonly=True)
    share_hr = fields.Boolean("Shared with HR", readonly=True)
    person_count = fields.Integer(
        "People",
        aggregator="count_distinct",
        readonly=True,
        help="How many different employees; each counts once.",
    )

    # ----------------------------------------------------------------------- rules
    @api.model
    def _career_rule_specs(self):
        """The source's rules for reading, for those who have reports.

        :return: as ``career.audience.mixin``, which makes the rules from it
        """
        own_line = "[('{}_user_id', '=', user.id){}]"
        leaf = f", {self._career_line_leaf}" if self._career_line_leaf else ""
        narrow = {
            "n1": own_line.format("n1", leaf),
            "n2": own_line.format("n2", leaf),
            # who guides his own report in the line reads it as the guide
            "conductor": own_line.format("n1", leaf),
            "hr": "[]",
        }
        specs = []
        source = self.env[self._career_source]
        for name, group, operations, domain in source._career_rule_specs():
            persona = name.split("_")[0]
            if group is None:
                # "hidden stays hidden, whatever groups he has" holds here as well
                specs.append((name, None, operations, domain))
            elif "r" in operations and persona in narrow:
                specs.append((name, group, "r", f"{domain} + {narrow[persona]}"))
        return specs

    @api.model
    def _career_is_confidential_link(self, name):
        """No link is masked: who reads a row reads the document that it is about."""
        return False

    # ------------------------------------------------------------------------- SQL
    @api.model
    def _career_audience_sql(self, alias):
        """The audience columns of a document, for the SELECT of a row."""
        columns = [SQL.identifier(alias, name) for name in AUDIENCE]
        person = SQL("%s AS person_count", SQL.identifier(alias, "employee_id"))
        return SQL(", ").join([*columns, person])

    @api.model
    def _career_place_sql(self, alias):
        """Joins that tell where the employee works today.

        Only joins from the left to unique keys: the database leaves out what a query
        does not ask for.
        """
        return SQL(
            """
            LEFT JOIN hr_employee employee ON employee.id = %s
            LEFT JOIN hr_version version ON version.id = employee.current_version_id
            """,
            SQL.identifier(alias, "employee_id"),
        )

    # ---------------------------------------------------------------------- export
    def _career_documents(self):
        """Hook: the documents that these rows are about."""
        return self.env[self._career_source].browse(self.ids)

    def export_data(self, fields_to_export):
        """Note every export: the employee reads who took a copy (rule 7)."""
        result = super().export_data(fields_to_export)
        self._career_documents().exists()._career_log("export")
        return result
