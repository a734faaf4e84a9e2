from odoo import fields
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from .personal_page import CareerPersonalPage, _route, personal

_NEED_TEXT = ("name", "situation", "behaviour_now", "behaviour_wanted")


class CareerPersonalPageParts(CareerPersonalPage):
    """The rest of an employee's own work: the parts of a draft plan, guidance by a
    coach, and assessments. With the same rights as with a login, and no more."""

    _models = {
        **CareerPersonalPage._models,
        "need": "career.plan.need",
        "trajectory": "career.trajectory",
        "assessment": "career.assessment",
    }
    _steps = CareerPersonalPage._steps | {
        ("plan", "save"),
        ("plan", "add_need"),
        ("plan", "add_action"),
        ("need", "save"),
        ("need", "delete"),
        ("action", "save"),
        ("action", "delete"),
        ("checkpoint", "skip"),
        ("trajectory", "close"),
        ("trajectory", "delete"),
        ("trajectory", "talk"),
        ("assessment", "save"),
        ("assessment", "share"),
        ("assessment", "delete"),
    }

    @staticmethod
    def _address(kind, record):
        if kind == "need":
            return f"/career/page/plan/{record.plan_id.id}"
        if kind in ("trajectory", "assessment"):
            return "/career/page/guidance"
        return CareerPersonalPage._address(kind, record)

    # ------------------------------------------------------------------------ pages
    @_route("/career/page/guidance")
    @personal
    def page_guidance(self, env, **_kw):
        """Coaches, and assessments: what there is, and asking for more."""
        model = env["career.trajectory"]
        assessments = env["career.assessment"]
        return self._render(
            "guidance",
            env,
            trajectories=self._find(env, "career.trajectory"),
            assessments=self._find(env, "career.assessment"),
            coaches=self._pool(env).filtered("has_room"),
            intensities=model._fields["intensity"]._description_selection(env),
            kinds=assessments._fields["kind"]._description_selection(env),
        )

    @_route("/career/page/trajectory/new", "POST")
    @personal
    def page_trajectory_new(self, env, **post):
        """Ask a coach of the pool, or whoever of the pool has room."""

        def ask():
            employee_id = env.context["career_acting_employee"].employee_id
            model = env["career.trajectory"]
            coach = self._pool(env).filtered(
                lambda c: str(c.id) == post.get("coach_id")
            )
            intensities = dict(model._fields["intensity"]._description_selection(env))
            model.create(
                {
                    "employee_id": employee_id,
                    "coach_id": coach.employee_id.id,
                    "question": post.get("question") or False,
                    "intensity": self._one_of(env, post, "intensity", intensities),
                }
            )
            return "/career/page/guidance"

        return self._step(env, ask, "/career/page/guidance")

    @_route("/career/page/assessment/new", "POST")
    @personal
    def page_assessment_new(self, env, **post):
        """Note an assessment of one's own."""

        def note():
            env["career.assessment"].create(
                {
                    "employee_id": env.context["career_acting_employee"].employee_id,
                    **self._assessment_values(env, post),
                }
            )
            return "/career/page/guidance"

        return self._step(env, note, "/career/page/guidance")

    @staticmethod
    def _pool(env):
        """The coaches whom the employee can choose."""
        employee_id = env.context["career_acting_employee"].employee_id
        asked = env["career.trajectory"].new(
            {"employee_id": employee_id, "kind": "coach"}
        )
        return asked.pool_ids._origin

    # ------------------------------------------------------------------------ steps
    @staticmethod
    def _one_of(env, post, name, options):
        """The option that was chosen.

        :raise UserError: it is none of those that the form offers
        """
        value = post.get(name) or ""
        if value not in options:
            raise UserError(env._("Choose one of the answers of the list."))
        return value

    @staticmethod
    def _day(env, post, name="date"):
        """The day that was chosen, or nothing.

        :raise UserError: no day can be made of it
        """
        try:
            return fields.Date.to_date(post.get(name) or None) or False
        except ValueError:
            raise UserError(env._("Choose a date.")) from None

    def _step_plan_save(self, record, post):
        """The title and the period of a draft."""
        vals = {"title": post.get("title") or False}
        for name in ("date_start", "date_end"):
            vals[name] = self._day(record.env, post, name)
            if not vals[name]:
                raise UserError(record.env._("Choose a date."))
        record.write(vals)

    def _need_values(self, env, post):
        model = env["career.plan.need"]
        domains = dict(model._fields["domain"]._description_selection(env))
        purposes = dict(model._fields["purpose"]._description_selection(env))
        vals = {name: (post.get(name) or "").strip() or False for name in _NEED_TEXT}
        vals["domain"] = self._one_of(env, post, "domain", {**domains, "": ""}) or False
        vals["purpose"] = self._one_of(env, post, "purpose", purposes)
        if not vals["name"]:
            raise UserError(env._("Write in a few words what you want to develop."))
        return vals

    def _step_plan_add_need(self, record, post):
        vals = self._need_values(record.env, post)
        record.env["career.plan.need"].create({"plan_id": record.id, **vals})

    def _step_need_save(self, record, post):
        record.write(self._need_values(record.env, post))

    def _step_need_delete(self, record, _post):
        back = self._address("need", record)
        record.unlink()
        return back

    def _action_values(self, env, plan, post):
        model = env["career.plan.action"]
        parties = dict(model._fields["responsible"]._description_selection(env))
        methods = env["career.development.method"].search([])
        needs = self._find(env, "career.plan.need", domain=[("plan_id", "=", plan.id)])
        vals = {
            "name": (post.get("name") or "").strip(),
            "responsible": self._one_of(env, post, "responsible", parties),
            "deadline": self._day(env, post, "deadline"),
            "method_id": methods.filtered(
                lambda m: str(m.id) == post.get("method_id")
            ).id,
            "need_id": needs.filtered(lambda n: str(n.id) == post.get("need_id")).id,
        }
        if not vals["name"]:
            raise UserError(env._("Write in a few words what will be done."))
        return vals

    def _step_plan_add_action(self, record, post):
        vals = self._action_values(record.env, record, post)
        record.env["career.plan.action"].create({"plan_id": record.id, **vals})

    def _step_action_save(self, record, post):
        record.write(self._action_values(record.env, record.plan_id, post))

    def _step_action_delete(self, record, _post):
        back = self._address("action", record)
        record.unlink()
        return back

    def _step_checkpoint_skip(self, record, post):
        record.action_skip(post.get("reason"))

    def _step_trajectory_close(self, record, _post):
        record.action_close()

    def _step_trajectory_delete(self, record, _post):
        record.unlink()

    def _step_trajectory_talk(self, record, _post):
        conversation = record.action_create_conversation()
        return f"/career/page/conversation/{conversation.id}"

    def _assessment_values(self, env, post):
        kinds = dict(
            env["career.assessment"]._fields["kind"]._description_selection(env)
        )
        vals = {"kind": self._one_of(env, post, "kind", kinds)}
        day = self._day(env, post)
        if day:
            vals["date"] = day
        text = (post.get("conclusion") or "").strip()
        return {**vals, "conclusion": plaintext2html(text) if text else False}

    def _step_assessment_save(self, record, post):
        vals = self._assessment_values(record.env, post)
        vals.pop("conclusion")
        record.write(vals)
        self._write_text(record, "conclusion", post.get("conclusion"))

    def _step_assessment_share(self, record, post):
        self._write_shares(record, post)

    def _step_assessment_delete(self, record, _post):
        record.unlink()
