from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL, OrderedSet


class CareerAudienceMask(models.AbstractModel):
    """What a reader of a document does not learn from it.

    * **With whom else it is shared** (access.md, rule 7): the employee sees it; another
      reader sees the switch of his own role, and every other one as off. Else a manager
      who reads a report would know that HR or his own manager reads it, too.
    * **That a document he may not read hangs on it**: a link reads as if there were
      none.

    The same holds for every way to ask: read, search, order, group, count and export.
    The record rules are not touched: Odoo looks at them with all rights.
    """

    _name = "career.audience.mask"
    _description = "What a reader of a document does not learn from it"

    @api.model
    def _career_label(self):
        """What a document is called in a message."""
        return self._description

    # ------------------------------------------------------------------- the shares
    @api.model
    def _career_share_fields(self):
        return ("share_n1", "share_n2", "share_hr", "share_coach")

    @api.model
    def _career_share_seen(self, name):
        """The records of which the caller sees this switch as it is.

        :param name: one of the share fields
        """
        user = self.env.user
        seen = Domain("employee_user_id", "=", user.id)
        if name in ("share_n1", "share_n2"):
            return seen | Domain(f"{name[6:]}_user_id", "=", user.id)
        if name == "share_coach":
            coached = self.env["career.trajectory"]._career_coached_employee_ids()
            return seen | Domain("employee_id", "in", coached)
        if user.has_group("career_guidance.group_career_officer"):
            return seen | Domain("company_id", "in", user.company_ids.ids)
        return seen

    @api.model
    def _career_masked_shares(self, names):
        return [
            name
            for name in self._career_share_fields()
            if name in names and name in self._fields
        ]

    @api.model
    def _career_masked_links(self, names):
        return [name for name in names if self._career_is_confidential_link(name)]

    @api.model
    def _career_is_confidential_link(self, name):
        """Whether the field is a many2one to a document about an employee."""
        field = self._fields.get(name)
        return (
            field is not None
            and field.type == "many2one"
            and isinstance(
                self.env[field.comodel_name], self.pool["career.audience.mixin"]
            )
        )

    # ---------------------------------------------------------------------- reading
    def _read_format(self, fnames, load="_classic_read"):
        """Leave out what is masked: Odoo shows the name of a many2one to everybody who
        reads the record."""
        result = super()._read_format(fnames, load)
        if self.env.su:
            return result
        for name in self._career_masked_links(fnames):
            ids = {
                value[0] if isinstance(value, (list, tuple)) else value
                for value in (row[name] for row in result)
            }
            ids = {link for link in ids if link and isinstance(link, int)}
            comodel = self.env[self._fields[name].comodel_name]
            hidden = ids - set(comodel.browse(ids)._filtered_access("read").ids)
            for row in result:
                value = row[name]
                if (value[0] if isinstance(value, (list, tuple)) else value) in hidden:
                    row[name] = False
        for name in self._career_masked_shares(fnames):
            # sudo: own model - the columns that say whose the record is
            seen = self.sudo().filtered_domain(self._career_share_seen(name))
            known = set(seen.ids)
            for row in result:
                row[name] = row[name] and row["id"] in known
        return result

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        """An export takes the values as they are, and not as they are read."""
        names = {path[0] for path in fields if path}
        masked = [*self._career_masked_links(names), *self._career_masked_shares(names)]
        if self.env.su or not masked:
            return super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)
        self.env.flush_all()
        rows = {row["id"]: row for row in self.read(masked, load=None)}
        for name in masked:
            field = self._fields[name]
            for record in self:
                value = field.convert_to_cache(rows[record.id][name], record)
                self.env.cache.update(record, field, [value])
        try:
            return super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)
        finally:
            self.invalidate_recordset(masked, flush=False)

    # -------------------------------------------------------------------- searching
    @api.model
    def _search(self, domain, *args, **kwargs):
        """Search what is masked as it is read: "is set" would prove that there is
        something."""
        if not self.env.su:
            domain = Domain(domain).map_conditions(self._career_visible_condition)
        return super()._search(domain, *args, **kwargs)

    @api.model
    def _career_visible_condition(self, condition):
        name = condition.field_expr
        if self._career_masked_shares([name]):
            return self._career_visible_share(condition)
        return self._career_visible_link(condition)

    @api.model
    def _career_visible_share(self, condition):
        """A switch that the caller does not see is off."""
        seen = self._career_share_seen(condition.field_expr)
        value = condition.value
        if condition.operator in ("=", "!="):
            value = [value]
        elif condition.operator not in ("in", "not in"):
            return seen & condition
        off = any(not item for item in value)
        if condition.operator in ("!=", "not in"):
            off = not off
        return (seen & condition) | ~seen if off else seen & condition

    @api.model
    def _career_visible_link(self, condition):
        field = self._fields.get(condition.field_expr)
        comodel = self.env.get(field.comodel_name) if field else None
        if comodel is None or not (
            isinstance(comodel, self.pool["career.audience.mixin"])
            or comodel._name == "career.history"
        ):
            return condition
        name, operator = condition.field_expr, condition.operator
        value = condition.value
        if operator == "=?":
            if not value:
                return Domain.TRUE
            operator = "="
        if operator in ("<", ">", "<=", ">="):
            return Domain(name, "any", [("id", operator, value)])
        if operator in ("=", "!="):
            value = [value]
        elif operator not in ("in", "not in"):
            return condition
        if not isinstance(value, (list, tuple, set, frozenset, OrderedSet)):
            return condition
        ids = [link for link in value if link and isinstance(link, int)]
        if any(link and not isinstance(link, int) for link in value):
            return condition
        linked = Domain(name, "any", [("id", "in", ids)]) if ids else Domain.FALSE
        if len(ids) < len(value):
            linked |= ~Domain(name, "any", [("id", ">", 0)])
        return ~linked if operator in ("!=", "not in") else linked

    def _career_masked_sql(self, alias, name, query):
        """A switch in SQL, as the caller sees it."""
        # sudo: own model - the columns that say whose the record is
        system = self.sudo()
        seen = self._career_share_seen(name).optimize_full(system)
        return SQL(
            "COALESCE(%s AND (%s), FALSE)",
            self._field_to_sql(alias, name, query),
            seen._to_sql(system, alias, query),
        )

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """An order would tell what is masked: which come first."""
        name = field_name.partition(".")[0]
        if not self.env.su and self._career_masked_shares([name]):
            column = self._career_masked_sql(alias, name, query)
            query._order_groupby.append(column)
            return SQL("%s %s %s", column, direction, nulls)
        if (
            not self.env.su
            and self._career_is_confidential_link(name)
            and not self._fields[name].required
        ):
            return SQL()
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)

    # --------------------------------------------------------------------- counting
    def _read_group_groupby(self, alias, groupby_spec, query):
        """Group by what the caller can see: the rest falls under "none", or "off"."""
        if not self.env.su:
            if self._career_is_confidential_link(groupby_spec):
                # along the path, Odoo joins with the rules of the other model
                groupby_spec = f"{groupby_spec}.id"
            elif self._career_masked_shares([groupby_spec]):
                return self._career_masked_sql(alias, groupby_spec, query)
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _read_group_select(self, aggregate_spec, query):
        """Refuse to count, or list, what may be masked.

        :raise AccessError: an aggregate of a link, or of a switch
        """
        name = aggregate_spec.split(":")[0]
        if not self.env.su and (
            self._career_is_confidential_link(name)
            or self._career_masked_shares([name])
        ):
            raise AccessError(
                self.env._(
                    "%(document)s: this cannot be counted. Group by it instead.",
                    document=self._career_label(),
                )
            )
        return super()._read_group_select(aggregate_spec, query)
