import hmac
import time
from base64 import b64decode
from collections import deque
from functools import wraps

from odoo import fields, http
from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.http import content_disposition, request
from odoo.tools import html2plaintext, plaintext2html

# A visit ends after half an hour without a click: pages are read on shared devices.
_IDLE_SECONDS = 30 * 60
_SIGNATURE_BYTES = 500_000
_SHARES = ("share_n1", "share_n2", "share_hr", "share_coach")
_WISH_TEXT = ("direction", "horizon", "wants_to_manage", "motivation")
_WISH_RECORDS = ("target_job_id", "target_department_id")
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; "
    "script-src 'self'; img-src 'self' data:; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
}


class Throttle:
    """Wrong tokens of one address, in the memory of this worker.

    A token cannot be guessed; this keeps a script from asking again and again. A
    right token always passes, so that nobody is shut out by a neighbour at the same
    address.
    """

    def __init__(self, limit=20, seconds=600, addresses=10_000):
        self.limit, self.seconds, self.addresses = limit, seconds, addresses
        self.wrong = {}

    def add(self, address):
        """Count a wrong token.

        :return: whether the address asked too often
        """
        now = time.monotonic()
        if address not in self.wrong and len(self.wrong) >= self.addresses:
            self.wrong.clear()
        times = self.wrong.setdefault(address, deque(maxlen=self.limit + 1))
        while times and times[0] < now - self.seconds:
            times.popleft()
        times.append(now)
        return len(times) > self.limit


throttle = Throttle()


def personal(function):
    """A page of an open visit: the method gets the environment of the employee."""

    @wraps(function)
    def handler(self, *args, lang=None, **post):
        page = self._visited_page()
        if not page:
            return self._refused()
        env = self._enter(page, lang)
        try:
            return function(self, env, *args, **post)
        except MissingError:
            return self._render("not_found", env, status=404)

    return handler


def _route(path, method="GET"):
    """A page of the visit; reading never needs a cursor that can write."""
    return http.route(
        path,
        type="http",
        auth="public",
        methods=[method],
        sitemap=False,
        readonly=method == "GET",
    )


class CareerPersonalPage(http.Controller):
    """The personal page of an employee without a user (access.md, rule 8).

    The token opens a visit and is in no further address: not in the logs of each
    click, not in the history of the browser after the first page. Everything works
    in the environment of :meth:`_career_acting_env`; records are found through the
    domain that the rules give the employee, and never by id alone.
    """

    # ---------------------------------------------------------------------- opening
    @_route("/career/me/<string:token>")
    def page_entry(self, token, lang=None, **_kw):
        """What the link shows: how to open the page, and nothing about a person."""
        page = request.env["career.personal.page"]._career_find(token)
        if not page:
            return self._refused(counted=True)
        if page == self._visited_page():
            return request.redirect("/career/page")
        return self._render_entry(page, token, lang)

    @_route("/career/me/<string:token>", "POST")
    def page_open(self, token, answer=None, repeated=None, lang=None, **_kw):
        """Open the visit, with what the company asks beside the link."""
        page = request.env["career.personal.page"]._career_find(token)
        if not page:
            return self._refused(counted=True)
        self._enter(page, lang)
        page = page.with_context(lang=request.env.context.get("lang"))
        message = page._career_open(answer, repeated)
        if page.state != "open":
            return self._refused()
        if message:
            return self._render_entry(page, token, lang, message=message, status=403)
        request.session["career_page"] = {
            "id": page.id,
            "mark": page.token_hash[:16],
            "seen": time.time(),
        }
        # no visit on a session that somebody prepared before
        request.session.should_rotate = True
        return request.redirect("/career/page")

    def _render_entry(self, page, token, lang, message="", status=200):
        self._enter(page, lang)
        return self._render(
            "entry",
            None,
            status=status,
            token=token,
            factor=page.factor,
            needs_code=page._career_needs_code(),
            message=message,
            company=page.company_id.name,
        )

    def _visited_page(self):
        """The page of this visit, as long as it is open; else nothing."""
        visit = request.session.get("career_page") or {}
        # sudo: career.personal.page - the session proves that it was opened
        pages = request.env["career.personal.page"].sudo()
        page = pages.browse(visit.get("id") or []).exists()
        if not (
            page
            and page.state == "open"
            and hmac.compare_digest(page.token_hash[:16], visit.get("mark") or "")
            and time.time() - visit.get("seen", 0) < _IDLE_SECONDS
        ):
            if visit:
                request.session.pop("career_page", None)
            return pages
        if time.time() - visit["seen"] > 60:
            request.session["career_page"] = {**visit, "seen": time.time()}
        return page

    def _enter(self, page, lang=None):
        """Work as the employee, in the chosen language.

        :return: the environment of the employee
        """
        languages = dict(request.env["res.lang"].get_installed())
        if lang in languages:
            request.session["career_page_lang"] = lang
        chosen = request.session.get("career_page_lang")
        env = page._career_acting_env(chosen if chosen in languages else None)
        # whoever is logged in with this browser: his rights have no part in it
        request.update_env(
            user=env.uid, context={"lang": env.lang, "tz": env.context["tz"]}, su=False
        )
        return env

    def _refused(self, counted=False):
        """One page for every link that does not open: forged, old, closed, locked."""
        status = 404
        if counted and throttle.add(request.httprequest.remote_addr):
            status = 429
        languages = dict(request.env["res.lang"].get_installed())
        lang = request.best_lang or request.env.lang
        if lang in languages:
            request.update_context(lang=lang)
        return self._render("refused", None, status=status)

    def _render(self, template, env, status=200, **values):
        """A page with the headers that keep it out of caches, frames and indexes."""
        context = request.env.context
        values.update(
            env_page=env,
            html_lang=(context.get("lang") or "en_US").replace("_", "-"),
            languages=request.env["res.lang"].get_installed(),
            path=request.httprequest.path,
            employee_name=env
            and env["hr.employee"]
            .browse(env.context["career_acting_employee"].employee_id)
            .name,
            notice=request.session.pop("career_page_notice", None) if env else None,
        )
        response = request.render(
            f"career_guidance.personal_page_{template}", values, status=status
        )
        response.headers.update(_HEADERS)
        # rendered here, where the cursor still is; errors show now
        response.flatten()
        return response

    # ---------------------------------------------------------------------- finding
    @staticmethod
    def _find(env, model, record_id=None, operation="read", domain=(), **kwargs):
        """The employee's own records of a model, by the declaration of the rules.

        :param record_id: one record, or all
        :raise MissingError: the id is not one of the employee's own
        """
        records = env[model]
        if model == "career.history":
            allowed = fields.Domain(
                "employee_id", "=", env.context["career_acting_employee"].employee_id
            )
        else:
            allowed = records._career_acting_domain(operation)
        allowed &= fields.Domain(list(domain))
        if record_id is None:
            return records.search(allowed, **kwargs)
        record = records.search(allowed & fields.Domain("id", "=", record_id))
        if not record:
            raise MissingError(env._("This is not there, or it is not yours."))
        return record

    # ------------------------------------------------------------------------ pages
    @_route("/career/page")
    @personal
    def page_home(self, env, **_kw):
        """What there is to do, and the way to the rest."""
        conversations = self._find(env, "career.conversation")
        plans = self._find(env, "career.plan")
        return self._render(
            "home",
            env,
            conversations=conversations,
            plans=plans,
            wishes=self._find(env, "career.aspiration"),
            to_confirm=conversations.filtered(
                lambda c: c.state == "held" and not c.employee_confirmed
            ),
            to_agree=self._find(
                env, "career.feedback", domain=[("state", "=", "awaiting_agreement")]
            ),
            to_sign=plans.filtered("can_sign"),
            proposals=self._find(
                env, "career.referral", domain=[("state", "=", "proposed")]
            ),
            deals=self._find(
                env, "career.deal", domain=[("state", "in", ("to_sign", "signed"))]
            ),
            # of a cycle that is over nothing is left to arrange
            rounds=self._find(
                env,
                "career.participation",
                domain=[("cycle_id.state", "in", ("launching", "running"))],
            ).filtered(lambda p: p.can_arranged_otherwise or p.can_reopen),
        )

    @_route("/career/page/ask")
    @personal
    def page_ask(self, env, **_kw):
        """The channels, and for each in plain words who will know."""
        employee = env["hr.employee"].browse(
            env.context["career_acting_employee"].employee_id
        )
        channels = env["career.channel"]._career_available(employee)
        return self._render("ask", env, channels=channels)

    @_route("/career/page/conversation/<int:record_id>")
    @personal
    def page_conversation(self, env, record_id, **_kw):
        """One conversation: what comes next, preparation, report, who was told."""
        conversation = self._find(env, "career.conversation", record_id)
        mine = [("conversation_id", "=", conversation.id)]
        preparations = self._find(env, "career.preparation", domain=mine)
        own = preparations.filtered(lambda p: p.role == "employee")
        answers = self._find(env, "career.preparation.answer", domain=mine)
        items = self._find(env, "career.conversation.item", domain=mine)
        return self._render(
            "conversation",
            env,
            conversation=conversation,
            preparation=own,
            note=html2plaintext(own.note or ""),
            points=html2plaintext(conversation.talking_points_employee or ""),
            answers=answers.filtered(lambda a: a.role == "employee"),
            question_sets=env["career.question.set"].search(
                [
                    ("role", "=", "employee"),
                    ("company_id", "in", [False, conversation.company_id.id]),
                ]
            ),
            other=preparations - own,
            other_answers=answers.filtered(lambda a: a.role == "conductor"),
            feedback=self._find(env, "career.feedback", domain=mine),
            items=items,
            ticked={i.id for i in items if "done" in i._career_writable_fields()},
            proposals=self._find(env, "career.referral", domain=mine),
            outcomes=conversation._fields["outcome"]._description_selection(env),
            may_delete=conversation.state == "requested",
            may_write=conversation._career_writable_fields(),
        )

    @_route("/career/page/plan/<int:record_id>")
    @personal
    def page_plan(self, env, record_id, **_kw):
        """One development plan: read it, sign it, say what was done."""
        plan = self._find(env, "career.plan", record_id)
        mine = [("plan_id", "=", plan.id)]
        return self._render(
            "plan",
            env,
            plan=plan,
            needs=self._find(env, "career.plan.need", domain=mine),
            actions=self._find(env, "career.plan.action", domain=mine),
            checkpoints=self._find(env, "career.plan.checkpoint", domain=mine),
            may_write=plan._career_writable_fields(),
            methods=env["career.development.method"].search([]),
            domains=env["career.plan.need"]
            ._fields["domain"]
            ._description_selection(env),
            purposes=env["career.plan.need"]
            ._fields["purpose"]
            ._description_selection(env),
            parties=env["career.plan.action"]
            ._fields["responsible"]
            ._description_selection(env),
        )

    @_route("/career/page/deal/<int:record_id>")
    @personal
    def page_deal(self, env, record_id, **_kw):
        """The career deal: the exact text, and the signature."""
        deal = self._find(env, "career.deal", record_id)
        return self._render("deal", env, deal=deal)

    @_route(["/career/page/wish/new", "/career/page/wish/<int:record_id>"])
    @personal
    def page_wish(self, env, record_id=None, **_kw):
        """One wish, or a new one."""
        wish = env["career.aspiration"]
        if record_id is not None:
            wish = self._find(env, "career.aspiration", record_id)
        employee = env["hr.employee"].browse(
            env.context["career_acting_employee"].employee_id
        )
        ours = [("company_id", "in", [False, employee.company_id.id])]
        selections = {
            name: wish._fields[name]._description_selection(env)
            for name in ("direction", "horizon", "wants_to_manage")
        }
        return self._render(
            "wish",
            env,
            wish=wish,
            jobs=env["hr.job"].search(ours),
            departments=env["hr.department"].search(ours),
            may_write=wish._career_writable_fields() if wish else set(_SHARES) | {"*"},
            **selections,
        )

    @_route("/career/page/told")
    @personal
    def page_told(self, env, **_kw):
        """What was told about the employee, by whom, to whom, and when."""
        return self._render("told", env, feedback=self._find(env, "career.feedback"))

    @_route("/career/page/history")
    @personal
    def page_history(self, env, **_kw):
        """What happened, who changed what may be read, who opened this page."""
        return self._render(
            "history", env, lines=self._find(env, "career.history", limit=200)
        )

    @_route("/career/page/export/<string:file_format>", "POST")
    @personal
    def page_export(self, env, file_format, **_kw):
        """All about the employee, as a file; the history shows that it was made."""
        if file_format not in ("json", "pdf"):
            raise MissingError(env._("This is not there, or it is not yours."))
        employee = env["hr.employee"].browse(
            env.context["career_acting_employee"].employee_id
        )
        try:
            name, mimetype, content = env["career.export"]._career_make(
                employee, file_format
            )
        except UserError as error:
            request.session["career_page_notice"] = {
                "kind": "problem",
                "text": str(error.args[0]),
            }
            return self._redirect("/career/page/history")
        return request.make_response(
            content,
            [
                *_HEADERS.items(),
                ("Content-Type", mimetype),
                ("Content-Disposition", content_disposition(name)),
            ],
        )

    # ------------------------------------------------------------------------ steps
    @_route("/career/page/leave", "POST")
    def page_leave(self, **_kw):
        """End the visit on this device; the link stays valid."""
        request.session.pop("career_page", None)
        return self._render("left", None)

    @_route("/career/page/close", "POST")
    @personal
    def page_close(self, env, **_kw):
        """Close the page for good: the employee does not trust the link any more."""
        page = self._visited_page()
        page.with_env(env).action_revoke()
        request.session.pop("career_page", None)
        return self._render("left", None)

    @_route("/career/page/ask", "POST")
    @personal
    def page_ask_send(self, env, **post):
        """Ask for a conversation through a channel."""
        employee_id = env.context["career_acting_employee"].employee_id
        employee = env["hr.employee"].browse(employee_id)

        def ask():
            channels = env["career.channel"]._career_available(employee)
            channel = channels.filtered(lambda c: str(c.id) == post.get("channel_id"))
            if not channel:
                raise UserError(env._("Choose whom you want to talk with."))
            vals = {
                "employee_id": employee_id,
                "channel_id": channel.id,
                "kind": "informal" if post.get("informal") else "formal",
                "request": post.get("request") or False,
            }
            if channel.conductor_role == "mentor":
                vals["conductor_id"] = self._mentor(
                    env, employee, post.get("mentor")
                ).id
            conversation = env["career.conversation"].create(vals)
            return f"/career/page/conversation/{conversation.id}"

        return self._step(env, ask, "/career/page/ask")

    @staticmethod
    def _mentor(env, employee, name):
        """The colleague with this name; colleagues' names are public in Odoo.

        :raise UserError: no name, nobody, or more than one
        """
        name = (name or "").strip()
        if not name:
            raise UserError(
                env._("Write the name of the colleague who is your mentor.")
            )
        colleagues = env["hr.employee"].search(
            [
                ("name", "=ilike", name),
                ("company_id", "=", employee.company_id.id),
                ("user_id", "!=", False),
                ("id", "!=", employee.id),
            ]
        )
        if len(colleagues) != 1:
            raise UserError(
                env._(
                    "No colleague, or more than one, was found with this name. Write "
                    "the whole name, or ask HR."
                )
            )
        return colleagues

    @_route("/career/page/wish/new", "POST")
    @personal
    def page_wish_new(self, env, **post):
        """Note a new wish; it stays a draft, read by nobody, until it counts."""

        def note():
            vals = self._wish_values(env, post)
            vals["employee_id"] = env.context["career_acting_employee"].employee_id
            wish = env["career.aspiration"].create(vals)
            if post.get("then") == "activate":
                wish.action_activate()
            return f"/career/page/wish/{wish.id}"

        return self._step(env, note, "/career/page/wish/new")

    @_route("/career/page/<string:kind>/<int:record_id>/<string:step>", "POST")
    @personal
    def page_step(self, env, kind, record_id, step, **post):
        """Any step of the employee on an own document.

        The step is one of a list; the document's own method checks role and state.
        """
        model = self._models.get(kind)
        method = getattr(self, f"_step_{kind}_{step}", None)
        if not model or (kind, step) not in self._steps or not method:
            raise MissingError(env._("This is not there, or it is not yours."))
        operation = "unlink" if step == "delete" else "read"
        record = self._find(env, model, record_id, operation)
        back = self._address(kind, record)
        return self._step(env, lambda: method(record, post) or back, back)

    def _step(self, env, function, back):
        """Take a step, entirely or not at all, and go to a page that shows it."""
        try:
            with env.cr.savepoint():
                target = function()
                env.flush_all()
        except (UserError, AccessError, ValidationError) as error:
            request.session["career_page_notice"] = {
                "kind": "problem",
                "text": str(error.args[0]),
            }
            target = back
        else:
            request.session["career_page_notice"] = {
                "kind": "done",
                "text": env._("Done."),
            }
        return self._redirect(target)

    @staticmethod
    def _redirect(target):
        response = request.redirect(target, code=303)
        response.headers.update(_HEADERS)
        return response

    @staticmethod
    def _address(kind, record):
        """The page on which a document is shown."""
        if kind == "participation":
            return "/career/page"
        if kind in ("preparation", "feedback", "referral", "item"):
            return f"/career/page/conversation/{record.conversation_id.id}"
        if kind in ("action", "checkpoint"):
            return f"/career/page/plan/{record.plan_id.id}"
        return f"/career/page/{kind}/{record.id}"

    _models = {
        "conversation": "career.conversation",
        "preparation": "career.preparation",
        "feedback": "career.feedback",
        "referral": "career.referral",
        "wish": "career.aspiration",
        "plan": "career.plan",
        "action": "career.plan.action",
        "checkpoint": "career.plan.checkpoint",
        "deal": "career.deal",
        "participation": "career.participation",
        "item": "career.conversation.item",
    }
    _steps = {
        ("conversation", "save"),
        ("conversation", "share"),
        ("conversation", "confirm"),
        ("conversation", "cancel"),
        ("conversation", "delete"),
        ("conversation", "tell"),
        ("conversation", "plan"),
        ("conversation", "hold"),
        ("conversation", "close"),
        ("conversation", "develop"),
        ("preparation", "questions"),
        ("preparation", "save"),
        ("preparation", "unshare"),
        ("preparation", "confirm_recording"),
        ("feedback", "agree"),
        ("feedback", "refuse"),
        ("feedback", "send"),
        ("feedback", "delete"),
        ("referral", "accept"),
        ("referral", "decline"),
        ("wish", "save"),
        ("wish", "share"),
        ("wish", "activate"),
        ("wish", "achieve"),
        ("wish", "withdraw"),
        ("wish", "confirm"),
        ("wish", "delete"),
        ("plan", "share"),
        ("plan", "propose"),
        ("plan", "reset"),
        ("plan", "sign"),
        ("plan", "cancel"),
        ("plan", "evaluate"),
        ("action", "start"),
        ("action", "done"),
        ("action", "reopen"),
        ("action", "drop"),
        ("action", "agree_drop"),
        ("action", "refuse_drop"),
        ("action", "postpone"),
        ("checkpoint", "hold"),
        ("deal", "sign"),
        ("participation", "otherwise"),
        ("participation", "reopen"),
        ("item", "done"),
    }

    # ------------------------------------------------------- steps: conversation
    @staticmethod
    def _write_shares(record, post):
        """The switches of sharing; only those that the employee changed."""
        vals = {
            name: bool(post.get(name))
            for name in _SHARES
            if name in record._career_writable_fields()
            and record[name] != bool(post.get(name))
        }
        if vals:
            record.write(vals)

    @staticmethod
    def _write_text(record, name, text):
        """Plain text in a field with markup, when the text is another one."""
        if text is not None and text.strip() != html2plaintext(record[name] or ""):
            record.write(
                {name: plaintext2html(text.strip()) if text.strip() else False}
            )

    def _step_conversation_save(self, record, post):
        self._write_text(record, "talking_points_employee", post.get("points"))
        request_text = post.get("request")
        if request_text is not None and request_text != (record.request or ""):
            record.write({"request": request_text or False})

    def _step_conversation_share(self, record, post):
        self._write_shares(record, post)

    def _step_conversation_confirm(self, record, _post):
        record.action_confirm_report()

    def _step_conversation_cancel(self, record, post):
        record.action_cancel(post.get("reason"))

    def _step_conversation_delete(self, record, _post):
        record.unlink()
        return "/career/page"

    def _step_conversation_tell(self, record, post):
        """Write feedback along a route and send it."""
        route_id = post.get("route_id") or ""
        route = record.available_route_ids.filtered(lambda r: str(r.id) == route_id)
        feedback = record.action_write_feedback(route)
        self._write_text(feedback, "body", post.get("body"))
        feedback.action_send()

    def _step_conversation_plan(self, record, post):
        """The date of a talk that the employee keeps himself (external adviser)."""
        try:
            day = fields.Datetime.to_datetime(post.get("date") or None)
        except ValueError:
            day = None
        if not day:
            raise UserError(record.env._("Choose the new date."))
        record.action_plan(day.replace(hour=12))

    def _step_conversation_hold(self, record, post):
        self._write_text(record, "report", post.get("report"))
        record.action_hold(post.get("outcome"), post.get("reason"))

    def _step_conversation_close(self, record, _post):
        record.action_close()

    def _step_conversation_develop(self, record, _post):
        plan = record.action_create_plan()
        return f"/career/page/plan/{plan.id}"

    # -------------------------------------------------------- steps: preparation
    def _step_preparation_questions(self, record, post):
        set_id = post.get("question_set_id") or ""
        sets = record.env["career.question.set"].search(
            [
                ("role", "=", "employee"),
                ("company_id", "in", [False, record.company_id.id]),
            ]
        )
        chosen = sets.filtered(lambda s: str(s.id) == set_id)
        if chosen:
            record.write({"question_set_id": chosen.id})
        record.action_load_questions()

    def _step_preparation_save(self, record, post):
        """Answers and notes, and what the employee wants to do with them."""
        self._write_text(record, "note", post.get("note"))
        answers = self._find(
            record.env,
            "career.preparation.answer",
            operation="write",
            domain=[("preparation_id", "=", record.id)],
        )
        for answer in answers:
            text = post.get(f"answer_{answer.id}")
            if text is not None and text.strip() != (answer.answer or ""):
                answer.write({"answer": text.strip() or False})
        if post.get("then") == "share":
            record.action_share()
        elif post.get("then") == "ready":
            record.action_ready()

    def _step_preparation_unshare(self, record, _post):
        record.action_unshare()

    def _step_preparation_confirm_recording(self, record, _post):
        record.action_confirm_recording()

    # ------------------------------------------------ steps: feedback, proposals
    def _step_feedback_agree(self, record, _post):
        record.action_agree()

    def _step_feedback_refuse(self, record, _post):
        record.action_refuse()

    def _step_feedback_send(self, record, post):
        self._write_text(record, "body", post.get("body"))
        record.action_send()

    def _step_feedback_delete(self, record, _post):
        record.unlink()

    def _step_referral_accept(self, record, _post):
        conversation = record.action_accept()
        return f"/career/page/conversation/{conversation.id}"

    def _step_referral_decline(self, record, _post):
        record.action_decline()

    # --------------------------------------------------------------- steps: wish
    @staticmethod
    def _wish_values(env, post):
        """The values of a wish from the form; only values that the form offers."""
        model = env["career.aspiration"]
        vals = {}
        for name in _WISH_TEXT:
            field, value = model._fields[name], post.get(name)
            if value is None:
                continue
            if field.type == "selection" and value:
                if value not in dict(field._description_selection(env)):
                    raise UserError(env._("Choose one of the answers of the list."))
            vals[name] = value or False
        employee = env["hr.employee"].browse(
            env.context["career_acting_employee"].employee_id
        )
        ours = [("company_id", "in", [False, employee.company_id.id])]
        for name in _WISH_RECORDS:
            if name in post:
                records = env[model._fields[name].comodel_name].search(ours)
                chosen = records.filtered(lambda r, n=name: str(r.id) == post[n])
                vals[name] = chosen.id
        if not post.get("direction"):
            raise UserError(env._("Choose what you wish first."))
        if "with_shares" in post:
            vals.update({name: bool(post.get(name)) for name in _SHARES})
        vals["matchable"] = bool(post.get("matchable"))
        return vals

    def _step_wish_save(self, record, post):
        vals = self._wish_values(record.env, post)
        changed = {
            name: value
            for name, value in vals.items()
            if value != (record[name].id if name in _WISH_RECORDS else record[name])
        }
        if changed:
            record.write(changed)
        if post.get("then") == "activate":
            record.action_activate()

    def _step_wish_share(self, record, post):
        self._write_shares(record, post)

    def _step_wish_activate(self, record, _post):
        record.action_activate()

    def _step_wish_achieve(self, record, _post):
        record.action_achieve()

    def _step_wish_withdraw(self, record, _post):
        record.action_withdraw()

    def _step_wish_confirm(self, record, _post):
        record.action_confirm()

    def _step_wish_delete(self, record, _post):
        record.unlink()
        return "/career/page"

    # --------------------------------------------------------------- steps: plan
    def _step_plan_share(self, record, post):
        self._write_shares(record, post)

    def _step_plan_propose(self, record, _post):
        record.action_propose()

    def _step_plan_reset(self, record, _post):
        record.action_reset()

    @staticmethod
    def _drawn(env, post):
        """The drawn signature: an image, nothing else.

        :return: the image in base64
        :raise UserError: nothing was drawn
        """
        kind, _comma, data = (post.get("signature") or "").partition(",")
        if kind != "data:image/png;base64" or len(data) > _SIGNATURE_BYTES:
            raise UserError(env._("Draw your signature first."))
        try:
            image = b64decode(data, validate=True)
        except ValueError:
            image = b""
        if not image.startswith(b"\x89PNG\r\n\x1a\n"):
            raise UserError(env._("Draw your signature first."))
        return data

    def _step_plan_sign(self, record, post):
        record.action_sign(self._drawn(record.env, post))

    def _step_deal_sign(self, record, post):
        record.action_sign(self._drawn(record.env, post))

    def _step_participation_otherwise(self, record, _post):
        record.action_arranged_otherwise()

    def _step_participation_reopen(self, record, _post):
        record.action_reopen()

    def _step_item_done(self, record, post):
        record.write({"done": bool(post.get("done"))})

    def _step_plan_cancel(self, record, post):
        record.action_cancel(post.get("reason"))

    def _step_plan_evaluate(self, record, _post):
        record.action_evaluate()

    def _step_action_start(self, record, _post):
        record.action_start()

    def _step_action_done(self, record, post):
        if post.get("evidence"):
            record.write({"evidence": post["evidence"]})
        record.action_done()

    def _step_action_reopen(self, record, _post):
        record.action_reopen()

    def _step_action_drop(self, record, post):
        record.action_drop(post.get("reason"))

    def _step_action_agree_drop(self, record, _post):
        record.action_agree_drop()

    def _step_action_refuse_drop(self, record, _post):
        record.action_refuse_drop()

    def _step_action_postpone(self, record, post):
        try:
            day = fields.Date.to_date(post.get("date") or None)
        except ValueError:
            day = None
        record.action_postpone(day)

    def _step_checkpoint_hold(self, record, post):
        record.action_hold(post.get("note"))
