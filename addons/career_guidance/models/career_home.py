from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import html2plaintext

from ..tools import rates

_OPEN = ("requested", "planned", "held")


class CareerHome(models.AbstractModel):
    """What the pages "My career" and "My team" show, each in one request.

    Everything is read with the rights of the user who looks: the pages know no more
    than the lists do. The number of queries does not grow with the rows.
    """

    _name = "career.home"
    _description = "Pages of career guidance"

    # ------------------------------------------------------------------- my career
    @api.model
    @api.readonly
    def my_career(self):
        """The page of an employee about the own career.

        :return: dictionary, or ``{"employee": False}`` for a user without employee
        """
        employee = self.env.user._career_employee()
        if not employee:
            return {"employee": False}
        mine = [("employee_user_id", "=", self.env.uid)]
        aspirations = self.env["career.aspiration"].search(
            [*mine, ("state", "in", ("draft", "active"))]
        )
        # drafts are for later: what counts comes first
        aspirations = aspirations.sorted(lambda a: a.state == "draft")
        conversations = self.env["career.conversation"].search(mine)
        plans = self.env["career.plan"].search(
            [*mine, ("state", "in", ("draft", "proposed", "agreed", "evaluated"))]
        )
        plan = self._main_plan(plans)
        told = self._told()
        people = self._people(aspirations, conversations, plans)
        return {
            "employee": {
                "id": employee.id,
                "name": self.env.user.name,
                "manager": employee._career_line_users()[0].name or False,
            },
            "next_step": self._next_step(aspirations, conversations, plans, told),
            "aspirations": [self._aspiration(a, people) for a in aspirations[:6]],
            "aspiration_count": len(aspirations),
            "conversations": self._my_conversations(conversations, people),
            "plan": self._plan(plan) if plan else False,
            "told": [self._feedback(feedback) for feedback in told[:4]],
            "told_count": len(told),
            "readers": self._readers_summary(people),
            "offer": self._offer(),
            "for_others": self._start_lines(self._for_others()),
        }

    @api.model
    def _for_others(self):
        """What waits for the user as a guide, as in :meth:`_start_waiting`."""
        domains = self._start_domains()
        return [
            (
                self.env._("Requests for a conversation that you can take"),
                "career.conversation",
                domains["asked"],
                "career_guidance.career_conversation_action_guided",
            ),
            (
                self.env._("Requests for guidance that you can take"),
                "career.trajectory",
                domains["guidance"],
                "career_guidance.career_trajectory_action",
            ),
            (
                self.env._("Conversations that you hold: to plan or to close"),
                "career.conversation",
                domains["guided"],
                "career_guidance.career_conversation_action_guided",
            ),
        ]

    @api.model
    def _main_plan(self, plans):
        """The plan that matters now: one to sign, else a running one, else a draft."""
        order = {"proposed": 0, "agreed": 1, "draft": 2, "evaluated": 3}
        return self._first(plans.sorted(lambda p: order[p.state]))

    @api.model
    def _first(self, records):
        """The first one, or none; a slice would no longer be read with the others."""
        return next(iter(records), records.browse())

    @api.model
    def _told(self):
        """What was told about the user, or waits for an agreement."""
        return self.env["career.feedback"].search(
            [
                ("employee_user_id", "=", self.env.uid),
                ("state", "in", ("awaiting_agreement", "sent")),
            ],
            order="state, date_sent desc, id desc",
        )

    @api.model
    def _people(self, *documents):
        """Who reads what, looked up once for each way of sharing.

        :return: {document: readers}, as in ``reader_reasons``
        """
        known, result = {}, {}
        for records in documents:
            for record in records:
                key = (
                    record._name,
                    record.conductor_user_id,
                    record["is_open_request"] if "is_open_request" in record else False,
                    record.hidden_from_n1,
                    record.hidden_from_n2,
                    *(record[name] for name in record._career_share_fields()),
                )
                if key not in known:
                    known[key] = record.reader_reasons
                result[record] = known[key]
        return result

    @api.model
    def _others(self, readers):
        return [reader for reader in readers if reader["role"] != "employee"]

    @api.model
    def _label(self, record, name):
        """The label of a selection, in the language of the user."""
        labels = dict(record._fields[name]._description_selection(self.env))
        return labels.get(record[name], "")

    @api.model
    def _aspiration(self, aspiration, people):
        # sudo: hr.job, hr.department - the name only, of what the employee chose
        known = aspiration.sudo()
        return {
            "id": aspiration.id,
            "direction": self._label(aspiration, "direction"),
            "target": known.target_job_id.name
            or known.target_department_id.name
            or False,
            "horizon": self._label(aspiration, "horizon"),
            "is_draft": aspiration.state == "draft",
            "is_to_confirm": bool(aspiration.is_to_confirm),
            "readers": self._others(people[aspiration]),
        }

    @api.model
    def _my_conversations(self, conversations, people):
        """The open ones, soonest first, then the last one that is finished."""
        running = conversations.filtered(lambda c: c.state in _OPEN)
        far = fields.Datetime.to_datetime("9999-12-31")
        running = running.sorted(lambda c: (c.date_start or far, c.id))
        closed = conversations.filtered(lambda c: c.state == "closed")
        closed = closed.sorted(lambda c: c.date_held or c.create_date, reverse=True)
        return [
            {
                "id": conversation.id,
                "channel": conversation.channel_id.name,
                "guide": self._guide(conversation),
                "date": fields.Datetime.to_string(conversation.date_start) or False,
                "state": conversation.state,
                "state_label": self._label(conversation, "state"),
                "next_step": conversation.next_step,
                "is_open": conversation.state in _OPEN,
                "hidden": conversation.hidden_from_n1 and not conversation.share_n1,
                "readers": self._others(people[conversation]),
            }
            for conversation in [*running[:4], *closed[:1]]
        ]

    @api.model
    def _guide(self, conversation):
        """Who holds it, by name; in a line this can be somebody of another company."""
        # sudo: hr.employee, res.partner - the name only, of who talks with the user
        known = conversation.sudo()
        return (
            known.conductor_id.name
            or known.conductor_user_id.name
            or known.adviser_id.name
            or False
        )

    @api.model
    def _plan(self, plan):
        actions = plan.action_ids.filtered(
            lambda a: a.state in ("todo", "doing", "drop_asked")
        ).sorted(lambda a: (a.deadline or plan.date_end, a.id))
        follow_up = plan.checkpoint_ids.filtered(lambda c: c.state == "planned")
        return {
            "id": plan.id,
            "title": plan.title or plan.display_name,
            "state": plan.state,
            "state_label": self._label(plan, "state"),
            "counterpart": plan.conductor_user_id.name or False,
            "date_end": fields.Date.to_string(plan.date_end),
            "rate": plan.realisation_rate,
            "target": plan.target_rate,
            "is_target_met": plan.is_target_met,
            "is_unmeasured": plan.is_unmeasured,
            "track": plan.track or False,
            "track_label": self._label(plan, "track") if plan.track else False,
            "curve": plan.curve,
            "action_count": len(plan.action_ids),
            "actions": [
                {
                    "id": action.id,
                    "name": action.name,
                    "deadline": fields.Date.to_string(action.deadline) or False,
                    "is_overdue": action.is_overdue,
                }
                for action in actions[:4]
            ],
            "follow_up": fields.Date.to_string(follow_up.sorted("date")[:1].date)
            or False,
        }

    @api.model
    def _feedback(self, feedback):
        return {
            "id": feedback.id,
            "author": feedback.author_user_id.name or False,
            "recipient": feedback.recipient_user_id.name
            or self._label(feedback, "recipient_role"),
            "date": fields.Datetime.to_string(feedback.date_sent) or False,
            "text": html2plaintext(feedback.body or "").strip()[:240],
            "reply": html2plaintext(feedback.reply or "").strip()[:240] or False,
            "waits_for_me": feedback.state == "awaiting_agreement",
        }

    @api.model
    def _readers_summary(self, people):
        """One line for each person who can read something: what, and how much."""
        counts, roles = {}, {}
        for record, readers in people.items():
            for reader in self._others(readers):
                per_model = counts.setdefault(reader["name"], {})
                per_model[record._name] = per_model.get(record._name, 0) + 1
                roles.setdefault(reader["name"], reader["role"])
        words = {
            "career.aspiration": lambda n: self.env._("wishes: %(count)s", count=n),
            "career.conversation": lambda n: self.env._(
                "conversations: %(count)s", count=n
            ),
            "career.plan": lambda n: self.env._("plans: %(count)s", count=n),
        }
        return [
            {
                "name": name,
                "role": roles[name],
                "reason": ", ".join(
                    word(counts[name][model])
                    for model, word in words.items()
                    if model in counts[name]
                ),
            }
            for name in sorted(counts)
        ]

    @api.model
    def _offer(self):
        """Ways to develop, and coaches with room in the user's company."""
        methods = self.env["career.development.method"].search(
            [], order="is_classical, sequence, id", limit=6
        )
        coaches = self.env["career.coach"].search([], limit=6)
        own = self.env.user._career_employee()
        return {
            "methods": [
                {
                    "id": method.id,
                    "name": method.name,
                    "first_step": method.first_step or "",
                }
                for method in methods
            ],
            "coaches": [
                {
                    "id": coach.id,
                    "name": coach.display_name,
                    "speciality": coach.speciality or "",
                    "has_room": coach.has_room,
                }
                for coach in coaches
                if coach.employee_id != own
            ],
        }

    # --------------------------------------------------------------- the next step
    @api.model
    def _next_step(self, aspirations, conversations, plans, told):
        """The one thing to do now (R2.9).

        :return: ``title``, ``text``, ``button`` and what the button opens: ``model``
            and ``id`` (False for a new document), or what its ``method`` returns
        """
        for step in (
            self._step_answer(plans, told),
            self._step_conversation(conversations),
            self._step_plan(plans),
            self._step_aspiration(aspirations),
            self._step_begin(aspirations, conversations, plans),
        ):
            if step:
                return step
        return False

    @api.model
    def _step(self, title, text, button, record, res_id=None, method=False):
        return {
            "method": method,
            "title": title,
            "text": text,
            "button": button,
            "model": record._name,
            "id": record.id if res_id is None else res_id,
        }

    @api.model
    def _step_answer(self, plans, told):
        """Somebody waits for the employee's yes or no."""
        for plan in plans:
            if plan.state == "proposed" and not plan.employee_signed_on:
                return self._step(
                    self.env._("Your development plan waits for your signature"),
                    self.env._("Read it once more. When both have signed, it begins."),
                    self.env._("Read and sign"),
                    plan,
                )
        waiting = told.filtered(lambda f: f.state == "awaiting_agreement")[:1]
        if waiting:
            return self._step(
                self.env._("May this be told?"),
                self.env._(
                    "Your guide wants to tell something about your conversation. It "
                    "is sent only if you agree; to refuse has no consequence."
                ),
                self.env._("Read it"),
                waiting,
            )
        referral = self.env["career.referral"].search(
            [("employee_user_id", "=", self.env.uid), ("state", "=", "proposed")],
            limit=1,
        )
        if referral:
            return self._step(
                self.env._("Another conversation was proposed to you"),
                self.env._("You decide. Nobody learns what you choose."),
                self.env._("Look at it"),
                referral,
            )
        return False

    @api.model
    def _step_conversation(self, conversations):
        for conversation in conversations:
            if conversation.state == "held" and not conversation.employee_confirmed:
                return self._step(
                    self.env._("Confirm the report of your conversation"),
                    self.env._(
                        "Is this what was said? If not, tell your guide what is not."
                    ),
                    self.env._("Read the report"),
                    conversation,
                )
        planned = conversations.filtered(lambda c: c.state == "planned")
        for conversation in planned.sorted("date_start"):
            preparation = conversation.my_preparation_id
            if preparation and not preparation.date_ready:
                return self._step(
                    self.env._("Prepare your conversation"),
                    self.env._(
                        "A few questions help you to think. Only you can read your "
                        "answers, until you share them."
                    ),
                    self.env._("Prepare"),
                    conversation,
                    # which brings the questions along
                    method="button_open_preparation",
                )
        return False

    @api.model
    def _step_plan(self, plans):
        draft = plans.filtered(lambda p: p.state == "draft")[:1]
        if draft:
            return self._step(
                self.env._("Finish your development plan"),
                self.env._(
                    "What do you want to be able to do, and what will you do for it?"
                ),
                self.env._("Go on with the plan"),
                draft,
            )
        late = plans.action_ids.filtered("is_overdue").sorted("deadline")[:1]
        if late:
            return self._step(
                self.env._("Done, or another date?"),
                self.env._('"%(action)s" has passed its date.', action=late.name),
                self.env._("Open the plan"),
                late.plan_id,
            )
        return False

    @api.model
    def _step_aspiration(self, aspirations):
        if not aspirations:
            return self._step(
                self.env._("What would you like in your career?"),
                self.env._(
                    "Write it down for yourself. Only you can read it, until you "
                    "choose with whom you share it. To stay where you are is a wish, "
                    "too."
                ),
                self.env._("Note a wish"),
                aspirations,
                res_id=False,
            )
        asked = aspirations.filtered("is_to_confirm")[:1]
        if asked:
            return self._step(
                self.env._("Is this still your wish?"),
                self.env._("You last said so more than six months ago."),
                self.env._("Look at the wish"),
                asked,
            )
        return False

    @api.model
    def _step_begin(self, aspirations, conversations, plans):
        running = conversations.filtered(lambda c: c.state in _OPEN)
        year_ago = fields.Datetime.now() - relativedelta(years=1)
        recent = conversations.filtered(
            lambda c: c.date_held and c.date_held >= year_ago
        )
        if not running and not recent:
            return self._step(
                self.env._("Ask for a conversation"),
                self.env._(
                    "With your manager or with somebody else: you choose, and you see "
                    "beforehand who will know of it."
                ),
                self.env._("Ask for a conversation"),
                conversations,
                res_id=False,
            )
        agreed = plans.filtered(lambda p: p.state == "agreed")
        action = agreed.action_ids.filtered(lambda a: a.state in ("todo", "doing"))
        action = action.filtered("deadline").sorted("deadline")[:1]
        if action:
            return self._step(
                self.env._("Next in your plan"),
                action.name,
                self.env._("Open the plan"),
                action.plan_id,
            )
        return False

    # --------------------------------------------------------------------- my team
    @api.model
    @api.readonly
    def my_team(self):
        """The page of a manager about the own reports, as far as he may know.

        Line conversations that he holds, and the wishes and plans that he can read
        by his own rights: whether there is anything else leaves no trace (R1.6).

        :return: dictionary; ``members`` is empty for who has no reports
        """
        reports = self._reports()
        mine = [("employee_id", "in", reports.ids)]
        conversations = self.env["career.conversation"].search(
            [
                *mine,
                ("conductor_user_id", "=", self.env.uid),
                ("conductor_role", "=", "n1"),
                ("state", "!=", "cancelled"),
            ]
        )
        plans = self.env["career.plan"].search(
            [*mine, ("state", "in", ("draft", "proposed", "agreed", "evaluated"))]
        )
        wishes = self.env["career.aspiration"].search(
            [*mine, ("state", "=", "active"), ("share_n1", "=", True)]
        )
        to_plan = self._to_plan()
        by_employee = [
            self._by_employee(records)
            for records in (conversations, plans, wishes, to_plan)
        ]
        members = [self._member(report, *by_employee) for report in reports]
        members.sort(key=lambda m: (m["priority"], m["name"].lower(), m["id"]))
        return {
            "members": members,
            "gauge": self._pooled(plans),
            "to_plan": len(to_plan),
            "waiting": sum(bool(member["attention"]) for member in members),
        }

    @api.model
    def _reports(self):
        """The user's own reports; a line may cross companies."""
        # sudo: hr.employee - names and jobs of own reports, public in Odoo
        employees = self.env["hr.employee"].sudo()
        own = employees.search([("user_id", "=", self.env.uid)])
        return employees.search(
            [("parent_id", "in", own.ids), ("id", "not in", own.ids)]
        )

    @api.model
    def _job_title(self, employee):
        """The title of somebody's job, in the language of who looks.

        Odoo keeps the title as text, in the language of who chose the job; unless it
        was changed by hand, it is the name of the job, which is translated.
        """
        # sudo: hr.employee, hr.job - titles are public in Odoo
        employee = employee.sudo()
        if employee.job_id and not employee.is_custom_job_title:
            return employee.job_id.name
        return employee.job_title or ""

    @api.model
    def _by_employee(self, records):
        """Like ``grouped``, but all are still read together."""
        return {
            employee_id: group.with_prefetch(records._prefetch_ids)
            for employee_id, group in records.grouped(
                lambda record: record.employee_id.id
            ).items()
        }

    @api.model
    def _pooled(self, plans):
        """K4d over the running and evaluated plans that the manager may read."""
        counted = plans.filtered(lambda p: p.state in ("agreed", "evaluated"))
        recent = fields.Date.context_today(self) - relativedelta(years=1)
        counted = counted.filtered(lambda p: p.date_end >= recent)
        rows = [row for plan in counted for row in plan._career_rate_rows()]
        total = rates.realisation(rows)
        target = self.env.company.career_target_rate
        return {
            "rate": total.shown or 0.0,
            "is_unmeasured": total.shown is None,
            "target": target,
            "is_target_met": bool(total.meets(target)),
            "plan_count": len(counted),
        }

    @api.model
    def _member(self, report, conversations, plans, wishes, to_plan):
        talks = conversations.get(report.id, self.env["career.conversation"])
        open_talks = talks.filtered(lambda c: c.state in _OPEN)
        order = {"held": 0, "planned": 1, "requested": 2}
        talk = self._first(open_talks.sorted(lambda c: order[c.state]))
        held = [day for day in talks.mapped("date_held") if day]
        plan = self._main_plan(plans.get(report.id, self.env["career.plan"]))
        attention = self._attention(open_talks, plan, held)
        if any(part.is_late for part in to_plan.get(report.id, ())) and not open_talks:
            attention.append((2, self.env._("The cycle ends: no date yet")))
            attention.sort(key=lambda pair: pair[0])
        return {
            "id": report.id,
            "name": report.name,
            "job": self._job_title(report),
            "conversation": talk
            and {
                "id": talk.id,
                "state": talk.state,
                "state_label": self._label(talk, "state"),
                "date": fields.Datetime.to_string(talk.date_start) or False,
            }
            or False,
            "last_held": fields.Datetime.to_string(max(held)) if held else False,
            "wish_count": len(wishes.get(report.id, ())),
            "plan": self._member_plan(plan),
            "attention": [text for _priority, text in attention],
            "priority": attention[0][0] if attention else 9,
        }

    @api.model
    def _member_plan(self, plan):
        if not plan:
            return False
        return {
            "id": plan.id,
            "rate": plan.realisation_rate,
            "target": plan.target_rate,
            "is_target_met": plan.is_target_met,
            "is_unmeasured": plan.is_unmeasured,
            "state_label": self._label(plan, "state"),
            "track": plan.track or False,
            "track_label": self._label(plan, "track") if plan.track else False,
        }

    @api.model
    def _attention(self, talks, plan, held):
        """What waits for the manager, most pressing first: (priority, text)."""
        result = []
        late = talks.filtered("is_overdue")
        if any(talk.state == "planned" for talk in late):
            result.append((0, self.env._("The date has passed: note the outcome")))
        if any(talk.state == "requested" for talk in talks):
            result.append(
                (
                    0 if any(talk.state == "requested" for talk in late) else 1,
                    self.env._("Asked for a conversation: choose a date"),
                )
            )
        if any(talk.state == "held" and talk.conductor_confirmed for talk in late):
            result.append((0, self.env._("Held a while ago: close the conversation")))
        if plan.state == "proposed" and not plan.conductor_signed_on:
            if plan.is_conductor:
                result.append((2, self.env._("The plan waits for your signature")))
        late_actions = len(plan.action_ids.filtered("is_overdue"))
        if late_actions:
            result.append(
                (
                    3,
                    self.env._(
                        "Actions past their date: %(count)s", count=late_actions
                    ),
                )
            )
        if any(talk.state == "held" and not talk.conductor_confirmed for talk in talks):
            result.append((4, self.env._("Confirm the report")))
        year_ago = fields.Datetime.now() - relativedelta(years=1)
        if not talks and not held:
            result.append((5, self.env._("No conversation yet")))
        elif not talks and max(held) < year_ago:
            result.append((5, self.env._("No conversation for a year")))
        return result
