"""Who may do what, as data: the matrix of the rights, one row a document and state.

A row says what each role may do with one document of :mod:`world`. Roles are those of
the matrix (E, COND, N1, N2, HR, COACH) and personas; whoever is not named may do
nothing. ``COND`` is the persona who guides that document; roles add up.

Another topic adds its own rows: append to ``ROWS``, ``CREATE``, ``CATALOGUE`` and
``ACTION_ARGUMENTS``, and its documents to :mod:`world`.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from odoo import fields


@dataclass(frozen=True)
class Row:
    """One document in one state.

    ``rights``: role -> letters of R, W, D. ``write``: role -> fields it may set.
    ``actions``: ``action_…`` -> roles that may take the step; all others may not.
    """

    model: str
    situation: str
    rights: dict
    write: dict = field(default_factory=dict)
    actions: dict = field(default_factory=dict)


SHARES = "share_n1 share_n2 share_hr share_coach"
PARTS = "need_ids action_ids checkpoint_ids"
RUNNING = "action_ids checkpoint_ids"
E, COND, BOTH, OFFICERS = {"E"}, {"COND"}, {"E", "COND"}, {"HR", "HR2"}
HR_READ = {"HR": "R", "HR2": "R"}

# Nobody sets these, in whatever state: they follow from transitions and from the line.
NEVER_WRITTEN = set(
    """
    employee_id company_id employee_user_id n1_user_id n2_user_id hidden_from_n1
    hidden_from_n2 hidden_from_hr is_mine is_conductor is_coached_by_me reader_ids
    history_ids state initiator conductor_role event_id date_planned_original date_held
    employee_confirmed conductor_confirmed report_previous cancel_reason is_open_request
    feedback_ids preparation_ids referral_ids conversation_id route_id author_role
    recipient_role recipient_user_id author_user_id reply replied_by date_sent role
    date_ready version previous_id target_rate employee_signature employee_signed_by
    employee_signed_on conductor_signature conductor_signed_by conductor_signed_on
    date_agreed date_evaluated realisation_rate plan_state plan_id original_deadline
    date_done drop_reason drop_asked_by origin_id rate_at_date skip_reason date_closed
    refuse_reason new_conversation_id proposed_by last_confirmed preparation_id
    question_id create_uid create_date write_uid
    """.split()
)
# conductor_user_id follows from the guide who was chosen; only a plan's is set at all
NEVER_BUT = {"conductor_user_id": {"career.plan"}}

CONTENT = (
    f"direction target_job_id horizon wants_to_manage motivation matchable {SHARES}"
)
TALK_E = f"{SHARES} talking_points_employee"
TALK_REQUEST = f"{TALK_E} request kind"
TALK_C = "talking_points_conductor"
REPORT = "report outcome outcome_reason next_date"

PLACEHOLDER = {"action_add_placeholder": BOTH, "action_remove_placeholder": BOTH}

ROWS = [
    # ------------------------------------------------------------- aspirations
    Row(
        "career.aspiration",
        "draft",
        {"E": "RWD"},
        {"E": CONTENT},
        {"action_activate": E, "action_withdraw": E, "action_create_plan": E},
    ),
    *(
        Row(
            "career.aspiration",
            f"active{name}",
            {"E": "RW", **readers},
            {"E": CONTENT},
            {
                "action_achieve": E,
                "action_withdraw": E,
                "action_confirm": E,
                "action_create_plan": E,
            },
        )
        for name, readers in (
            ("", {}),
            ("_n1", {"N1": "R"}),
            ("_n2", {"N2": "R"}),
            ("_hr", HR_READ),
            ("_coach", {"COACH": "R"}),
        )
    ),
    Row(
        "career.aspiration",
        "after_line_change",
        {"E": "RW"},
        {"E": CONTENT},
        {
            "action_achieve": E,
            "action_withdraw": E,
            "action_confirm": E,
            "action_create_plan": E,
        },
    ),
    *(
        Row(
            "career.aspiration",
            state,
            {"E": "RW"},
            {"E": SHARES},
            {"action_activate": E},
        )
        for state in ("achieved", "withdrawn")
    ),
    # ----------------------------------------------------------- conversations
    Row(
        "career.conversation",
        "line_requested",
        {"E": "RWD", "COND": "RW"},
        {"E": TALK_REQUEST, "COND": f"{TALK_C} date_start duration kind"},
        {"action_plan": COND, "action_cancel": BOTH, "action_refer": COND},
    ),
    *(
        Row(
            "career.conversation",
            situation,
            {"E": "RW", "COND": "RW", **readers},
            {
                "E": f"{TALK_E} request item_ids",
                "COND": f"{TALK_C} date_start item_ids {REPORT}",
            },
            {
                "action_plan": COND,
                "action_hold": COND,
                "action_cancel": BOTH,
                "action_refer": COND,
                "action_create_plan": BOTH,
                "action_write_feedback": BOTH,
                **(
                    PLACEHOLDER
                    if guide != "N1"
                    else {"action_remove_placeholder": BOTH}
                ),
                **({} if guide in ("N1", "N2") else {"action_assign": COND}),
            },
        )
        for situation, readers, guide in (
            ("line_planned", {}, "N1"),
            ("staff_share_n1", {"N1": "R"}, "HR"),
            ("staff_share_n2", {"N2": "R"}, "HR"),
            ("staff_share_hr", {"HR2": "R"}, "HR"),
            ("staff_share_coach", {}, "HR"),
            ("management_planned", {}, "N2"),
            ("management_share_n1", {"N1": "R"}, "N2"),
        )
    ),
    Row(
        "career.conversation",
        "mentor_planned",
        {"E": "RW", "COND": "RW"},
        {
            "E": f"{TALK_E} request item_ids",
            "COND": f"{TALK_C} date_start item_ids {REPORT}",
        },
        {
            "action_assign": COND,
            "action_plan": COND,
            "action_hold": COND,
            "action_cancel": BOTH,
            "action_refer": COND,
            "action_create_plan": BOTH,
            "action_write_feedback": E,
            **PLACEHOLDER,
        },
    ),
    Row(
        "career.conversation",
        "line_held",
        {"E": "RW", "COND": "RW"},
        {"E": f"{TALK_E} item_ids", "COND": f"{TALK_C} item_ids {REPORT}"},
        {
            "action_confirm_report": BOTH,
            "action_refer": COND,
            "action_create_plan": BOTH,
            "action_write_feedback": BOTH,
        },
    ),
    Row(
        "career.conversation",
        "no_login_held",
        {"COND": "RW"},
        {"COND": f"{TALK_C} {REPORT}"},
        {
            "action_confirm_report": COND,
            "action_record_confirmation": COND,
            "action_refer": COND,
            "action_create_plan": COND,
            "action_write_feedback": COND,
        },
    ),
    Row(
        "career.conversation",
        "former_held",
        {"E": "RW", "COND": "RW"},
        {"E": f"{TALK_E} item_ids", "COND": f"{TALK_C} item_ids {REPORT}"},
        {
            "action_confirm_report": BOTH,
            "action_refer": COND,
            "action_create_plan": BOTH,
            "action_write_feedback": BOTH,
        },
    ),
    Row(
        "career.conversation",
        "coach_held",
        {"E": "RW", "COND": "RW"},
        {"E": f"{TALK_E} item_ids", "COND": f"{TALK_C} item_ids {REPORT}"},
        {
            "action_confirm_report": BOTH,
            "action_close": BOTH,
            "action_refer": COND,
            "action_create_plan": BOTH,
            "action_write_feedback": BOTH,
        },
    ),
    Row(
        "career.conversation",
        "line_closed",
        {"E": "RW", "COND": "RW"},
        {"E": TALK_E, "COND": TALK_C},
        {"action_create_plan": BOTH, "action_write_feedback": BOTH},
    ),
    Row(
        "career.conversation",
        "line_cancelled",
        {"E": "RW", "COND": "RW"},
        {"E": TALK_E, "COND": TALK_C},
    ),
    Row(
        "career.conversation",
        "staff_request",
        {"E": "RWD", **HR_READ},
        {"E": TALK_REQUEST},
        {"action_assign": OFFICERS, "action_cancel": E},
    ),
    Row(
        "career.conversation",
        "staff_taken",
        {"E": "RWD", "COND": "RW"},
        {"E": TALK_REQUEST, "COND": f"{TALK_C} date_start duration kind"},
        {
            "action_assign": COND,
            "action_plan": COND,
            "action_cancel": BOTH,
            "action_refer": COND,
        },
    ),
    Row(
        "career.conversation",
        "pool_request",
        {"E": "RWD", "COACH": "R", "POOL": "R"},
        {"E": TALK_REQUEST},
        {"action_assign": {"COACH", "POOL"}, "action_cancel": E},
    ),
    Row(
        "career.conversation",
        "external_requested",
        {"E": "RWD"},
        {"E": f"{TALK_REQUEST} date_start adviser_id"},
        {"action_plan": E, "action_cancel": E},
    ),
    Row(
        "career.conversation",
        "external_planned",
        {"E": "RW"},
        {"E": f"{TALK_E} date_start {REPORT}"},
        {
            "action_plan": E,
            "action_hold": E,
            "action_cancel": E,
            "action_create_plan": E,
            "action_write_feedback": E,
            "action_add_placeholder": E,
            "action_remove_placeholder": E,
        },
    ),
    # ------------------------------------------------------------ preparations
    *(
        Row(
            "career.preparation",
            f"{channel}_{side}",
            {role: "RW"},
            {role: "note question_set_id"},
            {
                "action_load_questions": {role},
                "action_ready": {role},
                "action_share": {role},
            },
        )
        for channel in ("line", "staff")
        for side, role in (("employee", "E"), ("conductor", "COND"))
    ),
    *(
        Row(
            "career.preparation",
            f"shared_{side}",
            {role: "RW", other: "R"},
            {role: "note question_set_id"},
            {
                "action_load_questions": {role},
                "action_ready": {role},
                "action_unshare": {role},
            },
        )
        for side, role, other in (
            ("employee", "E", "COND"),
            ("conductor", "COND", "E"),
        )
    ),
    Row(
        "career.preparation",
        "recorded",
        {"E": "RW", "COND": "R"},
        {"E": "note question_set_id"},
        {
            "action_load_questions": E,
            "action_ready": E,
            "action_unshare": E,
            "action_confirm_recording": E,
        },
    ),
    *(
        Row(
            "career.preparation.answer",
            f"{channel}_{side}",
            {role: "RW", **({other: "R"} if channel == "shared" else {})},
            {role: "answer"},
        )
        for channel in ("line", "staff", "shared")
        for side, role, other in (
            ("employee", "E", "COND"),
            ("conductor", "COND", "E"),
        )
    ),
    # ---------------------------------------------------------------- feedback
    Row(
        "career.feedback",
        "staff_conductor_n1_draft",
        {"COND": "RWD"},
        {"COND": "body"},
        {"action_send": COND},
    ),
    *(
        Row(
            "career.feedback",
            f"{channel}_awaiting_agreement",
            {"COND": "RW", "E": "R"},
            {},
            {"action_agree": E, "action_refuse": E},
        )
        for channel in ("staff_conductor_n1", "coach_conductor_hr")
    ),
    Row("career.feedback", "staff_conductor_n1_refused", {"COND": "RW", "E": "R"}),
    Row(
        "career.feedback",
        "staff_conductor_n1_sent",
        {"COND": "RW", "E": "R", "N1": "R"},
        {},
        {"action_answer": {"N1"}},
    ),
    Row(
        "career.feedback",
        "staff_conductor_n2_sent",
        {"COND": "RW", "E": "R", "N2": "R"},
        {},
        {"action_answer": {"N2"}},
    ),
    Row(
        "career.feedback",
        "line_conductor_n2_sent",
        {"COND": "RW", "E": "R", "N2": "R"},
        {},
        {"action_answer": {"N2"}},
    ),
    Row(
        "career.feedback",
        "line_conductor_hr_sent",
        {"COND": "RW", "E": "R", **HR_READ},
        {},
        {"action_answer": OFFICERS},
    ),
    Row(
        "career.feedback",
        "coach_conductor_hr_sent",
        {"COND": "RW", "E": "R", **HR_READ},
        {},
        {"action_answer": OFFICERS},
    ),
    Row(
        "career.feedback",
        "staff_employee_n1_draft",
        {"E": "RWD"},
        {"E": "body"},
        {"action_send": E},
    ),
    Row(
        "career.feedback",
        "staff_employee_n1_sent",
        {"E": "RW", "N1": "R"},
        {},
        {"action_answer": {"N1"}},
    ),
    Row(
        "career.feedback",
        "staff_employee_n2_sent",
        {"E": "RW", "N2": "R"},
        {},
        {"action_answer": {"N2"}},
    ),
    Row(
        "career.feedback",
        "line_employee_hr_sent",
        {"E": "RW", **HR_READ},
        {},
        {"action_answer": OFFICERS},
    ),
    # --------------------------------------------------------------- referrals
    Row(
        "career.referral",
        "proposed",
        {"E": "R"},
        {},
        {"action_accept": E, "action_decline": E},
    ),
    # -------------------------------------------------- points of a conversation
    Row(
        "career.conversation.item",
        "planned",
        {"E": "RWD", "COND": "RWD"},
        {"E": "name done", "COND": "name done"},
    ),
    Row(
        "career.conversation.item",
        "held",
        {"E": "RWD", "COND": "RWD"},
        {"E": "name done", "COND": "name done"},
    ),
    Row(
        "career.conversation.item",
        "closed",
        {"E": "RW", "COND": "RW"},
        {"E": "done", "COND": "done"},
    ),
    Row(
        "career.conversation.item",
        "staff_share_hr",
        {"E": "RWD", "COND": "RWD", "HR2": "R"},
        {"E": "name done", "COND": "name done"},
    ),
    # ----------------------------------------------- cycle, deal and assessment
    Row(
        "career.participation",
        "running",
        {"E": "R", "N1": "RW", "N2": "R", "HR": "RW", "HR2": "RW"},
        {"N1": "deadline", "HR": "deadline", "HR2": "deadline"},
        {
            "action_arranged_otherwise": E,
            "action_create_conversation": {"N1", "HR", "HR2"},
            "action_excuse": {"N1", "HR", "HR2"},
        },
    ),
    Row(
        "career.participation",
        "arranged",
        {"E": "R", "N1": "RW", "N2": "R", "HR": "RW", "HR2": "RW"},
        {},
        {"action_reopen": E},
    ),
    Row(
        "career.deal",
        "to_sign",
        {"E": "R", "N1": "R", "HR": "RW", "HR2": "RW"},
        {"HR": "deadline", "HR2": "deadline"},
        {"action_sign": E, "action_cancel": OFFICERS},
    ),
    *(
        Row(
            "career.assessment",
            f"own{name}",
            {"E": "RWD", **readers},
            {"E": f"{SHARES} conclusion date"},
        )
        for name, readers in (
            ("", {}),
            ("_share_n1", {"N1": "R"}),
            ("_share_hr", HR_READ),
        )
    ),
    Row(
        "career.assessment",
        "by_hr",
        {"E": "RW", "HR": "RW", "HR2": "RW"},
        {"E": SHARES, "HR": "conclusion date", "HR2": "conclusion date"},
    ),
    # ------------------------------------------------------------------- plans
    Row(
        "career.plan",
        "draft",
        {"E": "RW", "COND": "RW"},
        {
            "E": f"{SHARES} title date_start date_end {PARTS}",
            "COND": f"title date_start date_end {PARTS}",
        },
        {
            "action_propose": BOTH,
            "action_cancel": BOTH,
            "action_propose_checkpoints": BOTH,
        },
    ),
    Row(
        "career.plan",
        "proposed",
        {"E": "RW", "COND": "RW"},
        {"E": SHARES},
        {"action_reset": BOTH, "action_sign": BOTH, "action_cancel": BOTH},
    ),
    Row(
        "career.plan",
        "no_login_proposed",
        {"COND": "RW", **HR_READ},
        {},
        {
            "action_reset": COND,
            "action_sign": COND,
            "action_sign_on_screen": COND,
            "action_cancel": COND,
        },
    ),
    *(
        Row(
            "career.plan",
            situation,
            {"E": "RW", "COND": "RW", **readers},
            {"E": f"{SHARES} {RUNNING}", "COND": RUNNING},
            {"action_cancel": BOTH, "action_revise": BOTH},
        )
        for situation, readers in (
            ("agreed", {}),
            ("staff_agreed", {}),
            ("staff_share_n1", {"N1": "R"}),
            ("staff_share_n2", {"N2": "R"}),
            ("staff_share_hr", {"HR2": "R"}),
            ("staff_share_coach", {"COACH": "R"}),
        )
    ),
    Row("career.plan", "evaluated", {"E": "RW", "COND": "RW"}, {"E": SHARES}),
    Row("career.plan", "cancelled", {"E": "RW", "COND": "RW"}, {"E": SHARES}),
    # A part of a draft can be taken out again: that is writing the draft.
    *(
        Row(
            model,
            situation,
            {
                "E": "RWD" if situation == "draft" else "RW",
                "COND": "RWD" if situation == "draft" else "RW",
                **readers,
            },
            {role: names.get(situation, "") for role in ("E", "COND")},
            actions.get(situation, {}),
        )
        for model, names, actions in (
            (
                "career.plan.need",
                {"draft": "name domain situation"},
                {
                    **dict.fromkeys(
                        (
                            "agreed",
                            "evaluated",
                            "staff_agreed",
                            "staff_share_n1",
                            "staff_share_n2",
                            "staff_share_hr",
                            "staff_share_coach",
                        ),
                        {"action_decline_skill": E},
                    ),
                },
            ),
            (
                "career.plan.action",
                {
                    "draft": "name weight deadline",
                    **dict.fromkeys(
                        (
                            "agreed",
                            "staff_agreed",
                            "staff_share_n1",
                            "staff_share_n2",
                            "staff_share_hr",
                            "staff_share_coach",
                        ),
                        "evidence hours",
                    ),
                },
                {
                    **dict.fromkeys(
                        (
                            "agreed",
                            "staff_agreed",
                            "staff_share_n1",
                            "staff_share_n2",
                            "staff_share_hr",
                            "staff_share_coach",
                        ),
                        {
                            "action_start": BOTH,
                            "action_done": BOTH,
                            "action_drop": BOTH,
                            "action_postpone": BOTH,
                        },
                    ),
                },
            ),
            (
                "career.plan.checkpoint",
                {"draft": "date"},
                {
                    **dict.fromkeys(
                        (
                            "agreed",
                            "staff_agreed",
                            "staff_share_n1",
                            "staff_share_n2",
                            "staff_share_hr",
                            "staff_share_coach",
                        ),
                        {"action_hold": BOTH, "action_skip": BOTH},
                    ),
                },
            ),
        )
        for situation, readers in (
            ("draft", {}),
            ("proposed", {}),
            ("agreed", {}),
            ("evaluated", {}),
            ("cancelled", {}),
            ("staff_agreed", {}),
            ("staff_share_n1", {"N1": "R"}),
            ("staff_share_n2", {"N2": "R"}),
            ("staff_share_hr", {"HR2": "R"}),
            ("staff_share_coach", {"COACH": "R"}),
        )
    ),
    Row(
        "career.plan.need",
        "skill_reached",
        {"E": "RW", "COND": "RW"},
        {},
        {"action_add_skill": E, "action_decline_skill": E},
    ),
    Row(
        "career.plan.action",
        "drop_asked",
        {"E": "RW", "COND": "RW"},
        {"E": "evidence hours", "COND": "evidence hours"},
        {"action_agree_drop": COND, "action_refuse_drop": BOTH},
    ),
    Row(
        "career.plan.action",
        "done",
        {"E": "RW", "COND": "RW"},
        {"E": "evidence hours", "COND": "evidence hours"},
        {"action_reopen": BOTH},
    ),
    Row(
        "career.plan",
        "all_done",
        {"E": "RW", "COND": "RW"},
        {"E": f"{SHARES} {RUNNING}", "COND": RUNNING},
        {"action_evaluate": BOTH, "action_cancel": BOTH, "action_revise": BOTH},
    ),
    # ------------------------------------------------------------ trajectories
    Row(
        "career.trajectory",
        "request_pool",
        {"E": "RD", "COACH": "R", "POOL": "R"},
        {},
        {"action_accept": {"COACH", "POOL"}},
    ),
    Row(
        "career.trajectory",
        "request_coach",
        {"E": "RD", "COND": "RW"},
        {},
        {"action_accept": COND, "action_refuse": COND},
    ),
    Row(
        "career.trajectory",
        "running",
        {"E": "R", "COND": "RW"},
        {"COND": "referral"},
        {"action_close": BOTH, "action_create_conversation": BOTH},
    ),
    Row("career.trajectory", "closed", {"E": "R", "COND": "RW"}),
    Row("career.trajectory", "refused", {"E": "R", "COND": "RW"}),
    # ----------------------------------------------------------------- history
    Row("career.history", "line", {"E": "R"}),
    Row("career.history", "document", {"E": "R"}),
]

_LINE_AND_HR = ("N1", "N2", "HR", "HR2")
# Whom E can let read a document, beside those who read it anyway.
SHARED_READERS = {
    "career.aspiration": (*_LINE_AND_HR, "COACH"),
    "career.conversation": _LINE_AND_HR,
    "career.conversation.item": _LINE_AND_HR,
    "career.plan": (*_LINE_AND_HR, "COACH"),
    "career.plan.need": (*_LINE_AND_HR, "COACH"),
    "career.plan.action": (*_LINE_AND_HR, "COACH"),
    "career.plan.checkpoint": (*_LINE_AND_HR, "COACH"),
    "career.assessment": (*_LINE_AND_HR, "COACH"),
}

# Their columns come from the mixin, but who reads them is decided otherwise: the two
# sides of a talk, the recipient of a message, the line, HR.
NEVER_SHARED = {
    "career.deal",
    "career.feedback",
    "career.participation",
    "career.preparation",
    "career.preparation.answer",
    "career.trajectory",
}

# Who can make one about E: role -> values that he gives. All others cannot.
CREATE = {
    "career.aspiration": {"E": {"direction": "stay"}},
    "career.conversation": {
        "E": {"channel": "line"},
        "N1": {"channel": "line"},
        "N2": {"channel": "management"},
        "HR": {"channel": "staff"},
        "HR2": {"channel": "staff"},
    },
    "career.plan": {
        "E": {"channel": "line"},
        "N1": {"channel": "line"},
        "N2": {"channel": "management"},
        "HR": {"channel": "staff"},
        "HR2": {"channel": "staff"},
    },
    "career.trajectory": {"E": {}},
    # parts: made in a document of their parent
    "career.plan.need": {"E": {"name": "x"}, "N1": {"name": "x"}},
    "career.plan.action": {"E": {"name": "x"}, "N1": {"name": "x"}},
    "career.plan.checkpoint": {"E": {}, "N1": {}},
    "career.feedback": {"E": {"role": "employee"}, "N1": {"role": "conductor"}},
    "career.preparation": {},
    "career.preparation.answer": {"E": {}},
    "career.referral": {},
    "career.history": {},
    "career.conversation.item": {"E": {"name": "x"}, "N1": {"name": "x"}},
    "career.participation": {"HR": {}, "HR2": {}},
    "career.deal": {"HR": {}, "HR2": {}},
    "career.assessment": {"E": {}, "HR": {}, "HR2": {}},
}

_ADMIN = {"ADMIN": "RWCD"}
_HR = dict.fromkeys(("HR", "HR2", "OTHERHR"), "RWCD")
_HR_READS = dict.fromkeys(("HR", "HR2", "OTHERHR"), "R")
_ALL = {"*": "R"}

# Models without a person's document. "*" is every internal user; portal and public
# never. Where the rows differ, the model's own tests look at the record rules.
CATALOGUE = {
    "career.channel": {**_ALL, **_ADMIN},
    "career.channel.route": {**_ALL, **_ADMIN},
    "career.deal.template": {**_ALL, **_ADMIN},
    "career.employee.type": {**_ALL, **_ADMIN},
    "career.question": {**_ALL, **_HR, **_ADMIN},
    "career.question.set": {**_ALL, **_HR, **_ADMIN},
    "career.development.method": {**_ALL, **_HR, **_ADMIN},
    "career.resource": {**_ALL, **_HR, **_ADMIN},
    "career.resource.session": {**_ALL, **_HR, **_ADMIN},
    "career.path": {**_ALL, **_HR, **_ADMIN},
    "career.path.step": {**_ALL, **_HR, **_ADMIN},
    "career.coach": {**_ALL, **_HR, **_ADMIN},
    "career.cycle": {**_ALL, **_HR},
    "career.deal.sending": _HR,
    "career.help.question": {"*": "RWC"},
    "career.personal.page": _ALL,
    "career.resource.use": _HR_READS,
    "career.security.event": {**_HR_READS, "ADMIN": "R"},
    "career.start.step": {**_HR_READS, "ADMIN": "R"},
    # for the server alone
    "career.notice": {},
    "career.resource.evaluation": {},
}

# Dialogs and parts of the machinery that hold no document of their own.
WITHOUT_ROWS = {"career.step.wizard"}

# Steps for an employee without a user, or that need what this world does not have:
# here they are refused to all, and their own tests play who may.
ELSEWHERE = {
    "career.plan.action_add_job_needs",
    "career.plan.action_create_from_job",
}
# Steps that open or print what the caller reads, and decide nothing.
OPENERS = {"action_print", "action_plan_several"}


def _later(world):
    return fields.Datetime.now() + timedelta(days=9)


def _other_channel(world, record):
    present = record.with_env(world.env).channel_id
    return ((world.channel("staff") | world.channel("mentor")) - present)[:1]


# what a step needs: action -> function (world, record as the persona) -> arguments
ACTION_ARGUMENTS = {
    "action_refer": lambda w, r: (_other_channel(w, r),),
    "action_plan": lambda w, r: (_later(w),),
    "action_hold": lambda w, r: (
        ("decide_later",) if r._name == "career.conversation" else ("Note",)
    ),
    "action_sign_on_screen": lambda w, r: ("c2lnbmVk",),
    "action_cancel": lambda w, r: ("Not now",),
    "action_skip": lambda w, r: ("No time",),
    "action_drop": lambda w, r: ("No room",),
    "action_answer": lambda w, r: ("Thank you",),
    "action_excuse": lambda w, r: ("Long leave",),
    "action_create_from_job": lambda w, r: (w.people["E"], w.env["hr.job"]),
    "action_add_job_needs": lambda w, r: (w.env["hr.job"],),
    "action_postpone": lambda w, r: (r.with_env(w.env).plan_id.date_end,),
    "action_write_feedback": lambda w, r: (r.available_route_ids[:1],),
}
