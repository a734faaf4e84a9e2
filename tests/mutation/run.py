"""Switch off one right at a time; an oracle of the tests has to notice.

Read by ``odoo shell``, which gives ``env``. See README.md.
"""

import logging
import os
import time
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from unittest.mock import patch

from odoo.addons.career_guidance.tests import access_matrix as matrix
from odoo.addons.career_guidance.tests import access_oracle as oracle
from odoo.addons.career_guidance.tests import leak_probes as probes
from odoo.addons.career_guidance.tests.world import World

logging.disable(logging.CRITICAL)
env = globals()["env"]
KINDS = os.environ.get("MUTANTS", "rule,whitelist,transition,check").split(",")
REPORT = os.environ.get("MUTANTS_REPORT", "docs/access-mutants.md")
BUDGET = float(os.environ.get("MUTANTS_SECONDS", "1e9"))
NAMED = os.environ.get("MUTANTS_NAMED", "")
begun = time.time()
world = World(env)
known = {persona: probes.visible(world, persona) for persona in world.users}


# ---------------------------------------------------------------------- oracles
def reading(model):
    """Who finds what, for all documents of a model: one search a persona."""
    mine = probes.kept(world, model)
    for persona in world.users:
        found = oracle.readable(world, model, persona) & mine
        if found != known[persona].get(model, set()):
            return f"{persona} finds other documents"
    return None


def two_roles(model):
    """E's manager is officer and coach as well: hidden stays hidden."""
    mine = probes.kept(world, model)
    with oracle.undone(env):
        expected = {
            role: oracle.readable(world, model, role) & mine for role in ("N1", "N2")
        }
        groups = [
            env.ref(f"career_guidance.group_career_{name}").id
            for name in ("officer", "coach")
        ]
        for role in ("N1", "N2"):
            world.users[role].group_ids = [(4, group) for group in groups]
        hidden = {
            record.id
            for (name, __), (record, ___) in world.records.items()
            if name == model
            and "hidden_from_n1" in record._fields
            and record.hidden_from_n1
            and record.hidden_from_n2
        }
        for role in ("N1", "N2"):
            found = oracle.readable(world, model, role) & hidden
            if found - expected[role]:
                return f"{role} with more groups reads what is hidden"
    # the groups are taken back; what was cached with them must go, too
    env.registry.clear_cache()
    return None


PERSONAS = [p for p in world.users if p not in ("PUBLIC", "STANDIN", "BOARD")]


def rows(model, only=None):
    """The rows of the matrix, one after the other, until one fails.

    :param only: the calls and fields that the mutant can change; all by default
    """
    for row in matrix.ROWS:
        if row.model == model:
            wrong = oracle.check_row(world, row, PERSONAS, only)
            wrong = wrong or oracle.check_shared_row(world, row, PERSONAS, only)
            if wrong:
                return wrong[0]
    return None


def making(model):
    wrong = oracle.check_create(world, model) if model in matrix.CREATE else []
    return wrong[0] if wrong else None


def leaking(model):
    for persona in ("PEER", "N1"):
        for record_model, situation in (
            ("career.conversation", "coach_held"),
            ("career.plan.need", "staff_agreed"),
        ):
            record = world.records[record_model, situation][0]
            with oracle.undone(env):
                for probe in (probes.probe_record, probes.probe_onchange):
                    for leak in probe(world, persona, record):
                        return leak
        for probe in (probes.probe_links, probes.probe_defaults):
            arguments = (world, persona)
            if probe is probes.probe_links:
                for name in ("career.conversation", "career.feedback"):
                    for leak in probe(world, "N1", name, known["N1"]):
                        return leak
                    for leak in probe(world, "POOL", name, known["POOL"]):
                        return leak
            else:
                for leak in probe(*arguments):
                    return leak
    return None


def line(model):
    """A new manager; who reads, who guides, who coaches."""
    with oracle.undone(env):
        world.people["E"].parent_id = world.people["MANAGER"]
        env.flush_all()
        for name, situation, reader, lost in (
            ("career.aspiration", "active_n1", None, "N1"),
            ("career.conversation", "line_planned", "MANAGER", "N1"),
            ("career.plan", "agreed", "MANAGER", "N1"),
        ):
            record = world.records[name, situation][0]
            if reader and not oracle.reads(world, record, reader):
                return f"{situation} did not pass"
            if oracle.reads(world, record, lost):
                return f"{situation} stayed"
        if world.records["career.aspiration", "active_n1"][0].share_n1:
            return "still shared with the line"
        world.people["POOL"].active = False
        if world.users["POOL"].has_group("career_guidance.group_career_coach"):
            return "who left is still a coach"
    return None


def starting(model):
    """Nobody makes himself somebody's mentor; an error tells nothing."""
    said = set()
    for code in ("mentor", "line", "management", "external"):
        problem = oracle.allowed(
            world,
            env["career.conversation"],
            "PEER",
            "create",
            [
                {
                    "employee_id": world.people["E"].id,
                    "channel_id": world.channel(code).id,
                }
            ],
        )
        said.add(problem)
    return None if len(said) == 1 and None not in said else f"said {said}"


def closing(model):
    """What a guide did not share is deleted when it is closed."""
    talk = world.records["career.conversation", "coach_held"][0]
    with oracle.undone(env):
        world.view(talk, "E").action_close()
        left = env["career.preparation"].search(
            [
                ("conversation_id", "=", talk.id),
                ("role", "=", "conductor"),
                ("state", "=", "private"),
            ]
        )
        if left:
            return "the notes are still there"
    return None


def moving(model):
    """A colleague whom one of the two invited does not move the meeting."""
    event = world.records["career.conversation", "line_planned"][0].event_id
    with oracle.undone(env):
        event.partner_ids = [(4, world.users["PEER"].partner_id.id)]
        if not oracle.allowed(world, event, "PEER", "unlink"):
            return "a guest deleted it"
    return None


def defaults(model):
    """Neither a context nor a database default shares for the employee."""
    with oracle.undone(env):
        env["ir.default"].set("career.aspiration", "share_n1", True)
        wish = world.model("career.aspiration", "E").create({"direction": "stay"})
        if wish.share_n1:
            return "shared by a default"
    return None


def declared(model):
    """The last resort: the rule is not as the model declares it."""
    if model == "career.history":
        return None
    wrong = oracle.undeclared_rules(env, model)
    return wrong[0] if wrong else None


ORACLES = (reading, two_roles, making, rows)
CHECKS = (reading, line, starting, closing, moving, defaults, leaking)


# ---------------------------------------------------------------------- mutants
@contextmanager
def rule_off(rule, widened):
    rule.write({"domain_force": "[(1, '=', 1)]"} if widened else {"active": False})
    env.registry.clear_cache()
    yield


def rule_mutants():
    models = [*probes.confidential(env)]
    found = env["ir.rule"].search([("model_id.model", "in", models)], order="id")
    for rule in found:
        model = rule.model_id.model
        if model not in matrix.CREATE:
            continue
        yield "rule", f"{rule.name} dropped", model, rule_off, (rule, False), None
        if rule.groups and rule.domain_force != "[(0, '=', 1)]":
            yield "rule", f"{rule.name} for all", model, rule_off, (rule, True), None


def documents():
    for model in probes.confidential(env):
        if model in matrix.CREATE and model != "career.history":
            yield model, type(env[model])


def changed(klass, attribute, value):
    return patch.object(klass, attribute, value)


def whitelist_mutants():
    for model, klass in documents():
        for role, states in klass._career_writable.items():
            for forbidden in ("state", "employee_user_id", "hidden_from_n1"):
                field = klass._fields.get(forbidden)
                if not field:
                    continue
                more = {**states, "*": set(states.get("*", ())) | {forbidden}}
                value = {**klass._career_writable, role: more}
                label = f"{model}: {role} may write {forbidden}"
                yield (
                    "whitelist",
                    label,
                    model,
                    changed,
                    (klass, "_career_writable", value),
                    {forbidden},
                )
            for state, names in states.items():
                if not names:
                    continue
                value = {
                    **klass._career_writable,
                    role: {**states, state: set()},
                }
                label = f"{model}: {role} writes nothing in {state}"
                yield (
                    "whitelist",
                    label,
                    model,
                    changed,
                    (klass, "_career_writable", value),
                    set(names),
                )
        for role in klass._career_creatable:
            value = {k: v for k, v in klass._career_creatable.items() if k != role}
            yield (
                "whitelist",
                f"{model}: {role} makes nothing",
                model,
                changed,
                (klass, "_career_creatable", value),
                set(),
            )


def steps(name):
    """The public steps that a line of the table of transitions decides about."""
    return {f"action_{name}", f"action_add_{name}", f"action_remove_{name}"}


def transition_mutants():
    for model, klass in documents():
        table = klass._career_transitions
        for name, (states, roles) in table.items():
            label = f"{model}: nobody may {name}"
            yield (
                "transition",
                label,
                model,
                changed,
                (klass, "_career_transitions", {**table, name: (states, set())}),
                steps(name),
            )
            everybody = {"employee", "conductor", "n1", "n2", "hr", "coach"}
            label = f"{model}: every reader may {name}"
            yield (
                "transition",
                label,
                model,
                changed,
                (
                    klass,
                    "_career_transitions",
                    {**table, name: (states, set(roles) | everybody)},
                ),
                steps(name),
            )


def check_mutants():
    mixin = env.registry["career.audience.mixin"]
    nothing = lambda *args, **kwargs: None  # noqa: E731
    employee = env.registry["hr.employee"]
    talk = env.registry["career.conversation"]
    for klass, name, value in (
        (mixin, "_career_check", nothing),
        (mixin, "_career_refuse_fields", nothing),
        (mixin, "_career_refuse_person", nothing),
        (mixin, "_career_check_links", nothing),
        (mixin, "_career_check_starter", nothing),
        (mixin, "_career_visible_link", lambda self, condition: condition),
        (
            mixin,
            "_career_complete",
            lambda self, values: self._career_prepare_create(values),
        ),
        (employee, "_career_may_start", lambda self, role, user: True),
        (employee, "_career_unshare_line", nothing),
        (employee, "_career_hand_over", nothing),
        (talk, "_career_delete_secrets", nothing),
        (env.registry["career.coach"], "_sync_group", nothing),
        (env.registry["calendar.event"], "_career_check_mover", nothing),
    ):
        label = f"{klass._name}.{name}"
        yield "check", label, "career.conversation", changed, (klass, name, value), None


# -------------------------------------------------------------------------- run
def play(kind, model, make, arguments, only):
    """What noticed the mutant: (oracle, what it said), or None.

    :param only: the calls and fields that it can change; all where that is unknown
    """
    oracles = {
        "check": (*CHECKS, *ORACLES),
        "rule": (*ORACLES, declared),
        "transition": (partial(rows, only=only),),
        "whitelist": (partial(rows, only=only),) if only else (making,),
    }[kind]
    with oracle.undone(env):
        with make(*arguments) or nullcontext():
            for check in oracles:
                try:
                    said = check(model)
                except Exception as error:  # noqa: BLE001 - a crash is noticed, too
                    said = f"{type(error).__name__}: {error}"
                if said:
                    return getattr(check, "__name__", "rows"), said
    env.registry.clear_cache()
    return None


# an oracle that speaks without a mutant would notice nothing: it is left out, and named
CHECKS = tuple(
    check
    for check in CHECKS
    if not (said := check("career.conversation"))
    or print("NOT SILENT", check.__name__, said, flush=True)
)
results = []
makers = {
    "rule": rule_mutants,
    "check": check_mutants,
    "whitelist": whitelist_mutants,
    "transition": transition_mutants,
}
for kind in KINDS:
    for __, label, model, make, arguments, only in list(makers[kind]()):
        if time.time() - begun > BUDGET:
            break
        if NAMED not in label:
            continue
        killer = play(kind, model, make, arguments, only)
        env.registry.clear_cache()
        results.append((kind, label, killer))
        if not killer:
            print("SURVIVED", kind, label, flush=True)

lines = [
    "# Mutants of the access rules",
    "",
    "Each right was switched off, one at a time; `tests/mutation/run.py` wrote this.",
    "",
    "| kind | mutants | killed |",
    "| --- | --: | --: |",
]
for kind in dict.fromkeys(kind for kind, *__ in results):
    mine = [killer for other, __, killer in results if other == kind]
    lines.append(f"| {kind} | {len(mine)} | {sum(map(bool, mine))} |")
lines += ["", "| kind | switched off | noticed by |", "| --- | --- | --- |"]
for kind, label, killer in results:
    lines.append(f"| {kind} | {label} | {killer[0] if killer else '**nobody**'} |")
Path(REPORT).write_text("\n".join(lines) + "\n")
env.cr.rollback()
survivors = sum(not killer for *__, killer in results)
print(f"{len(results)} mutants, {survivors} survived, {time.time() - begun:.0f} s")
