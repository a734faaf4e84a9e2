from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools.misc import clean_context


class ActingEmployee:
    """Proof, put in the context by the server, that the caller acts as an employee.

    Employees without a user work through their personal page (access.md, rule 8).
    A client can send any context value, but never an instance of this class.
    """

    def __init__(self, employee):
        self.employee_id = employee.id

    # equal for the cache of what depends on who looks
    def __eq__(self, other):
        return (
            isinstance(other, ActingEmployee) and other.employee_id == self.employee_id
        )

    def __hash__(self):
        return hash((ActingEmployee, self.employee_id))


class CareerAudienceMixin(models.AbstractModel):
    """Every document about an employee, and who may read and write it.

    Rights are data on the record: the columns below are what the record rules
    compare with the user. Each concrete model declares

    * ``_audience_rules``: which persona may do what (one declaration, from which
      :meth:`_career_generate_rules` makes the record rules);
    * ``_career_writable`` and ``_career_creatable``: the fields a role may set, by
      state; everything else is changed by transitions only;
    * ``_career_transitions``: who may call which transition in which state.
    """

    _name = "career.audience.mixin"
    _inherit = "career.audience.mask"
    _description = "Document about an employee, with its audience"

    # {role: {state or "*": {field, ...}}}
    _career_writable: dict = {}
    # {role: {field, ...}}: what a creator of that role may give
    _career_creatable: dict = {}
    # {action: (states, roles)}
    _career_transitions: dict = {}
    # {persona: (operations, extra domain)}; see _career_rule_specs
    _audience_rules: dict = {}
    # further leaves that let a hidden N1 or N2 read: a message addressed to him
    _audience_hidden_unless: tuple = ()
    _audience_state_field = "state"
    # readable path of the model's window action (``/odoo/<path>``)
    _career_path = "my-career"

    employee_id = fields.Many2one(
        "hr.employee",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user.employee_id,
        help="Whom this is about. Never changes.",
    )
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True, precompute=True
    )
    employee_user_id = fields.Many2one(
        "res.users",
        string="User of the employee",
        compute="_compute_audience_line",
        compute_sudo=True,
        store=True,
        precompute=True,
        index=True,
        export_string_translation=False,
    )
    n1_user_id = fields.Many2one(
        "res.users",
        string="Line manager (N+1)",
        compute="_compute_audience_line",
        compute_sudo=True,
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    n2_user_id = fields.Many2one(
        "res.users",
        string="Manager's manager (N+2)",
        compute="_compute_audience_line",
        compute_sudo=True,
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    conductor_user_id = fields.Many2one(
        "res.users",
        string="Guide",
        index="btree_not_null",
        copy=False,
    )
    hidden_from_n1 = fields.Boolean(readonly=True, string="Hidden from N+1")
    hidden_from_n2 = fields.Boolean(readonly=True, string="Hidden from N+2")
    hidden_from_hr = fields.Boolean(readonly=True, string="Hidden from HR")
    share_n1 = fields.Boolean("My manager (N+1)", copy=False)
    share_n2 = fields.Boolean("My manager's manager (N+2)", copy=False)
    share_hr = fields.Boolean("HR", copy=False)
    share_coach = fields.Boolean("My coach, when I have one", copy=False)
    is_coached_by_me = fields.Boolean(
        compute="_compute_is_coached_by_me",
        search="_search_is_coached_by_me",
        export_string_translation=False,
    )
    is_mine = fields.Boolean(
        compute="_compute_my_roles", export_string_translation=False
    )
    is_conductor = fields.Boolean(
        compute="_compute_my_roles", export_string_translation=False
    )
    reader_ids = fields.Many2many(
        "res.users",
        string="Who can read this?",
        compute="_compute_reader_ids",
        compute_sudo=True,
    )
    reader_reasons = fields.Json(
        "Readers and why",
        compute="_compute_reader_ids",
        compute_sudo=True,
    )
    history_ids = fields.One2many(
        "career.history",
        "res_id",
        domain=lambda self: [("res_model", "=", self._name)],
        readonly=True,
    )

    # ------------------------------------------------------------------ computes
    @api.depends(
        "employee_id.active",
        "employee_id.user_id",
        "employee_id.parent_id.active",
        "employee_id.parent_id.user_id",
        "employee_id.parent_id.parent_id.active",
        "employee_id.parent_id.parent_id.user_id",
    )
    def _compute_audience_line(self):
        for record in self:
            # a form that is new may not have an employee yet
            n1 = n2 = self.env["res.users"]
            if record.employee_id:
                n1, n2 = record.employee_id._career_line_users()
            record.employee_user_id = record.employee_id.user_id
            record.n1_user_id = n1
            record.n2_user_id = n2

    @api.depends_context("uid", "career_acting_employee")
    @api.depends("employee_id")
    def _compute_is_coached_by_me(self):
        coached = self.env["career.trajectory"]._career_coached_employee_ids()
        for record in self:
            record.is_coached_by_me = record.employee_id.id in coached

    def _search_is_coached_by_me(self, operator, value):
        if operator != "in":
            return NotImplemented
        coached = self.env["career.trajectory"]._career_coached_employee_ids()
        return Domain("employee_id", "in", coached)

    @api.depends_context("uid", "career_acting_employee")
    @api.depends("employee_user_id", "conductor_user_id")
    def _compute_my_roles(self):
        for record in self:
            roles = record._career_roles()
            record.is_mine = "employee" in roles
            record.is_conductor = "conductor" in roles

    @api.depends_context("uid", "career_acting_employee", "lang")
    @api.depends(
        "employee_user_id",
        "n1_user_id",
        "n2_user_id",
        "conductor_user_id",
        "share_n1",
        "share_n2",
        "share_hr",
        "share_coach",
    )
    def _compute_reader_ids(self):
        """Everybody who can read the record now, with the reason.

        The full list is the employee's (access.md, rule 7). Another reader gets the
        employee, the guide and himself: who else was trusted is not his business.
        """
        for record in self:
            readers = record._career_readers() if record.id else []
            readers = [reader for reader in readers if reader[0].active]
            if not record._career_is_viewer_employee():
                known = record.employee_user_id | record.conductor_user_id
                known |= self.env.user
                readers = [reader for reader in readers if reader[0] in known]
            record.reader_ids = self.env["res.users"].union(*[r[0] for r in readers])
            record.reader_reasons = [
                {"name": user.name, "role": role, "reason": reason}
                for user, role, reason in readers
            ]

    @api.depends_context("lang")
    def _compute_display_name(self):
        """A constant: a many2one shows this name to who may not read the record."""
        label = self._career_label()
        for record in self:
            record.display_name = label

    def _search_display_name(self, operator, value):
        """Search by the employee's name, among the records the user may read."""
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        return Domain("employee_id", operator, value)

    # --------------------------------------------------------------- constraints
    @api.constrains("conductor_user_id", "employee_id")
    def _check_conductor(self):
        for record in self:
            if (
                record.conductor_user_id
                and record.conductor_user_id == record.employee_user_id
            ):
                raise ValidationError(
                    self.env._(
                        "Nobody can guide himself. Choose somebody else for this "
                        "conversation or plan."
                    )
                )

    # ---------------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        """Create, within what the caller's role may set (access.md, rule 6).

        :raise AccessError: a field, or a person, that is not the caller's to set
        """
        if not self._career_guarded():
            return super().create(self._career_complete(vals_list))
        allowed_any = set().union(*self._career_creatable.values())
        if not self._fields["employee_id"].related:
            allowed_any.add("employee_id")
        # a default in the context is a value given by the caller, too
        given = {
            key[8:]: value
            for key, value in self.env.context.items()
            if key.startswith("default_") and key[8:] in allowed_any
        }
        vals_list = [
            self._career_leave_out_empty({**given, **vals}) for vals in vals_list
        ]
        for vals in vals_list:
            self._career_refuse_fields(set(vals) - allowed_any)
            self._career_check_links(vals)
        clean = self.with_env(self.env(context=clean_context(self.env.context)))
        initial = self._career_initial_state()
        records = super(CareerAudienceMixin, clean).create(
            clean._career_complete(vals_list)
        )
        for record, vals in zip(records, vals_list, strict=True):
            roles = record._career_roles()
            allowed = set().union(
                *(self._career_creatable.get(role, ()) for role in roles)
            )
            if not roles & set(self._career_creatable):
                self._career_refuse_person()
            self._career_refuse_fields(set(vals) - allowed - {"employee_id"})
            record._career_check_created(roles)
            if initial and record[self._audience_state_field] != initial:
                self._career_refuse_fields({self._audience_state_field})
        # not "write": of a trajectory, its employee may only make the request
        records.check_access("create")
        return records

    @api.model
    def _career_given_employee(self, vals):
        """Whom new values are about: the employee given, else the caller.

        :param vals: values of a new record
        :return: ``hr.employee`` with all rights, for the server alone
        :raise UserError: nobody is given, and the caller is no employee
        """
        # sudo: hr.employee - the record rules check the employee after creation; here
        # only his line, job and company are looked up
        employee = (
            self.env["hr.employee"]
            .sudo()
            .browse(vals.get("employee_id") or self.env.user.employee_id.id)
        )
        if not employee:
            raise UserError(
                self.env._(
                    "Your user has no employee record. Ask HR to link one, or choose "
                    "an employee."
                )
            )
        return employee

    @api.model
    def _career_leave_out_empty(self, vals):
        """A form sends all that it shows for a new record, what is empty as well: an
        empty value that the caller may not set is not a choice of his.

        :param vals: values of a new record, from the caller
        :return: the values without those
        """
        if not self._fields["employee_id"].related:
            # sudo: hr.employee - whether it is about the caller, nothing else
            employee = self.env["hr.employee"].sudo().browse(vals.get("employee_id"))
            if employee != employee.exists():
                self._career_refuse_person()
            acting = self._career_acting_employee_id()
            if acting is None:
                mine = not employee or employee.user_id == self.env.user
            else:
                mine = not employee or employee.id == acting
            own = set().union(
                {"employee_id"},
                *(
                    allowed
                    for role, allowed in self._career_creatable.items()
                    if mine == (role == "employee")
                ),
            )
        else:
            own = set().union(*self._career_creatable.values())
        return {name: value for name, value in vals.items() if value or name in own}

    @api.model
    def _career_complete(self, vals_list):
        """Complete the values, and begin shared with nobody: no default of a database
        or of a context decides for the employee (access.md, rule 1)."""
        shares = [
            name
            for name in self._career_share_fields()
            if not self._fields[name].related
        ]
        return [
            {**dict.fromkeys(shares, False), **vals}
            for vals in self._career_prepare_create(vals_list)
        ]

    @api.model
    def _career_check_links(self, vals):
        """Refuse a link to a confidential record that the caller cannot read.

        Columns are copied along such a link, and its name is shown: without this,
        an id that was guessed would tell whom the record is about.

        :param vals: values of this model, with commands of its parts
        :raise AccessError: the caller cannot read what a value points to
        """
        for name, value in vals.items():
            field = self._fields.get(name)
            comodel = self.env.get(field.comodel_name) if field else None
            if not isinstance(comodel, self.pool["career.audience.mixin"]):
                continue
            if field.type == "many2one":
                if isinstance(value, dict):
                    value = value.get("id")
                if isinstance(value, int) and value:
                    comodel.browse(value).check_access("read")
            elif isinstance(value, (list, tuple)):
                for command in value:
                    if not isinstance(command, (list, tuple)):
                        continue
                    if command[0] in (0, 1) and isinstance(command[2], dict):
                        comodel._career_check_links(command[2])
                    if command[0] in (1, 2, 3, 4) and isinstance(command[1], int):
                        comodel.browse(command[1]).check_access("read")
                    if command[0] == 6:
                        comodel.browse(command[2]).check_access("read")

    def onchange(self, values, field_names, fields_spec):
        """A form computes, without creating anything: the same links are refused."""
        if self._career_guarded():
            self._career_check_links(values)
            self._career_check_links(
                {
                    key[8:]: value
                    for key, value in self.env.context.items()
                    if key.startswith("default_")
                }
            )
        return super().onchange(values, field_names, fields_spec)

    def export_data(self, fields_to_export):
        """Note every export: the employee reads who took a copy (rule 7)."""
        result = super().export_data(fields_to_export)
        self.exists()._career_log("export")
        return result

    def write(self, vals):
        """Write the fields that the caller's role may set in the record's state.

        :raise AccessError: a field that is not the caller's to set, in this state
        """
        guarded = self._career_guarded()
        frozen = self._career_before_write(vals) if guarded else {}
        changed = self._career_changed_shares(vals)
        result = super().write(vals)
        for record, name in changed:
            words = record.employee_id._career_reader_env()
            record._career_log(
                "share" if vals[name] else "unshare",
                record._fields[name]._description_string(words),
            )
        if guarded:
            self._career_after_write(frozen)
        return result

    def _career_before_write(self, vals):
        """Refuse what is not the caller's to write; note what may not move."""
        self.check_access("write")
        for record in self:
            self._career_refuse_fields(set(vals) - record._career_writable_fields())
        self._career_check_links(vals)
        return {record: record._career_frozen_values() for record in self}

    def _career_after_write(self, frozen):
        """Record rules do not look at a record after the write: we do."""
        for record in self:
            if frozen[record] != record._career_frozen_values():
                raise AccessError(
                    self.env._("This change would move the document to somebody else.")
                )
        self.check_access("write")

    def _career_changed_shares(self, vals):
        """Every change of sharing, for the history (rule 7)."""
        shares = [name for name in self._career_share_fields() if name in vals]
        return [
            (record, name)
            for record in self
            for name in shares
            if record[name] != bool(vals[name])
        ]

    # ------------------------------------------------------------------- the line
    @api.model
    def _career_label(self):
        """The constant display name of the model's records."""
        return self.env._("Career guidance")

    # ---------------------------------------------------------------------- roles
    @api.model
    def _career_guarded(self):
        """Whether the whitelists bind the caller: all but the server's own code."""
        return not self.env.su or self._career_acting_employee_id() is not None

    @api.model
    def _career_acting_employee_id(self):
        """The employee on whose personal page the caller acts; None elsewhere.

        The system, where the server goes on after a check, acts for nobody.
        """
        acting = self.env.context.get("career_acting_employee")
        if self.env.uid == SUPERUSER_ID or not isinstance(acting, ActingEmployee):
            return None
        return acting.employee_id

    def _career_roles(self):
        """The roles of the caller relative to this record.

        :return: a subset of ``employee, conductor, n1, n2, hr, coach``
        """
        self.ensure_one()
        acting = self._career_acting_employee_id()
        # sudo: own model - the caller's roles follow from columns and group, whether
        # or not he may read the record
        record = self.sudo()
        if acting is not None:
            return {"employee"} if record.employee_id.id == acting else set()
        user = self.env.user
        roles = set()
        for role, name in (
            ("employee", "employee_user_id"),
            ("conductor", "conductor_user_id"),
            ("n1", "n1_user_id"),
            ("n2", "n2_user_id"),
        ):
            if record[name] == user:
                roles.add(role)
        if user._career_is_officer_of(record.company_id):
            roles.add("hr")
        if record.is_coached_by_me:
            roles.add("coach")
        return roles

    def _career_is_viewer_employee(self):
        self.ensure_one()
        acting = self._career_acting_employee_id()
        if acting is not None:
            return self.employee_id.id == acting
        return self.employee_user_id == self.env.user or self.env.uid == 1

    def _career_readers(self):
        """Who can read the record now: list of (user, role, reason).

        The Python twin of the record rules; a test compares both for every user.
        """
        self.ensure_one()
        readers = []
        personas = {name.split("_")[0] for name in self._audience_rules}
        personas |= {"coach"} if "pool" in personas else set()
        blocked = self.env["res.users"]
        if self.hidden_from_n1 and not self.share_n1:
            blocked |= self.n1_user_id
        if self.hidden_from_n2 and not self.share_n2:
            blocked |= self.n2_user_id
        blocked -= self.conductor_user_id
        blocked -= self.employee_user_id

        def add(users, role, reason):
            for user in users - blocked:
                if role in personas and not any(user == known[0] for known in readers):
                    readers.append((user, role, reason))

        add(self.employee_user_id, "employee", self.env._("It is about this person"))
        for users, role, reason in self._career_extra_readers():
            add(users, role, reason)
        add(self.conductor_user_id, "conductor", self.env._("Guides this"))
        if self.share_n1:
            add(
                self.n1_user_id,
                "n1",
                self.env._("Line manager; the employee shared it"),
            )
        if self.share_n2:
            add(
                self.n2_user_id,
                "n2",
                self.env._("Manager's manager; the employee shared it"),
            )
        if self.share_coach and "coach" in self._audience_rules:
            coaches = self.env["career.trajectory"]._career_coaches_of(self.employee_id)
            add(coaches, "coach", self.env._("Coach in a running trajectory"))
        if self.share_hr:
            add(
                self.company_id._career_officers(),
                "hr",
                self.env._("Career officer (HR); it is shared with HR"),
            )
        return readers

    def _career_extra_readers(self):
        """Hook: readers that only this model knows, as (users, role, reason)."""
        return []

    # ----------------------------------------------------------------- whitelists
    def _career_side(self):
        """The side of the caller: ``employee``, ``conductor`` or False."""
        self.ensure_one()
        roles = self._career_roles()
        if "employee" in roles:
            return "employee"
        return "conductor" if "conductor" in roles else False

    def _career_writable_fields(self):
        """The fields that the caller may write on this record, now."""
        self.ensure_one()
        # sudo: own model - only the state is looked at
        state = self.sudo()[self._audience_state_field]
        allowed = set()
        for role in self._career_roles():
            by_state = self._career_writable.get(role, {})
            allowed |= by_state.get("*", set()) | by_state.get(state, set())
        return allowed

    def _career_may_attach(self):
        """Whether the caller writes a text or files of this document, now."""
        self.ensure_one()
        fields_ = [self._fields.get(name) for name in self._career_writable_fields()]
        return any(
            field is not None
            and (field.type == "html" or field.comodel_name == "ir.attachment")
            for field in fields_
        )

    @api.model
    def _career_refuse_person(self):
        """One message, whoever it would have been about: it tells nothing of him."""
        raise AccessError(
            self.env._(
                "You can only make this for yourself, or for somebody whom you guide."
            )
        )

    @api.model
    def _career_check_starter(self, employee, role):
        """Refuse who may not begin a document about this employee, before anything
        about the employee is looked up: an error message would tell it.

        :param employee: record of ``hr.employee``, whatever the caller sent
        :param role: ``conductor_role`` of the channel
        :raise AccessError: neither the employee, nor who holds the role for him
        """
        if not self._career_guarded():
            return
        acting = self._career_acting_employee_id()
        if acting is not None:
            allowed = employee.id == acting
        else:
            user = self.env.user
            allowed = employee.exists() and (
                employee.user_id == user or employee._career_may_start(role, user)
            )
        if not allowed:
            self._career_refuse_person()

    @api.model
    def _career_refuse_fields(self, names):
        if not names:
            return
        labels = sorted(
            self._fields[name]._description_string(self.env) or name
            for name in names
            if name in self._fields
        ) or sorted(names)
        raise AccessError(
            self.env._(
                "%(document)s: you cannot set %(fields)s here. Use the buttons of the "
                "form, or ask the person whose part it is.",
                document=self._career_label(),
                fields=", ".join(labels),
            )
        )

    @api.model
    def _career_prepare_create(self, vals_list):
        """Hook: complete the values of new records with what nobody may choose.

        :param vals_list: what the caller gave, already checked
        :return: a new list of new dictionaries
        """
        return [dict(vals) for vals in vals_list]

    def _career_check_created(self, roles):
        """Hook: refuse a new record that its maker's roles do not permit."""

    @api.model
    def _career_initial_state(self):
        """The only state in which a user can create a record."""
        field = self._fields.get(self._audience_state_field)
        return field.default(self) if field is not None and field.default else None

    def _career_frozen_values(self):
        """What no write by a user can change, whatever he sends."""
        self.ensure_one()
        # sudo: own model - compared only, nothing is returned to the user
        record = self.sudo()
        return (
            record.employee_id,
            record.company_id,
            record[self._audience_state_field],
            record.hidden_from_n1,
            record.hidden_from_n2,
            record.hidden_from_hr,
        )

    # ---------------------------------------------------------------- transitions
    def _career_can(self, action):
        """Whether the caller's role and the record's state permit the action."""
        self.ensure_one()
        states, roles = self._career_transitions[action]
        # sudo: own model - only the state is looked at
        if self.sudo()[self._audience_state_field] not in states:
            return False
        return not self._career_guarded() or bool(roles & self._career_roles())

    def _career_check(self, action):
        """Refuse the action where the table of transitions does not permit it.

        :raise AccessError: the caller has none of the roles
        :raise UserError: the record is not in one of the states
        """
        states, roles = self._career_transitions[action]
        self.check_access("read")
        for record in self:
            if self._career_guarded() and not roles & record._career_roles():
                self._career_refuse_role(roles)
            if record[self._audience_state_field] not in states:
                raise UserError(
                    self.env._(
                        '%(document)s: this is not possible while it is "%(state)s".',
                        document=self._career_label(),
                        state=record._career_state_label(),
                    )
                )

    @api.model
    def _career_refuse_role(self, roles):
        raise AccessError(
            self.env._(
                "%(document)s: this step belongs to %(who)s.",
                document=self._career_label(),
                who=self._career_role_names(roles),
            )
        )

    def _career_state_label(self):
        self.ensure_one()
        field = self._fields[self._audience_state_field]
        labels = dict(field._description_selection(self.env))
        return labels.get(self[self._audience_state_field], "")

    @api.model
    def _career_role_names(self, roles):
        names = {
            "employee": self.env._("the employee"),
            "conductor": self.env._("the guide"),
            "n1": self.env._("the line manager"),
            "n2": self.env._("the manager's manager"),
            "hr": self.env._("HR"),
            "coach": self.env._("a coach of the pool"),
            "author": self.env._("the author"),
            "recipient": self.env._("the recipient"),
        }
        return ", ".join(names[role] for role in names if role in roles)

    def _career_apply(self, vals, event=None, detail=None):
        """Write what a checked transition decided, and log it.

        :param vals: fields that no whitelist contains
        :param event: code of the history line, see ``career.history``
        """
        self._career_system().write(vals)
        if event:
            self._career_log(event, detail)

    def _career_system(self):
        """The records as the server writes them, after a check of the caller."""
        # sudo: own model - callers have passed _career_check; no value is returned
        context = clean_context(self.env.context)
        context = {**context, "career_acting_employee": None}
        return self.with_env(self.env(su=True, context=context))

    def _career_log(self, event, detail=None):
        """Put a line in the history that the employee can read (rule 7).

        What was anonymised is about nobody, and has no history.
        """
        # sudo: career.history - written by the server only
        system = self.env(su=True, context=clean_context(self.env.context))
        system["career.history"].create(
            [
                {
                    "res_model": record._name,
                    "res_id": record.id,
                    "employee_id": record.employee_id.id,
                    "user_id": self._career_author_id(),
                    "event": event,
                    "detail": detail or False,
                }
                for record in self
                if record.employee_id
            ]
        )
        # the server's cache would show the new line to a guide who may not read it
        self.invalidate_recordset(["history_ids"], flush=False)

    @api.model
    def _career_author_id(self):
        """The user behind a step; nobody for an employee on the personal page.

        The public user acts on such a page only, also where the server goes on alone.
        """
        acting = self._career_acting_employee_id() is not None
        return False if acting or self.env.user._is_public() else self.env.uid

    # ---------------------------------------------------------------- to-do and mail
    def _career_todo(self, users, code, deadline=None):
        """Give users a neutral to-do about this record; once for each code.

        :param users: who has something to do
        :param code: what it is about, so that :meth:`_career_todo_done` finds it
        :param deadline: date, today by default
        """
        self.ensure_one()
        users._career_add_todo(
            self._career_todo_key(code), self._career_link(), deadline
        )

    def _career_todo_key(self, code):
        self.ensure_one()
        return f"{self._name},{self.id},{code}"

    def _career_todo_done(self, *codes, users=None):
        """Take away the to-dos of these codes, for these users or for all."""
        keys = [record._career_todo_key(code) for record in self for code in codes]
        domain = Domain("career_key", "in", keys)
        if users is not None:
            domain &= Domain("user_id", "in", users.ids)
        self.env["mail.activity"].with_user(SUPERUSER_ID).search(domain).unlink()

    def _career_link(self):
        """The address of the record in the web client; it tells nothing but an id."""
        self.ensure_one()
        return f"/odoo/{self._career_path}/{self.id}"

    # ---------------------------------------------------------------------- rules
    @api.model
    def _career_rule_specs(self):
        """The record rules of this model, from its declaration.

        :return: list of (name, group xmlid or None, operations, domain)
        """
        own = "('employee_user_id', '=', user.id)"
        conductor = "('conductor_user_id', '=', user.id)"
        company = "('company_id', 'in', company_ids)"
        base = {
            "employee": ("base.group_user", f"[{own}]"),
            "conductor": ("base.group_user", f"[{conductor}]"),
            "n1": (
                "base.group_user",
                "[('share_n1', '=', True), ('n1_user_id', '=', user.id)]",
            ),
            "n2": (
                "base.group_user",
                "[('share_n2', '=', True), ('n2_user_id', '=', user.id)]",
            ),
            "coach": (
                "base.group_user",
                "[('share_coach', '=', True), ('is_coached_by_me', '=', True)]",
            ),
            "hr": (
                "career_guidance.group_career_officer",
                f"[('share_hr', '=', True), {company}]",
            ),
            "pool": ("career_guidance.group_career_coach", None),
        }
        specs = []
        for name, (operations, domain) in self._audience_rules.items():
            persona = name.split("_")[0]
            group, default_domain = base[persona]
            specs.append((name, group, operations, domain or default_domain))
        # Odoo permits what no rule of a group speaks of: say that nobody may
        spoken_of = "".join(operations for __, __, operations, __ in specs)
        silent = "".join(letter for letter in "rwcu" if letter not in spoken_of)
        if silent:
            specs.append(("nobody", "base.group_user", silent, "[(0, '=', 1)]"))
        # One exception to "roles add up": hidden stays hidden, whatever groups the
        # employee's N1 or N2 has, unless he is the guide or the employee shared it.
        unless = [conductor, *self._audience_hidden_unless]
        parts = []
        for role in ("n1", "n2"):
            leaves = [
                f"('hidden_from_{role}', '=', False)",
                f"('{role}_user_id', '!=', user.id)",
                f"('share_{role}', '=', True)",
                *unless,
            ]
            parts.append("'|', " * (len(leaves) - 1) + ", ".join(leaves))
        specs.append(("hidden", None, "rwcu", f"['&', {parts[0]}, {parts[1]}]"))
        return specs

    @api.model
    def _career_generate_rules(self, module, model_names):
        """Make the record rules of models from their declarations (data file hook).

        :param module: the add-on that owns the rules, for their external ids
        :param model_names: models that inherit this mixin
        """
        data_list = []
        for model_name in model_names:
            model = self.env[model_name]
            for name, group, operations, domain in model._career_rule_specs():
                xml_id = f"{module}.{model_name.replace('.', '_')}_rule_{name}"
                values = {
                    "name": f"{model._description}: {name}",
                    "model_id": self.env["ir.model"]._get_id(model_name),
                    "domain_force": domain,
                    "groups": [
                        fields.Command.set([self.env.ref(group).id] if group else [])
                    ],
                    "perm_read": "r" in operations,
                    "perm_write": "w" in operations,
                    "perm_create": "c" in operations,
                    "perm_unlink": "u" in operations,
                }
                data_list.append(
                    {"xml_id": xml_id, "values": values, "noupdate": False}
                )
        self.env["ir.rule"]._load_records(data_list, update=True)
