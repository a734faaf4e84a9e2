from lxml import etree

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

# What of an anonymised record may still be pointed at: descriptions of the
# organisation, never a person, a meeting or a file. What a later add-on links to is
# emptied until it is named here.
_KEPT_COMODELS = {
    "res.company",
    "res.currency",
    "res.lang",
    "hr.department",
    "hr.job",
    "hr.skill",
    "hr.skill.level",
    "hr.skill.type",
}
_KEPT_TYPES = {
    "boolean",
    "date",
    "datetime",
    "float",
    "integer",
    "monetary",
    "selection",
}
# history lines after which nothing more happens to a document
_FINAL_EVENTS = ("cancel", "close", "evaluate", "hold", "refuse", "withdraw")
# stands where a required text was; the same in every language
_NO_TEXT = "\N{EM DASH}"


class CareerAudienceMixin(models.AbstractModel):
    """How long a document about a person is kept, and what is left of it (R4.5).

    An anonymised record keeps what figures are made of: state, dates, rates, choices
    and what it says about the organisation. It loses the employee, every other person,
    text, file, meeting, to-do, signature and its history. What is emptied follows from
    the TYPE of a field, so that a field of a later add-on is emptied without anybody
    thinking of it. It is done in SQL, in one statement a table: no computed figure is
    made anew from a record without an employee.
    """

    _inherit = "career.audience.mixin"

    # the company's setting ``career_keep_<kind>`` (months); "file" counts from the day
    # on which the employee left. A part without a kind goes with its document.
    _career_keep: str | None = "file"
    # states in which the document is finished and the period runs; empty: always
    _career_keep_states: tuple = ()
    # links that keep the person on the record as long as what they point to is kept
    _career_keep_with: tuple = ()

    # not required by the database: what was anonymised is about nobody
    employee_id = fields.Many2one(required=False)
    anonymised_on = fields.Date(
        "Anonymised on",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Since this day the record is about nobody any more; it is kept for "
        "figures.",
    )
    content_removed_on = fields.Date(
        "Texts removed on",
        readonly=True,
        copy=False,
        help="The period of the document has ended; only that it took place is kept, "
        "until what belongs to it ends too.",
    )

    _employee_or_anonymous = models.Constraint(
        "CHECK (employee_id IS NOT NULL OR anonymised_on IS NOT NULL)",
        "Say whom this document is about: choose the employee.",
    )

    # -------------------------------------------------------------------- on screen
    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """A form asks for the employee: only what was anonymised is about nobody."""
        result = super().fields_get(allfields, attributes)
        description = result.get("employee_id", {})
        if "required" in description:
            description["required"] = not self._fields["employee_id"].related
        return result

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """One ribbon on every form, also of add-ons to come; and what is about nobody
        does not ask for a name in red."""
        arch, view = super()._get_view(view_id, view_type, **options)
        sheet = arch.find(".//sheet") if view_type == "form" else None
        if sheet is not None:
            asked = "//field[@name='employee_id'][not(ancestor::field or @required)]"
            if not self._fields["employee_id"].related:
                for field in arch.xpath(asked):
                    field.set("required", "not anonymised_on")
            for title, invisible in (
                (self.env._("Anonymised"), "not anonymised_on"),
                (
                    self.env._("Texts removed"),
                    "anonymised_on or not content_removed_on",
                ),
            ):
                ribbon = etree.Element(
                    "widget",
                    name="web_ribbon",
                    title=title,
                    bg_color="text-bg-secondary",
                    invisible=invisible,
                )
                sheet.insert(0, ribbon)
        return arch, view

    # --------------------------------------------------------------------- changing
    def _career_can(self, action):
        """What is about nobody is changed by nobody."""
        # sudo: own model - whether it was anonymised
        return not self.sudo().anonymised_on and super()._career_can(action)

    def _career_check(self, action):
        # sudo: own model - whether it was anonymised
        if any(self.sudo().mapped("anonymised_on")):
            raise UserError(self.env._("This was anonymised: it cannot be changed."))
        return super()._career_check(action)

    def _career_writable_fields(self):
        # sudo: own model - whether it was anonymised
        if self.sudo().anonymised_on:
            return set()
        return super()._career_writable_fields()

    # -------------------------------------------------------------------- declaring
    @api.model
    def _career_keep_parent(self):
        """The field that leads to the document of which this is a part, if it is."""
        related = self._fields["employee_id"].related
        return related.split(".")[0] if related and self._career_keep is None else None

    @api.model
    def _career_keep_since(self):
        """When the period began, as SQL on the table; ``write_date`` at the latest.

        The history tells it: a share that is taken back later does not keep a
        document longer.
        """
        return SQL(
            """COALESCE(
                (SELECT MAX(history.date) FROM career_history history
                  WHERE history.res_model = %(model)s
                    AND history.res_id = %(table)s.id
                    AND history.event IN %(events)s),
                %(table)s.write_date, %(table)s.create_date)""",
            model=self._name,
            table=SQL.identifier(self._table),
            events=_FINAL_EVENTS,
        )

    @api.model
    def _career_confidential_models(self):
        """All models with an audience that have a table."""
        names = self.env.registry.descendants(["career.audience.mixin"], "_inherit")
        return [
            self.env[name]
            for name in sorted(names)
            if not self.env[name]._abstract and self.env[name]._auto
        ]

    @api.model
    def _career_keep_parts(self):
        """Models of the parts of this model, with the field that leads here."""
        return [
            (model, parent)
            for model in self._career_confidential_models()
            if (parent := model._career_keep_parent())
            and model._fields[parent].comodel_name == self._name
        ]

    @api.model
    def _career_kept_back(self):
        """SQL condition: something of the same person hangs on it and is kept."""
        conditions = []
        for model in self._career_confidential_models():
            name = (model._fields["employee_id"].related or "").split(".")[0]
            if (
                name
                and model._fields[name].comodel_name == self._name
                and model._career_keep_parent() is None
            ):
                conditions.append(
                    SQL(
                        "EXISTS (SELECT 1 FROM %(part)s kept WHERE kept.%(name)s = "
                        "%(table)s.id AND kept.anonymised_on IS NULL)",
                        part=SQL.identifier(model._table),
                        name=SQL.identifier(name),
                        table=SQL.identifier(self._table),
                    )
                )
        for name in self._career_keep_with:
            conditions.append(
                SQL(
                    "EXISTS (SELECT 1 FROM %(whole)s kept WHERE kept.id = "
                    "%(table)s.%(name)s AND kept.anonymised_on IS NULL)",
                    whole=SQL.identifier(
                        self.env[self._fields[name].comodel_name]._table
                    ),
                    name=SQL.identifier(name),
                    table=SQL.identifier(self._table),
                )
            )
        return SQL(" OR ").join(conditions) if conditions else SQL("FALSE")

    @api.model
    def _career_due(self, day, limit=None, lock=False, domain=None):
        """The documents whose period has ended on a day.

        :param day: date
        :param limit: how many at most
        :param lock: lock them, and leave out what another process works on
        :param domain: SQL condition on the table, more than the period
        :return: ids, in order
        """
        table = SQL.identifier(self._table)
        left = SQL(
            "COALESCE(employee.career_left_on, employee.write_date::date)"
            " < %s::date - make_interval(months => company.career_keep_file)",
            day,
        )
        left = SQL("(employee.active IS NOT TRUE AND %s)", left)
        due = left
        if self._career_keep != "file":
            finished = SQL("TRUE")
            if self._career_keep_states:
                finished = SQL("%s.state IN %s", table, self._career_keep_states)
            due = SQL(
                "(%(finished)s AND %(since)s < %(day)s::date"
                " - make_interval(months => company.%(months)s)"
                " OR NOT (%(finished)s) AND %(left)s)",
                finished=finished,
                since=self._career_keep_since(),
                day=day,
                months=SQL.identifier(f"career_keep_{self._career_keep}"),
                left=left,
            )
        query = SQL(
            """
            SELECT %(table)s.id
              FROM %(table)s
              JOIN hr_employee employee ON employee.id = %(table)s.employee_id
              JOIN res_company company ON company.id = %(table)s.company_id
             WHERE %(table)s.anonymised_on IS NULL
               AND CASE WHEN %(table)s.content_removed_on IS NULL THEN %(due)s
                        ELSE NOT (%(back)s) END
               AND %(domain)s
             ORDER BY %(table)s.id
             %(limit)s %(lock)s
            """,
            table=table,
            due=due,
            back=self._career_kept_back(),
            domain=domain or SQL("TRUE"),
            limit=SQL("LIMIT %s", limit) if limit else SQL(),
            lock=SQL("FOR UPDATE OF %s SKIP LOCKED", table) if lock else SQL(),
        )
        self.env.flush_all()
        return [row[0] for row in self.env.execute_query(query)]

    @api.model
    def _career_anonymise_batch(self, day, size):
        """Anonymise some of what is due and no other process works on; how many."""
        ids = self._career_due(day, limit=size, lock=True)
        self.browse(ids)._career_anonymise()
        return len(ids)

    def _career_departed_reason(self, users):
        """Why it ends, in the language of who reads it; names nobody."""
        lang = users[:1].lang or self.env.lang
        return self.with_context(lang=lang).env._("One of the two has left.")

    # ----------------------------------------------------------------- anonymising
    def _career_anonymise(self):
        """Take the person, and all that was written, out of these documents.

        All in the transaction of the caller: a crash leaves them as they were. Safe
        to call twice. Where a part is kept longer, the texts go now and the person
        when the last part goes.
        """
        if not self:
            return
        records = self.with_user(SUPERUSER_ID).with_context(active_test=False)
        self.env.flush_all()
        whole = {records._name: records.ids}
        back = [
            row[0]
            for row in self.env.execute_query(
                SQL(
                    "SELECT id FROM %(table)s WHERE id IN %(ids)s AND (%(back)s)",
                    table=SQL.identifier(records._table),
                    ids=tuple(records.ids),
                    back=records._career_kept_back(),
                )
            )
        ]
        for model, parent in records._career_keep_parts():
            parts = model.with_user(SUPERUSER_ID).with_context(active_test=False)
            whole[model._name] = parts.search([(parent, "in", records.ids)]).ids
        for name, ids in whole.items():
            if ids:
                records.env[name].browse(ids)._career_forget_around()
        self.env.flush_all()
        nobody = {
            name: ids if name != self._name else [i for i in ids if i not in back]
            for name, ids in whole.items()
        }
        if back:
            records.browse(back)._career_empty(keep_employee=True)
            # parts stay hanging on a document that still is somebody's
            for name in set(whole) - {self._name}:
                model = records.env[name]
                parent = model._career_keep_parent()
                parts = model.browse(whole[name])
                mine = parts.filtered(lambda p, f=parent: p[f].id in back)
                mine._career_empty(keep_employee=True)
                nobody[name] = (parts - mine).ids
        for name, ids in nobody.items():
            records.env[name].browse(ids)._career_empty()
        for name, ids in nobody.items():
            records.env[name].browse(ids)._career_cut_links()
        self.env.invalidate_all(flush=False)

    def _career_forget_around(self):
        """Hook: what Odoo keeps about these documents elsewhere goes."""
        env = self.env
        events = env["calendar.event"]
        attachments = env["ir.attachment"]
        for name, field in self._fields.items():
            if not field.store:
                continue
            if field.comodel_name == "calendar.event":
                events |= self[name]
            elif field.comodel_name == "ir.attachment":
                attachments |= self[name]
        self.env["career.conversation"]._career_calendar().browse(
            events.ids
        ).exists().unlink()
        attachments.unlink()
        about = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        # a file in a field is left out of a search that does not speak of fields
        env["ir.attachment"].search([*about, ("res_field", "=", False)]).unlink()
        env["ir.attachment"].search([*about, ("res_field", "!=", False)]).unlink()
        env["mail.activity"].search(about).unlink()
        env["mail.followers"].search(about).unlink()
        env["mail.message"].search(
            [("model", "=", self._name), ("res_id", "in", self.ids)]
        ).unlink()
        # an import gave names of its own choice
        env["ir.model.data"].search(
            [("model", "=", self._name), ("res_id", "in", self.ids)]
        ).unlink()
        env["career.history"].search(about).unlink()
        if self._name == "career.plan":
            env["career.notice"].search([("plan_id", "in", self.ids)]).unlink()
        prefixes = tuple(f"{self._name},{record_id}" for record_id in self.ids)
        keys = [key for prefix in prefixes for key in (prefix, f"{prefix},%")]
        ids = env.execute_query(
            SQL("SELECT id FROM mail_activity WHERE career_key LIKE ANY(%s)", keys)
        )
        env["mail.activity"].browse(row[0] for row in ids).unlink()

    def _career_empty(self, keep_employee=False):
        """Empty all columns but those that figures are made of.

        :param keep_employee: only the texts; the record stays the employee's
        """
        if not self:
            return
        today = fields.Date.context_today(self)
        if keep_employee:
            values = {"content_removed_on": SQL("%s", today)}
        else:
            nobody = SQL("%s", SUPERUSER_ID)
            values = {
                "anonymised_on": SQL("%s", today),
                "content_removed_on": SQL("COALESCE(content_removed_on, %s)", today),
                "create_uid": nobody,
                "write_uid": nobody,
                **{name: SQL("FALSE") for name in self._career_share_fields()},
            }
        for name, field in self._fields.items():
            if name in values or name in ("id", "create_uid", "write_uid"):
                continue
            if not field.store or not field.column_type:
                continue
            if keep_employee and (field.comodel_name or field.type in _KEPT_TYPES):
                continue
            column = SQL.identifier(name)
            if field.type == "datetime":
                # the hour would find the meeting in somebody's own calendar
                values[name] = SQL("date_trunc('day', %s)", column)
            elif field.type in _KEPT_TYPES or self._career_is_kept_link(field):
                continue
            elif field.required and field.type in ("char", "text", "html"):
                values[name] = SQL("%s", _NO_TEXT)
            else:
                values[name] = SQL("NULL")
        # the SQL of our own models: no write of the ORM would leave the figures alone
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET %s WHERE id IN %s",
                SQL.identifier(self._table),
                SQL(", ").join(
                    SQL("%s = %s", SQL.identifier(name), value)
                    for name, value in values.items()
                ),
                tuple(self.ids),
            )
        )
        for field in self._fields.values():
            if field.store and field.type == "many2many":
                self.env.cr.execute(
                    SQL(
                        "DELETE FROM %s WHERE %s IN %s",
                        SQL.identifier(field.relation),
                        SQL.identifier(field.column1),
                        tuple(self.ids),
                    )
                )
        self.invalidate_recordset(flush=False)

    @api.model
    def _career_is_kept_link(self, field):
        """Whether a link says nothing about a person."""
        if field.type != "many2one":
            return False
        comodel = self.env[field.comodel_name]
        if isinstance(comodel, self.pool["career.audience.mixin"]):
            # within the person's own documents: _career_cut_links
            return True
        return field.comodel_name in _KEPT_COMODELS or (
            field.comodel_name.startswith("career.")
            and not {"employee_id", "user_id"} & set(comodel._fields)
        )

    def _career_cut_links(self):
        """No link between what is about nobody and what is still somebody's."""
        if not self:
            return
        mixin = self.pool["career.audience.mixin"]
        ids = tuple(self.ids)
        for model in self._career_confidential_models():
            for name, field in model._fields.items():
                if not field.store or field.type != "many2one":
                    continue
                target = self.env[field.comodel_name]
                if not isinstance(target, mixin) or field.required:
                    continue
                if model._name == self._name:
                    # from here to somebody's
                    self._career_cut(model, name, target, SQL("source.id IN %s", ids))
                if target._name == self._name:
                    # from somebody's to here
                    self._career_cut(model, name, target, SQL("target.id IN %s", ids))

    @api.model
    def _career_cut(self, model, name, target, condition):
        self.env.cr.execute(
            SQL(
                """
                UPDATE %(source)s source SET %(name)s = NULL
                  FROM %(target)s target
                 WHERE target.id = source.%(name)s AND %(condition)s
                   AND (source.anonymised_on IS NULL) <> (target.anonymised_on IS NULL)
                """,
                source=SQL.identifier(model._table),
                target=SQL.identifier(target._table),
                name=SQL.identifier(name),
                condition=condition,
            )
        )
