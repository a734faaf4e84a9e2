import hashlib
import hmac
import re
import secrets
from base64 import b64encode
from datetime import date, timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..tools.selection import labels_of
from .career_audience_mixin import ActingEmployee

# A personal code: long enough for the few attempts that a page allows.
_CODE_LENGTH = 6


class CareerPersonalPage(models.Model):
    """The page of an employee without a user: a link with the employee's own rights.

    Only a hash of the token is kept. The token has 256 random bits, so that a fast
    hash is enough and the look-up goes by an index; who reads the table can open no
    page. It is made, shown once, and cannot be shown again.
    """

    _name = "career.personal.page"
    _description = "Personal page of an employee without a user"
    _order = "create_date desc, id desc"

    employee_id = fields.Many2one(
        "hr.employee",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True, precompute=True
    )
    maker_user_id = fields.Many2one(
        "res.users",
        string="Handed out by",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    token_hash = fields.Char(
        required=True, readonly=True, groups=".", export_string_translation=False
    )
    factor = fields.Selection(
        labels_of("res.company", "career_page_factor"),
        string="Also asked for",
        required=True,
        readonly=True,
        help="What the employee gives beside the link, to open the page.",
    )
    date_expiry = fields.Datetime("Valid until", required=True, readonly=True)
    is_revoked = fields.Boolean("Closed", readonly=True)
    is_locked = fields.Boolean("Locked", readonly=True)
    # when, and how often, the employee comes is not for a guide to know
    failed_count = fields.Integer(
        "Wrong attempts",
        readonly=True,
        groups="career_guidance.group_career_officer",
    )
    date_last_used = fields.Datetime(
        "Last opened", readonly=True, groups="career_guidance.group_career_officer"
    )
    has_user = fields.Boolean(
        "Has a user by now",
        compute="_compute_has_user",
        compute_sudo=True,
        search="_search_has_user",
    )
    state = fields.Selection(
        [
            ("open", "Open"),
            ("locked", "Locked"),
            ("expired", "Expired"),
            ("closed", "Closed"),
        ],
        compute="_compute_state",
        compute_sudo=True,
        search="_search_state",
    )

    _token_uniq = models.UniqueIndex("(token_hash)", "This page exists already.")

    # ------------------------------------------------------------------- computes
    @api.depends("employee_id.user_id")
    def _compute_has_user(self):
        for page in self:
            page.has_user = bool(page.employee_id.user_id)

    def _search_has_user(self, operator, value):
        if operator != "in":
            return NotImplemented
        return fields.Domain("employee_id.user_id", "!=", False)

    @api.depends("is_revoked", "is_locked", "date_expiry", "employee_id.active")
    def _compute_state(self):
        now = fields.Datetime.now()
        for page in self:
            if page.is_revoked or not page.employee_id.active:
                page.state = "closed"
            elif page.date_expiry <= now:
                page.state = "expired"
            else:
                page.state = "locked" if page.is_locked else "open"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        Domain = fields.Domain
        closed = Domain("is_revoked", "=", True)
        closed |= Domain("employee_id.active", "=", False)
        expired = ~closed & Domain("date_expiry", "<=", fields.Datetime.now())
        valid = ~closed & ~expired
        domains = {
            "closed": closed,
            "expired": expired,
            "locked": valid & Domain("is_locked", "=", True),
            "open": valid & Domain("is_locked", "=", False),
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.depends_context("lang")
    def _compute_display_name(self):
        for page in self:
            page.display_name = self.env._("Personal page")

    # --------------------------------------------------------------------- making
    @api.model
    def _career_check_maker(self, employee):
        """Refuse who may not hand out a page for this employee.

        HR may. A guide may too, but only with a code that the employee has chosen: a
        guide knows birthdays and badges, whoever opens a page first chooses the code,
        and what the employee told somebody else is not his (R1.6). A career officer
        who leads the employee is a guide here, too.

        :raise AccessError: neither HR of the company nor the employee's guide; or a
            guide, where the employee has no code
        """
        user = self.env.user
        # sudo: hr.employee - company and code decide on the right
        employee_sudo = employee.sudo()
        company = employee_sudo.company_id
        leads = self._career_leads(user, employee)
        is_officer = user._career_is_officer_of(company)
        if is_officer and not leads:
            return
        if not (is_officer or self._career_is_guide(user, employee)):
            raise AccessError(
                self.env._(
                    "A personal page is handed out by HR of the employee's company, or "
                    "by the employee's guide."
                )
            )
        if company.career_page_factor != "code":
            raise AccessError(
                self.env._(
                    "In this company only HR hands out personal pages, because they "
                    "are not protected by a code of the employee. Ask HR."
                )
            )
        if not employee_sudo.career_page_code:
            raise AccessError(
                self.env._(
                    "The first page is handed out by HR: whoever opens it chooses the "
                    "code, and that has to be the employee. Ask HR, or another career "
                    "officer when you lead this employee yourself."
                )
            )

    @api.model
    def _career_leads(self, user, employee):
        """Whether the user is in the employee's line: what is hidden from the line is
        hidden from him, whatever role he has (access.md)."""
        n1, n2 = employee._career_line_users()
        return user in n1 | n2

    @api.model
    def _career_is_guide(self, user, employee):
        """Whether the user guides the employee now."""
        for model, states in (
            ("career.conversation", ("requested", "planned", "held")),
            ("career.plan", ("draft", "proposed", "agreed")),
            ("career.trajectory", ("running",)),
        ):
            domain = [
                ("employee_id", "=", employee.id),
                ("conductor_user_id", "=", user.id),
                ("state", "in", states),
            ]
            # sudo: own models - the caller's own part, only whether there is one
            if self.env[model].sudo().search_count(domain, limit=1):
                return True
        return False

    @api.model
    def _career_create_page(self, employee):
        """Make the page of an employee; an earlier one closes.

        :param employee: one ``hr.employee``
        :return: the page, and its link, that nobody can ask for again
        :raise AccessError: the caller is neither HR nor the guide
        :raise UserError: the employee has a user, is archived, or lacks what the page
            asks for
        """
        employee.ensure_one()
        self._career_check_maker(employee)
        # sudo: hr.employee - birthday and badge are looked at, not returned
        employee_sudo = employee.sudo()
        company = employee_sudo.company_id
        if not employee_sudo.active:
            raise UserError(self.env._("This employee is archived."))
        if employee_sudo.user_id:
            raise UserError(
                self.env._(
                    "This employee has a user. The way in is the login, under My "
                    "career."
                )
            )
        factor = company.career_page_factor
        if factor == "birthday" and not employee_sudo.birthday:
            raise UserError(
                self.env._(
                    "The page asks for the date of birth, and the employee's file has "
                    "none. Fill it in first, or ask the administrator to choose "
                    "another check in the settings."
                )
            )
        if factor == "badge" and not employee_sudo.barcode:
            raise UserError(
                self.env._(
                    "The page asks for the badge number, and the employee's file has "
                    "none. Fill it in first, or ask the administrator to choose "
                    "another check in the settings."
                )
            )
        pages = self.with_user(SUPERUSER_ID)
        earlier = pages.search(
            [("employee_id", "=", employee.id), ("is_revoked", "=", False)]
        )
        earlier.write({"is_revoked": True})
        token = secrets.token_urlsafe(32)
        page = pages.create(
            {
                "employee_id": employee.id,
                "maker_user_id": self.env.uid,
                "token_hash": self._career_hash(token),
                "factor": factor,
                "date_expiry": fields.Datetime.now()
                + timedelta(days=company.career_page_days),
            }
        )
        page._career_log(employee._career_reader_env()._("Handed out"), self.env.user)
        return page.with_env(self.env), page._career_link(token)

    @api.model
    def _career_hash(self, token):
        return hashlib.sha256((token or "").encode()).hexdigest()

    def _career_link(self, token):
        self.ensure_one()
        return f"{self.get_base_url()}/career/me/{token}"

    def _career_is_link(self, link):
        """Whether the link, given back by the client, is the one of this page."""
        self.ensure_one()
        token = (link or "").rpartition("/")[2]
        # sudo: own model - the hash is compared, not returned
        page = self.sudo()
        return link == page._career_link(token) and hmac.compare_digest(
            page.token_hash, self._career_hash(token)
        )

    @api.model
    def _career_qr(self, link):
        """The link as a QR code, drawn here: the address goes to no other page.

        :return: PNG image in base64
        """
        image = self.env["ir.actions.report"].barcode(
            "QR", link, width=300, height=300, barLevel="M"
        )
        return b64encode(image)

    # -------------------------------------------------------------------- closing
    def _career_check_officer_or_maker(self):
        for page in self:
            # sudo: own model - maker and company decide on the right
            page_sudo = page.sudo()
            if (
                not self.env.su
                and page_sudo.maker_user_id != self.env.user
                and not self.env.user._career_is_officer_of(page_sudo.company_id)
            ):
                raise AccessError(
                    self.env._("Only HR, or who handed it out, can change this page.")
                )

    def action_revoke(self):
        """Close the page: its link no longer works, whoever has it.

        :raise AccessError: the caller is neither HR nor who handed it out
        """
        self._career_check_officer_or_maker()
        for page in self.with_user(SUPERUSER_ID):
            if not page.is_revoked:
                page._career_close(self.env.user)
        return True

    def _career_close(self, user):
        self.ensure_one()
        self.is_revoked = True
        words = self.employee_id._career_reader_env()
        self._career_log(words._("Closed"), user)

    def action_unlock(self):
        """Open a page again that too many wrong answers had locked.

        :raise AccessError: the caller is not HR
        """
        self._career_check_officer()
        for page in self.with_user(SUPERUSER_ID):
            page.write({"is_locked": False, "failed_count": 0})
            words = page.employee_id._career_reader_env()
            page._career_log(words._("Unlocked"), self.env.user)
        return True

    def action_reset_code(self):
        """Forget the employee's own code; the next visit asks for a new one.

        For HR, when the employee forgot it. The employee reads that it happened. A
        page that a guide handed out closes: he may have kept the link, and who comes
        first chooses the new code.

        :raise AccessError: the caller is not HR
        """
        self._career_check_officer()
        for page in self.with_user(SUPERUSER_ID):
            page.employee_id.career_page_code = False
            page.write({"is_locked": False, "failed_count": 0})
            words = page.employee_id._career_reader_env()
            page._career_log(words._("Code taken away"), self.env.user)
            open_pages = page.search(
                [("employee_id", "=", page.employee_id.id), ("is_revoked", "=", False)]
            )
            for other in open_pages:
                maker = other.maker_user_id
                if not maker._career_is_officer_of(other.company_id) or (
                    self._career_leads(maker, other.employee_id)
                ):
                    other._career_close(self.env.user)
        return True

    def _career_check_officer(self):
        for page in self:
            # sudo: own model - company and line decide on the right
            page_sudo = page.sudo()
            if self.env.su:
                continue
            if not self.env.user._career_is_officer_of(page_sudo.company_id):
                raise AccessError(
                    self.env._("Only HR of the employee's company can do this.")
                )
            if self._career_leads(self.env.user, page_sudo.employee_id):
                raise AccessError(
                    self.env._(
                        "You lead this employee: another career officer does this."
                    )
                )

    def _career_log(self, detail, user=None):
        """A line in the history that the employee reads: nobody opens it unseen."""
        # sudo: career.history - written by the server only
        self.env["career.history"].sudo().create(
            [
                {
                    "res_model": page._name,
                    "res_id": page.id,
                    "employee_id": page.employee_id.id,
                    "user_id": user.id if user else False,
                    "event": "page",
                    "detail": detail,
                }
                for page in self
            ]
        )

    # -------------------------------------------------------------------- opening
    @api.model
    def _career_find(self, token):
        """The open page of a token; nothing for every token that does not open.

        :return: one page with the rights of the system, or none
        """
        # sudo: own model - a visitor without a user; the hash is what he proves
        page = self.sudo().search([("token_hash", "=", self._career_hash(token))])
        return page.filtered(lambda p: p.state == "open")

    def _career_note(self, **values):
        """Write what a visit leaves behind, and no ``write_date``: who handed the page
        out reads that one, and would know when the employee comes."""
        self.ensure_one()
        self.flush_recordset()
        columns = SQL(", ").join(
            SQL("%s = %s", SQL.identifier(name), value)
            for name, value in values.items()
        )
        self.env.cr.execute(
            SQL("UPDATE career_personal_page SET %s WHERE id = %s", columns, self.id)
        )
        self.invalidate_recordset([*values, "state"], flush=False)

    def _career_needs_code(self):
        """Whether the employee still has to choose the code."""
        self.ensure_one()
        return self.factor == "code" and not self.employee_id.career_page_code

    def _career_open(self, answer=None, repeated=None):
        """Open the page with the second factor; wrong answers are counted.

        :param answer: what the visitor gave
        :param repeated: the new code once more, where one is chosen
        :return: empty when it is open, else what to tell the visitor
        """
        self.ensure_one()
        # nobody tries several answers at the same moment
        self.lock_for_update()
        self.invalidate_recordset(["is_locked", "failed_count", "is_revoked"])
        if self.state != "open":
            return self.env._("This page cannot be opened.")
        if self._career_needs_code():
            message = self._career_choose_code(answer, repeated)
            if message:
                return message
        elif not self._career_is_right(answer):
            return self._career_wrong_answer()
        self._career_note(failed_count=0, date_last_used=fields.Datetime.now())
        self._career_log(self.env._("Opened"))
        return ""

    def _career_choose_code(self, code, repeated):
        code = (code or "").strip()
        if len(code) < _CODE_LENGTH:
            return self.env._(
                "Choose a code of at least %(length)s digits or letters.",
                length=_CODE_LENGTH,
            )
        if len(set(code)) < 3:
            return self.env._("This code is too easy. Choose another one.")
        if code != (repeated or "").strip():
            return self.env._("The two codes are not the same. Try again.")
        context = self.env["res.users"]._crypt_context()
        self.employee_id.career_page_code = context.hash(code)
        self._career_log(self.env._("Code chosen"))
        return ""

    def _career_is_right(self, answer):
        answer = (answer or "").strip()
        employee = self.employee_id
        if self.factor == "none":
            return True
        if self.factor == "birthday":
            return bool(employee.birthday) and employee.birthday == self._to_day(answer)
        if self.factor == "badge":
            return bool(employee.barcode) and hmac.compare_digest(
                employee.barcode.strip().encode(), answer.encode()
            )
        context = self.env["res.users"]._crypt_context()
        return context.verify(answer, employee.career_page_code)

    @api.model
    def _to_day(self, text):
        """A date as people write it: day first, or year first; else None."""
        numbers = re.findall(r"\d+", text)
        if len(numbers) == 1 and len(numbers[0]) == 8:
            digits = numbers[0]
            numbers = [digits[:2], digits[2:4], digits[4:]]
        if len(numbers) != 3:
            return None
        if len(numbers[0]) == 4:
            numbers.reverse()
        try:
            return date(int(numbers[2]), int(numbers[1]), int(numbers[0]))
        except ValueError:
            return None

    def _career_wrong_answer(self):
        count = self.failed_count + 1
        left = self.company_id.career_page_attempts - count
        self._career_note(failed_count=count, is_locked=left <= 0)
        if left <= 0:
            self._career_log(self.env._("Locked after wrong answers"))
            self.company_id._career_officers()._career_add_todo(
                f"{self._name},{self.id},locked",
                f"/odoo/career-personal-pages/{self.id}",
            )
        return self.env._(
            "That is not right. Attempts left: %(left)s.", left=max(left, 0)
        )

    # --------------------------------------------------------------------- acting
    def _career_acting_env(self, lang=None):
        """An environment in which the employee acts, and nobody else.

        The user is always the public one, whoever is logged in with this browser: no
        right of a user adds to those of the employee.
        """
        self.ensure_one()
        employee = self.employee_id
        context = {
            "lang": lang or employee._career_page_lang(),
            "tz": employee.tz or "Europe/Brussels",
            "allowed_company_ids": self.company_id.ids,
            "career_acting_employee": ActingEmployee(employee),
        }
        public = self.env.ref("base.public_user")
        # sudo: every model - the audience mixin binds the acting employee instead of
        # the record rules (career_audience_acting.py)
        return api.Environment(self.env.cr, public.id, context, su=True)
