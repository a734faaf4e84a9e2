from contextlib import contextmanager

from odoo import SUPERUSER_ID, api, fields, models

# Only the server can put this very object in a context: a client cannot make a change
# of rights look like a part of one that is watched already, or like an uninstallation.
_WATCHED = object()

_GROUPS = (
    "career_guidance.group_career_officer",
    "career_guidance.group_career_manager",
    "career_guidance.group_career_board",
    "career_guidance.group_career_coach",
)
_RULE_RIGHTS = ("perm_read", "perm_write", "perm_create", "perm_unlink")


class CareerSecurityEvent(models.Model):
    """A change of who may do what in career guidance, told to the career officers.

    A settings administrator can give anybody any group; that is so in every Odoo. It
    cannot be prevented, so it does not stay unseen: what the members and the rules
    were before a change is compared with what they are after it, whatever way the
    change took. Everything is kept as text, for users and rules that are deleted.
    """

    _name = "career.security.event"
    _description = "Change of rights in career guidance"
    _order = "date desc, id desc"

    date = fields.Datetime(default=fields.Datetime.now, required=True, readonly=True)
    author = fields.Char("Changed by", required=True, readonly=True)
    kind = fields.Selection(
        [
            ("member_added", "Rights given to a user"),
            ("member_removed", "Rights taken from a user"),
            ("rule_created", "Rule added"),
            ("rule_changed", "Rule changed"),
            ("rule_deleted", "Rule removed"),
        ],
        "What happened",
        required=True,
        readonly=True,
        index=True,
    )
    subject = fields.Char("Role or rule", required=True, readonly=True)
    person = fields.Char("Whose rights", readonly=True)
    detail = fields.Text(readonly=True)
    company_ids = fields.Many2many(
        "res.company",
        string="Companies concerned",
        readonly=True,
        help="Empty: all companies.",
    )

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for event in self:
            event.display_name = labels.get(event.kind, "")

    # ------------------------------------------------------------------- watching
    @api.model
    def _career_is_watching(self):
        """Not while modules are loaded, and once for a change that calls others."""
        context = self.env.context
        return self.env.registry.ready and not any(
            context.get(key) is _WATCHED
            for key in ("career_rights_watched", "career_uninstalling")
        )

    @api.model
    @contextmanager
    def _career_watch(self, records):
        """Compare members and rules before and after, and tell the officers.

        :param records: what is about to be changed
        :return: context manager; gives the same records, to change them with
        """
        if not self._career_is_watching():
            yield records
            return
        # a system of its own: no rights, and no context, of the caller
        system = self.env(user=SUPERUSER_ID, context={}, su=True)[self._name]
        members = system._career_members_now()
        rules = system._career_rules_now()
        officers = system._career_all_officers()
        yield records.with_context(career_rights_watched=_WATCHED)
        system.env.flush_all()
        values = system._career_compare_members(members, system._career_members_now())
        values += system._career_compare_rules(rules, system._career_rules_now())
        if values:
            officers |= system._career_all_officers()
            system._career_tell(values, officers.exists(), self.env.user)

    @api.model
    def _career_groups(self):
        return {
            xmlid: group
            for xmlid in _GROUPS
            if (group := self.env.ref(xmlid, raise_if_not_found=False))
        }

    @api.model
    def _career_all_officers(self):
        groups = self._career_groups()
        users = groups.get(_GROUPS[0], self.env["res.groups"]).all_user_ids
        return users.filtered("active")

    @api.model
    def _career_members_now(self):
        """Who has which role, where: {(group, user id): (names, {company id})}."""
        result = {}
        for xmlid, group in self._career_groups().items():
            for user in group.all_user_ids:
                if user.active:
                    result[xmlid, user.id] = (
                        group.name,
                        f"{user.name} ({user.login})",
                        frozenset(user.company_ids.ids),
                    )
        return result

    @api.model
    def _career_is_ours(self, model_name):
        """Whether rights on a model are rights on career documents."""
        if model_name.startswith("career."):
            return True
        return issubclass(
            self.env.registry[model_name], self.env.registry["career.audience.mixin"]
        )

    @api.model
    def _career_rules_now(self):
        """Every record rule and access right on our models, as text."""
        result = {}
        ours = [name for name in self.env.registry if self._career_is_ours(name)]
        for name, group_field in (
            ("ir.rule", "groups"),
            ("ir.model.access", "group_id"),
        ):
            records = self.env[name].with_context(active_test=False)
            for record in records.search([("model_id.model", "in", ours)]):
                groups = ", ".join(sorted(record[group_field].mapped("full_name")))
                rights = [field[5:] for field in _RULE_RIGHTS if record[field]]
                lines = [
                    f"model: {record.model_id.model}",
                    f"rights: {', '.join(rights)}",
                    f"groups: {groups}",
                    f"active: {record.active}",
                ]
                if name == "ir.rule":
                    lines.append(f"domain: {record.domain_force}")
                label = f"{record.name} ({record.model_id.model})"
                result[name, record.id] = (label, "\n".join(lines))
        return result

    # ------------------------------------------------------------------ comparing
    @api.model
    def _career_compare_members(self, before, after):
        values = []
        for key in sorted(set(before) | set(after)):
            group, person, _companies = after.get(key) or before[key]
            old = before[key][2] if key in before else frozenset()
            new = after[key][2] if key in after else frozenset()
            for kind, companies in (
                ("member_added", new - old),
                ("member_removed", old - new),
            ):
                if companies:
                    names = self.env["res.company"].browse(companies).exists()
                    values.append(
                        {
                            "kind": kind,
                            "subject": group,
                            "person": person,
                            "detail": ", ".join(sorted(names.mapped("name"))),
                            "company_ids": [fields.Command.set(names.ids)],
                        }
                    )
        return values

    @api.model
    def _career_compare_rules(self, before, after):
        values = []
        for key in sorted(set(before) | set(after)):
            old, new = before.get(key), after.get(key)
            if old == new:
                continue
            if not old:
                kind, detail = "rule_created", new[1]
            elif not new:
                kind, detail = "rule_deleted", old[1]
            else:
                kind, detail = "rule_changed", f"{old[1]}\n->\n{new[1]}"
            values.append({"kind": kind, "subject": (new or old)[0], "detail": detail})
        return values

    # -------------------------------------------------------------------- telling
    @api.model
    def _career_tell(self, values, officers, author):
        """Keep the events, and give the officers concerned one neutral to-do.

        :param values: values of the events
        :param officers: officers before and after: who was removed is told as well
        :param author: the user who made the change
        """
        author = author.with_env(self.env)
        name = f"{author.name} ({author.login})"
        events = self.create([{**vals, "author": name} for vals in values])
        concerned = officers
        if all(event.company_ids for event in events):
            concerned = officers.filtered(lambda u: u.company_ids & events.company_ids)
        concerned._career_add_todo(self._name, "/odoo/career-security-events")
