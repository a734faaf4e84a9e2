import logging

from lxml import etree

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.misc import format_date

from ..tools.selection import labels_of

_logger = logging.getLogger(__name__)

# Only these are "line" in this file: what the line manager holds, hidden from nobody
# (``_career_is_line`` as a domain).
_LINE = Domain("conductor_role", "=", "n1") & Domain.AND(
    Domain(f"hidden_from_{role}", "=", False) for role in ("n1", "n2", "hr")
)
_DONE = ("held", "closed")


class CareerAppraisalMixin(models.AbstractModel):
    """What an appraisal shows of, and asks from, career guidance (R2.4, R3.2, R3.4).

    A bridge inherits this on the appraisal model and adds ``appraisal_id`` to
    ``career.conversation``. Everything below is computed with the rights of the
    viewer, also under sudo, and never stored: outcome and plan live in the career
    models, behind their rules. Conversations outside the line are never looked at.

    * combined: the career part belongs to the appraisal meeting; an appraisal is not
      closed before the career part has an explicit outcome;
    * separate: the appraisal says that a conversation exists or is due, no more.
    """

    _name = "career.appraisal.mixin"
    _description = "Career part of an appraisal"

    # what the appraisal model has to have; checked at start
    _career_state_field = "state"
    _career_done_state = "3_done"
    _career_appraisal_form = ""
    _career_appraisal_groups: tuple = ()

    career_mode = fields.Selection(
        labels_of("res.company", "career_appraisal_mode"),
        string="Career conversation and appraisal",
        compute="_compute_career_mode",
        compute_sudo=True,
    )
    career_role = fields.Selection(
        [("employee", "Employee"), ("conductor", "Line manager")],
        compute="_compute_career",
        export_string_translation=False,
    )
    career_status = fields.Selection(
        [
            ("exists", "A career conversation is planned or took place."),
            ("due", "A career conversation is due."),
        ],
        string="Career conversation status",
        compute="_compute_career",
    )
    career_conversation_id = fields.Many2one(
        "career.conversation", string="Career conversation", compute="_compute_career"
    )
    career_conversation_state = fields.Selection(
        labels_of("career.conversation", "state"),
        string="Stage",
        compute="_compute_career",
    )
    career_date = fields.Datetime("Date of the conversation", compute="_compute_career")
    career_outcome = fields.Selection(
        labels_of("career.conversation", "outcome"),
        string="Career outcome",
        compute="_compute_career",
    )
    career_outcome_reason = fields.Char("Why not discussed", compute="_compute_career")
    career_plan_id = fields.Many2one(
        "career.plan", string="Development plan", compute="_compute_career"
    )
    career_plan_rate = fields.Float(
        "Realised (%)", compute="_compute_career", digits=(5, 1)
    )
    career_last_hint = fields.Char(
        "Last career conversation", compute="_compute_career_last_hint"
    )
    career_scorecard = fields.Html(
        "As a guide",
        compute="_compute_career_scorecard",
        sanitize=False,
        help="Figures about the career conversations that this manager holds (K16).",
    )
    career_assessments = fields.Html(
        "Assessment results that the employee shared",
        compute="_compute_career_assessments",
        sanitize=False,
    )

    # ------------------------------------------------------------------- computes
    @api.depends(lambda self: self._career_mode_depends())
    def _compute_career_mode(self):
        for appraisal in self:
            appraisal.career_mode = appraisal._career_company().career_appraisal_mode

    @api.depends_context("uid", "allowed_company_ids")
    @api.depends(lambda self: self._career_appraisal_depends())
    def _compute_career(self):
        """The viewer's own rights decide on every value, whoever asks for him."""
        viewer = self.with_user(self.env.uid)
        linked = viewer._career_linked()
        exists = viewer._career_line_exists()
        for appraisal, mine in zip(self, viewer, strict=True):
            combined = appraisal.career_mode == "combined"
            # without a line manager there is no line conversation to take part in
            line = mine._career_employee()[:1]
            line = line and line._career_line()["n1"]
            role = bool(line) and mine._career_viewer_role()
            none = self.env["career.conversation"]
            conversation = linked.get(mine._origin.id, none) if combined else none
            conversation = conversation.with_env(mine.env)._filtered_access("read")
            plan = conversation.plan_id._filtered_access("read")
            appraisal.career_role = role
            appraisal.career_status = role and (
                "exists" if mine._career_employee_id() in exists else "due"
            )
            appraisal.career_conversation_id = conversation.id
            appraisal.career_conversation_state = conversation.state
            appraisal.career_date = conversation.date_held or conversation.date_start
            done = conversation.state in _DONE
            appraisal.career_outcome = done and conversation.outcome
            appraisal.career_outcome_reason = done and conversation.outcome_reason
            appraisal.career_plan_id = plan.id
            appraisal.career_plan_rate = plan.realisation_rate

    @api.depends_context("uid", "lang", "allowed_company_ids")
    @api.depends(lambda self: self._career_appraisal_depends())
    def _compute_career_last_hint(self):
        """The last line conversation that the viewer can read; combined mode only."""
        viewer = self.with_user(self.env.uid)
        combined = self.filtered(lambda a: a.career_mode == "combined")
        employees = [a._career_employee_id() for a in combined.with_env(viewer.env)]
        last = {}
        for conversation in viewer.env["career.conversation"].search(
            _LINE
            & Domain("employee_id", "in", employees)
            & Domain("state", "in", _DONE),
            order="date_held desc",
        ):
            last.setdefault(conversation.employee_id.id, []).append(conversation)
        for appraisal in self:
            appraisal.career_last_hint = False
            if appraisal not in combined:
                continue
            for conversation in last.get(appraisal._career_employee_id(), []):
                if conversation.id != appraisal.career_conversation_id.id:
                    appraisal.career_last_hint = self.env._(
                        "The last career conversation was on %(date)s, with %(guide)s.",
                        date=format_date(self.env, conversation.date_held),
                        guide=conversation.conductor_id.name or "-",
                    )
                    break

    @api.depends_context("uid", "lang", "allowed_company_ids")
    @api.depends(lambda self: self._career_appraisal_depends())
    def _compute_career_scorecard(self):
        """K16, on a manager's own appraisal: for the manager, his N1, and HR."""
        for appraisal in self:
            appraisal.career_scorecard = False
            guide = appraisal._career_employee()
            own = appraisal.with_user(self.env.uid)._career_scorecard_role()
            if not own or not guide.child_ids:
                continue
            window = appraisal._career_period()
            rows = guide._career_guide_scorecard(*window, suppress=own != "employee")
            appraisal.career_scorecard = self.env["ir.qweb"]._render(
                "career_guidance.appraisal_scorecard",
                {
                    "rows": rows,
                    "period": self.env._(
                        "Own reports and line conversations, from %(date_from)s to "
                        "%(date_to)s.",
                        date_from=format_date(self.env, window[0]),
                        date_to=format_date(self.env, window[1]),
                    ),
                },
            )

    @api.depends_context("uid", "lang", "allowed_company_ids")
    @api.depends(lambda self: self._career_appraisal_depends())
    def _compute_career_assessments(self):
        """Results that the employee shared with the viewer (R3.4), in combined mode."""
        viewer = self.with_user(self.env.uid)
        for appraisal, mine in zip(self, viewer, strict=True):
            appraisal.career_assessments = False
            if appraisal.career_mode == "combined":
                results = mine._career_shared_assessments()
                if results:
                    appraisal.career_assessments = self.env["ir.qweb"]._render(
                        "career_guidance.appraisal_assessments", {"results": results}
                    )

    def _career_shared_assessments(self):
        """Assessments of the employee that he shared and that the viewer can read.

        :return: list of dictionaries ``kind, moment, date, conclusion``
        """
        self.ensure_one()
        flags = ("share_n1", "share_n2", "share_hr")
        records = self.env["career.assessment"].search(
            Domain("employee_id", "=", self._career_employee_id())
            & Domain.OR(Domain(flag, "=", True) for flag in flags)
        )

        def label(record, name):
            selection = record._fields[name]._description_selection(self.env)
            return dict(selection).get(record[name], "")

        return [
            {
                "kind": label(record, "kind"),
                "moment": label(record, "moment"),
                "date": record.date,
                "conclusion": record.conclusion,
            }
            for record in records
        ]

    # --------------------------------------------------------- the appraisal, read
    @api.model
    def _career_employee_field(self):
        """Hook: the field of the appraisal that says whom it is about."""
        return "employee_id"

    @api.model
    def _career_appraisal_depends(self):
        names = (self._career_employee_field(), self._career_state_field)
        return [name for name in names if name in self._fields]

    @api.model
    def _career_mode_depends(self):
        name = self._career_employee_field()
        path = f"{name}.company_id.career_appraisal_mode"
        return [path] if name in self._fields else []

    def _career_employee_id(self):
        self.ensure_one()
        return self._career_employee().id

    def _career_employee(self):
        """Whom the appraisals are about, for the server: a value that is computed
        under sudo has its viewer's career rights, but not his appraisal rights.
        """
        name = self._career_employee_field()
        if name not in self._fields:
            return self.env["hr.employee"]
        # sudo: own model, hr.employee - compared and looked up, never returned
        return self.sudo().mapped(name)

    def _career_company(self):
        self.ensure_one()
        return self._career_employee().company_id or self.env.company

    def _career_period(self):
        """The twelve months that the appraisal looks back on, until today at most.

        :return: tuple of two dates
        """
        self.ensure_one()
        date_to = fields.Date.context_today(self)
        return fields.Date.subtract(date_to, years=1), date_to

    def _career_viewer_role(self):
        """The part of the user in the line conversation of the employee."""
        self.ensure_one()
        employee = self._career_employee()
        if employee.user_id and employee.user_id == self.env.user:
            return "employee"
        if employee and employee._career_line_users()[0] == self.env.user:
            return "conductor"
        return False

    def _career_scorecard_role(self):
        """Who may read the figures of a guide: himself, his N1, HR of his company."""
        self.ensure_one()
        company = self._career_employee().company_id
        role = self._career_viewer_role()
        if not role and self.env.user._career_is_officer_of(company):
            role = "hr" if company in self.env.companies else False
        return role

    def _career_linked(self):
        """The line conversation of each appraisal: one that was linked, and is still
        about the same employee.

        :return: ``{appraisal id: career.conversation}``, for the server's use
        """
        # sudo: career.conversation - the link is the server's; whoever shows a value
        # filters by the viewer's rights first
        conversations = self.env["career.conversation"].sudo()
        if "appraisal_id" not in conversations._fields:
            return {}
        domain = _LINE & Domain("appraisal_id", "in", self._origin.ids)
        linked = {}
        for conversation in conversations.search(
            domain & Domain("state", "!=", "cancelled"), order="id desc"
        ):
            appraisal_id = conversation.appraisal_id.id
            employee_id = self.browse(appraisal_id)._career_employee_id()
            if conversation.employee_id.id == employee_id:
                linked.setdefault(appraisal_id, conversation)
        return linked

    def _career_line_exists(self):
        """Employees with a line conversation of this year that the user can read."""
        groups = self.env["career.conversation"]._read_group(
            self._career_year_domain(), ["employee_id"]
        )
        return {employee.id for (employee,) in groups}

    def _career_year_domain(self):
        """Line conversations that are open, or were held in the last twelve months."""
        since = fields.Date.subtract(fields.Date.context_today(self), years=1)
        return (
            _LINE
            & Domain("employee_id", "in", self._career_employee().ids)
            & (
                Domain("state", "in", ("requested", "planned"))
                | (Domain("state", "in", _DONE) & Domain("date_held", ">=", since))
            )
        )

    # ------------------------------------------------------------------- closing
    @api.model_create_multi
    def create(self, vals_list):
        appraisals = super().create(vals_list)
        appraisals._career_closed()._career_check_closing()
        appraisals._career_follow_meeting()
        return appraisals

    def write(self, vals):
        """Also a plain write, in batch or by import, closes only with an outcome."""
        opened = self - self._career_closed()
        if vals.get(self._career_state_field) == self._career_done_state:
            opened._career_check_closing()
        result = super().write(vals)
        # the state may have come from elsewhere, or the employee have changed with it
        opened._career_closed()._career_check_closing()
        if not set(vals).isdisjoint(self._career_meeting_fields()):
            self._career_follow_meeting()
        return result

    def _career_closed(self):
        field, done = self._career_state_field, self._career_done_state
        if field not in self._fields:
            return self.browse()
        return self.filtered(lambda a: a[field] == done)

    def _career_check_closing(self):
        """Refuse to close where the career part is blank (R3.2).

        Blank could mean "not discussed" or "all may stay as it is": both are answers
        that somebody has to give.

        :raise UserError: names the appraisals without an outcome, all at once
        """
        combined = self.filtered(lambda a: a.career_mode == "combined")
        linked = combined._career_linked()
        blank = combined.filtered(lambda a: a._career_needs_outcome(linked.get(a.id)))
        if blank:
            names = blank._career_employee().mapped("name")
            raise UserError(
                self.env._(
                    "The career part has no outcome yet: %(employees)s. The line "
                    'manager records it on the page "Career" before the appraisal is '
                    'closed. "Not discussed" (with the reason) and "No change wished" '
                    "are answers, too.",
                    employees=", ".join(sorted(names)),
                )
            )

    def _career_needs_outcome(self, conversation):
        """Whether the career part still has to be answered.

        :param conversation: the linked ``career.conversation``, or None
        """
        self.ensure_one()
        employee = self._career_employee()
        n1 = employee._career_line()["n1"]
        if not n1 or not (n1.user_id or employee.user_id):
            return False
        if not conversation or conversation.state not in _DONE:
            return True
        if conversation.outcome == "not_discussed":
            return not conversation.outcome_reason
        return not conversation.outcome

    # ---------------------------------------------------------- the conversation
    def _career_own_conversation(self):
        """The conversation of this appraisal; found, or made, as the user.

        A conversation that is open, or was held since the appraisal began, is taken
        into it: nobody is asked to have the same talk twice.

        :return: ``career.conversation``, linked to the appraisal in combined mode
        :raise UserError: the user is neither the employee nor the line manager
        """
        self.ensure_one()
        self.check_access("read")
        mine = self.with_user(self.env.uid)
        if not mine._career_viewer_role():
            raise UserError(
                self.env._(
                    "The career conversation is between the employee and the line "
                    "manager. One of them begins it."
                )
            )
        combined = self.career_mode == "combined"
        conversations = mine.env["career.conversation"]
        linked = mine._career_linked().get(self.id) if combined else None
        conversation = conversations.browse(linked.id if linked else [])
        if conversation and conversation.has_access("read"):
            return conversation
        employee_id = self._career_employee_id()
        conversation = self._career_free_conversation(conversations)
        if not conversation:
            channel = self.env["career.channel"]._career_by_code(
                "line", self._career_company()
            )
            if not channel or not channel._career_is_line():
                raise UserError(
                    self.env._(
                        "This company has no channel of the line that is hidden from "
                        "nobody: ask the administrator of career guidance."
                    )
                )
            conversation = conversations.create(
                {
                    "employee_id": employee_id,
                    "channel_id": channel.id,
                    "kind": "formal",
                }
            )
        if combined and "appraisal_id" in conversations._fields:
            conversation._career_apply({"appraisal_id": self.id})
            self._career_follow_meeting()
        return conversation

    def _career_free_conversation(self, conversations):
        """The conversation that the user can go on with, instead of a new one.

        Separate: the last one of this year. Combined: a formal one that belongs to no
        appraisal, and is open or was held since this appraisal began.
        """
        domain = self._career_year_domain()
        combined = self.career_mode == "combined"
        if combined:
            domain &= Domain("kind", "=", "formal")
            domain &= Domain("state", "not in", _DONE) | Domain(
                "date_held", ">=", self.create_date
            )
        found = conversations.search(domain, order="id desc")
        if combined and "appraisal_id" in found._fields:
            # sudo: career.conversation - whether it is taken, of those he can read
            found = found.filtered(lambda c: not c.sudo().appraisal_id)
        # one that was only shared with him is not his to go on with
        return found.filtered(lambda c: c._career_side())[:1]

    def _career_record_outcome(self, outcome, reason=None):
        """Record the outcome of the career part, for the guide who is the user.

        In combined mode the appraisal meeting is the conversation's meeting: it needs
        no plan of its own.

        :param outcome: one of the outcomes of ``career.conversation``
        :param reason: why it was not discussed, where that is the outcome
        :raise UserError: not discussed, without a reason; separate mode
        """
        self.ensure_one()
        if self.career_mode != "combined":
            raise UserError(
                self.env._(
                    "Here the career conversation is apart from the appraisal. Record "
                    "its outcome in the conversation itself."
                )
            )
        reason = (reason or "").strip()
        if outcome == "not_discussed" and not reason:
            raise UserError(self.env._("Say in a few words why it was not discussed."))
        conversation = self._career_own_conversation()
        if conversation.state in _DONE:
            conversation.write(
                {
                    "outcome": outcome,
                    "outcome_reason": reason if outcome == "not_discussed" else False,
                }
            )
        else:
            conversation._career_check("hold")
            if conversation.state == "requested":
                now = fields.Datetime.now()
                conversation._career_apply(
                    {
                        "state": "planned",
                        "date_start": conversation.date_start or now,
                        "date_planned_original": conversation.date_start or now,
                    },
                    "plan",
                )
            conversation.action_hold(outcome, reason or None)
        self._career_refresh()
        return conversation

    def _career_refresh(self):
        names = [name for name in self._fields if name.startswith("career_")]
        self.invalidate_recordset(names)

    # ------------------------------------------------------------------- meeting
    def _career_meetings(self):
        """Events of the appraisal: in a field of its own, or linked by document."""
        self.ensure_one()
        # sudo: calendar.event - the appraisal's own meeting; only its time is used
        events = self.env["calendar.event"].sudo()
        meetings = events.search(
            [("res_model", "=", self._name), ("res_id", "=", self.id)]
        )
        for name in self._career_meeting_fields():
            # sudo: calendar.event - as above
            meetings |= self.sudo()[name]
        return meetings.filtered("active").sorted("start")

    @api.model
    def _career_meeting_fields(self):
        """Fields in which an appraisal module keeps its meetings, whatever they are."""
        return [
            name
            for name, field in self._fields.items()
            if field.type in ("many2many", "one2many")
            and field.comodel_name == "calendar.event"
        ]

    def _career_follow_meeting(self):
        """Combined mode: the appraisal's meeting is the conversation's; not two."""
        combined = self.filtered(lambda a: a.career_mode == "combined")
        linked = combined._career_linked()
        now = fields.Datetime.now()
        for appraisal in combined:
            conversation = linked.get(appraisal.id)
            if not conversation or conversation.state not in ("requested", "planned"):
                continue
            own = conversation.event_id
            meetings = appraisal._career_meetings() - own
            meeting = meetings.filtered(lambda e: e.start >= now)[:1]
            if meeting:
                conversation._career_adopt_event(meeting)

    # ------------------------------------------------------------------- buttons
    def button_career_conversation(self):
        """Open the conversation; begin it where there is none yet."""
        conversation = self._career_own_conversation()
        self._career_refresh()
        return conversation._career_open(conversation)

    def button_career_outcome(self):
        """Ask for the outcome of the career part."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "career_guidance.career_appraisal_outcome_action"
        )
        action["context"] = {
            "active_model": self._name,
            "active_id": self.id,
            "default_outcome": self.career_outcome,
            "default_outcome_reason": self.career_outcome_reason,
        }
        return action

    def button_career_plan(self):
        """Open the plan that follows from the conversation; make it where needed."""
        self.ensure_one()
        if self.career_plan_id:
            return self.career_conversation_id._career_open(self.career_plan_id)
        conversation = self._career_own_conversation()
        plan = conversation.action_create_plan()
        self._career_refresh()
        return conversation._career_open(plan)

    # ---------------------------------------------------------------------- form
    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Put the career parts into the appraisal form, wherever its places are.

        They are a view of their own on this mixin, which others can inherit; it is
        taken into the combined form, so that no add-on's anchors matter.
        """
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form" and not self._abstract:
            # sudo: ir.ui.view - the architecture, as Odoo itself reads it
            parts = self.env.ref("career_guidance.career_appraisal_mixin_view_form")
            self._career_graft(arch, parts.sudo()._get_combined_arch())
        return arch, view

    @api.model
    def _career_graft(self, arch, parts):
        """Move the stat buttons and the pages of one form into another.

        :param arch: etree of the appraisal form; changed in place
        :param parts: etree of the form with the career parts; used up
        """
        if arch.tag != "form" or arch.xpath("//page[@name='career_guidance']"):
            return
        outside = "[not(ancestor::field)]"
        sheet = next(iter(arch.xpath(f"//sheet{outside}")), arch)
        boxes = arch.xpath(
            f"//div[contains(concat(' ', @class, ' '), ' oe_button_box ')]{outside}"
            f"|//div[@name='button_box']{outside}"
        )
        box = boxes[0] if boxes else etree.Element("div")
        if not boxes:
            box.set("class", "oe_button_box")
            box.set("name", "button_box")
            sheet.insert(0, box)
        books = arch.xpath(f"//notebook{outside}")
        book = books[0] if books else etree.SubElement(sheet, "notebook")
        chatter = sheet.find("chatter")
        if not books and chatter is not None:
            chatter.addprevious(book)
        box.extend(parts.xpath("//div[@name='button_box']/*"))
        book.extend(parts.xpath("//notebook/page"))

    # --------------------------------------------------------------- check at start
    def _register_hook(self):
        super()._register_hook()
        if not self._abstract:
            for problem in self._career_appraisal_problems():
                _logger.warning("%s, career guidance: %s", self._name, problem)

    @api.model
    def _career_appraisal_problems(self):
        """What the career part needs from the appraisal model and does not find.

        :return: list of sentences; empty when all is there
        """
        problems = []
        employee = self._fields.get(self._career_employee_field())
        if employee is None or employee.comodel_name != "hr.employee":
            problems.append(
                self.env._(
                    "The appraisal has no field %(field)s to an employee.",
                    field=self._career_employee_field(),
                )
            )
        state = self._fields.get(self._career_state_field)
        values = (
            state.get_values(self.env) if state and state.type == "selection" else []
        )
        if self._career_done_state not in values:
            problems.append(
                self.env._(
                    "The appraisal has no state %(state)s: closing it cannot be "
                    "checked.",
                    state=self._career_done_state,
                )
            )
        xmlids = [self._career_appraisal_form, *self._career_appraisal_groups]
        problems += [
            self.env._("%(xmlid)s does not exist any more.", xmlid=xmlid)
            for xmlid in xmlids
            if xmlid and not self.env.ref(xmlid, raise_if_not_found=False)
        ]
        return problems
