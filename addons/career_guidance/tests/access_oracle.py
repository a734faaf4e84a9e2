"""Play cells of the matrix as real users. Plain functions: each returns what is wrong.

The tests and the mutation run use the same functions: a rule that is switched off must
make one of them return something.
"""

from contextlib import contextmanager
from dataclasses import replace

from odoo.exceptions import AccessError, UserError, ValidationError

from .access_matrix import (
    ACTION_ARGUMENTS,
    CATALOGUE,
    CREATE,
    ELSEWHERE,
    NEVER_BUT,
    NEVER_WRITTEN,
    OPENERS,
    ROWS,
    SHARED_READERS,
    SHARES,
    WITHOUT_ROWS,
)
from .world import PERSONAS

REFUSED = (AccessError, UserError, ValidationError)


@contextmanager
def undone(env):
    """Whatever happens inside is undone."""
    env.flush_all()
    savepoint = env.cr.savepoint(flush=False)
    try:
        yield
    finally:
        env.invalidate_all(flush=False)
        env.transaction.clear()
        savepoint.rollback()
        savepoint.close(rollback=True)


def roles_of(persona, cond):
    return {persona} | ({"COND"} if persona == cond else set())


def expected_letters(row, persona, cond):
    letters = set()
    for role in roles_of(persona, cond):
        letters |= set(row.rights.get(role, ""))
    return letters


def expected_fields(row, persona, cond):
    names = set()
    for role in roles_of(persona, cond):
        names |= set(row.write.get(role, "").split())
    return names


def reads(world, record, persona):
    """Whether the persona finds and reads the record: both, or neither."""
    mine = world.view(record, persona)
    try:
        found = bool(mine.search([("id", "=", record.id)]))
    except AccessError:
        found = False
    try:
        mine.read(["id", "create_date"])
        read = True
    except AccessError:
        read = False
    return found if found == read else "half"


def readable(world, model, persona):
    """Ids of the model's records that the persona finds."""
    try:
        return set(world.model(model, persona).search([]).ids)
    except AccessError:
        return set()


def allowed(world, record, persona, what, *args):
    """None where the call succeeds, else the refusal."""
    with undone(world.env):
        try:
            args = [arg() if callable(arg) else arg for arg in args]
            getattr(world.view(record, persona), what)(*args)
            world.env.flush_all()
        except REFUSED as error:
            return str(error).strip().splitlines()[0]
    return None


def stored(record):
    """The record's columns, and how much hangs on it, as the database has them."""
    record.env.flush_all()
    cr = record.env.cr
    cr.execute(f"SELECT * FROM {record._table} WHERE id = %s", [record.id])
    return cr.fetchone()


def actions_of(model):
    """Names of the public steps of a model."""
    return sorted(
        name
        for name in dir(type(model))
        if name.startswith("action_")
        and name not in {"action_archive", "action_unarchive"} | OPENERS
        and callable(getattr(type(model), name))
    )


def current(record, name):
    """The field's present value, as a client sends it."""
    value, kind = record[name], record._fields[name].type
    if kind in ("one2many", "many2many"):
        return []
    return value.id if kind == "many2one" else value


def check_row(world, row, personas=None, only=None):
    """All that is wrong with one row of the matrix.

    :param only: names of the calls and fields to try; all by default
    :return: list of sentences, empty where the row holds
    """
    record, cond = world.records[row.model, row.situation]
    values = {
        name: current(record, name)
        for name in record._fields
        if name not in ("id", "display_name") and not record._fields[name].groups
    }
    before = stored(record)
    wrong = []
    for persona in personas or PERSONAS:
        cells = Cells(world, row, record, persona, cond)
        wrong += [
            f"{row.model} {row.situation}: {persona} {problem}"
            for problem in cells.check(values, only)
        ]
        if stored(record) != before:
            wrong.append(f"{row.model} {row.situation}: {persona} wrote something")
            break
    return wrong


def share_holder(record):
    """The document on which the employee decides who else may read this record."""
    for name in ("plan_id", "conversation_id"):
        if name in record._fields and record._fields["share_n1"].related:
            return record[name]
    return record


def check_shared_row(world, row, personas=None, only=None):
    """The same row, once E shares the document with everybody she can choose.

    Sharing lets read, and nothing else: whoever gained nothing but reading takes no
    step and writes no field (access.md, rules 1 and 6).

    :return: list of sentences, empty where the row holds
    """
    readers = SHARED_READERS.get(row.model)
    record, __ = world.records[row.model, row.situation]
    if not readers or record.employee_id != world.people["E"]:
        return []
    rights = {**row.rights}
    for role in readers:
        rights[role] = "".join({*rights.get(role, ""), "R"})
    with undone(world.env):
        holder = world.view(share_holder(record), "E")
        holder.write(dict.fromkeys(SHARES.split(), True))
        world.env.flush_all()
        shared = replace(row, rights=rights)
        # one officer stands for both: the other may be the guide
        readers = [p for p in readers if p != "HR"]
        personas = [p for p in personas or PERSONAS if p in readers]
        return check_row(world, shared, personas, only)


class Cells:
    """The cells of one row for one persona."""

    def __init__(self, world, row, record, persona, cond):
        self.world, self.row, self.record = world, row, record
        self.persona = persona
        self.letters = expected_letters(row, persona, cond)
        self.writable = expected_fields(row, persona, cond)
        roles = roles_of(persona, cond)
        self.steps = {name for name, who in row.actions.items() if roles & set(who)}

    def check(self, values, only=None):
        """All that is wrong, as a list of sentences."""
        wrong = []
        can_read = reads(self.world, self.record, self.persona)
        if can_read != ("R" in self.letters):
            wrong.append(f"read: {can_read}")
        calls = [
            ("unlink", (), "D" in self.letters),
            *(
                ("write", ({name: values[name]},), name in self.writable)
                for name in self.fields(values)
            ),
            *((name, None, name in self.steps) for name in actions_of(self.record)),
        ]
        if only is not None:
            calls = [
                call
                for call in calls
                if (next(iter(call[1][0])) if call[0] == "write" else call[0]) in only
            ]
        for name, arguments, may in calls:
            if may:
                problem = self.call(name, arguments)
                if problem:
                    wrong.append(f"{name} {arguments}: refused: {problem}")
        # what is refused leaves nothing behind: one savepoint for all of it
        refusals = [(name, arguments) for name, arguments, may in calls if not may]
        with undone(self.world.env):
            before = stored(self.record)
            for name, arguments in refusals:
                problem = self.try_call(name, arguments)
                # called twice, a step does nothing: that is no right
                if not problem and (
                    not name.startswith("action_")
                    or not self.record.exists()
                    or stored(self.record) != before
                ):
                    wrong.append(f"{name} {arguments}: not refused")
                    break
        return wrong

    def fields(self, values):
        """The fields to write: all for a reader, the protected for who may write."""
        if "W" in self.letters:
            names = {
                name
                for name in values
                if name in NEVER_WRITTEN
                or (name in NEVER_BUT and self.row.model not in NEVER_BUT[name])
            }
            for role in self.row.write:
                names |= set(self.row.write[role].split())
            if self.row.model == "career.feedback":
                names.add("body")
            names |= self.writable
        elif "R" in self.letters:
            names = set(values)
        else:
            names = {"create_uid", "state", "employee_id"}
        return sorted(names & set(values))

    def call(self, name, arguments):
        """Call and undo: None, or the words of the refusal."""
        with undone(self.world.env):
            return self.try_call(name, arguments, fresh=True)

    def try_call(self, name, arguments, fresh=False):
        mine = self.world.view(self.record, self.persona, fresh=fresh)
        try:
            if arguments is None:
                make = ACTION_ARGUMENTS.get(name, lambda w, r: ())
                arguments = make(self.world, mine)
            getattr(mine, name)(*arguments)
            self.world.env.flush_all()
        except REFUSED as error:
            return str(error).strip().splitlines()[0] or "refused"
        return None


# ------------------------------------------------------------------------ declared
def undeclared_rules(env, model):
    """Record rules that are not as the model declares them, and the reverse.

    Some rules are a second defence: another one, or the access list, refuses the same.
    No user can show that such a rule is gone; the comparison can.

    :return: list of names
    """
    xmlid = f"{env[model]._original_module}.{model.replace('.', '_')}_rule_"
    wrong = []
    for name, group, operations, domain in env[model]._career_rule_specs():
        rule = env.ref(xmlid + name, raise_if_not_found=False)
        present = rule and (
            rule.active,
            rule.domain_force,
            rule.groups,
            [rule[f"perm_{right}"] for right in ("read", "write", "create", "unlink")],
        )
        declared = (
            True,
            domain,
            env.ref(group) if group else env["res.groups"],
            [letter in operations for letter in "rwcu"],
        )
        if present != declared:
            wrong.append(xmlid + name)
    return wrong


# --------------------------------------------------------------------------- create
def creation(world, model, persona, values):
    """What a persona sends to make a document about E."""
    values = dict(values)
    employee = world.people["E"]
    if model.startswith("career.plan."):
        plan = world.records["career.plan", "draft"][0]
        values["plan_id"] = plan.id
        if model == "career.plan.checkpoint":
            values["date"] = plan.date_end
        return values
    if model == "career.feedback":
        talk = world.records["career.conversation", "line_held"][0]
        role = values.pop("role", "employee")
        values["conversation_id"] = talk.id
        values["route_id"] = talk.channel_id.route_ids.filtered(
            lambda r: r.author_role == role and r.recipient_role == "hr"
        ).id
        return values
    if model == "career.preparation.answer":
        own = world.records["career.preparation", "line_employee"][0]
        values["preparation_id"] = own.id
        values["question_id"] = world.env["career.question"].search([], limit=1).id
        return values
    if model in ("career.preparation", "career.referral"):
        talk = world.records["career.conversation", "line_planned"][0]
        return {"conversation_id": talk.id}
    if model == "career.conversation.item":
        talk = world.records["career.conversation", "line_planned"][0]
        return {"conversation_id": talk.id, **values}
    if model == "career.participation":
        part = world.records["career.participation", "running"][0]
        values["cycle_id"] = part.cycle_id.id
        part.with_user(1).unlink()
    if model == "career.deal":
        deal = world.records["career.deal", "to_sign"][0]
        values["template_id"] = deal.template_id.id
        # one deal of a version an employee: the attempt is about the first
        world.env.cr.execute("DELETE FROM career_deal WHERE id = %s", [deal.id])
        world.env.invalidate_all()
    if model == "career.history":
        return {
            "res_model": "career.plan",
            "res_id": 1,
            "employee_id": employee.id,
            "event": "create",
        }
    values["employee_id"] = employee.id
    if "channel" in values:
        values["channel_id"] = world.channel(values.pop("channel")).id
    return values


def check_create(world, model, personas=None):
    """All that is wrong with who can make a document of this model about E."""
    rows, wrong = CREATE[model], []
    for persona in personas or PERSONAS:
        may = persona in rows
        attempts = [rows[persona]] if may else list(rows.values()) or [{}]
        for values in attempts:
            problem = allowed(
                world,
                world.env[model],
                persona,
                "create",
                lambda p=persona, v=values: [creation(world, model, p, v)],
            )
            if bool(problem) == may:
                said = problem or "not refused"
                wrong.append(f"{model}: {persona} create {values}: {said}")
    return wrong


def check_catalogue(world, model, personas=None):
    """All that is wrong with the rights on a model without a person's document."""
    wrong = []
    letters = dict(zip("RWCD", ("read", "write", "create", "unlink"), strict=True))
    rights = CATALOGUE[model]
    for persona in personas or PERSONAS:
        mine = world.model(model, persona)
        outside = persona in ("PORTAL", "PUBLIC")
        may = "" if outside else rights.get(persona, rights.get("*", ""))
        for letter, operation in letters.items():
            if mine.has_access(operation) != (letter in may):
                wrong.append(f"{model}: {persona} {operation}: not {letter in may}")
    return wrong


# --------------------------------------------------------------------------- complete
def missing_rows(env):
    """Models and steps that have no row in the matrix.

    :return: list of names; later work adds its own rows
    """
    mixin = env.registry["career.audience.mixin"]
    rows = {row.model for row in ROWS}
    known = rows | set(CATALOGUE) | WITHOUT_ROWS
    missing = []
    for name in sorted(env.registry):
        model = env.get(name)
        if model is None or model._abstract or model._transient:
            continue
        if not isinstance(model, mixin) and not name.startswith("career."):
            continue
        if not model._auto and not isinstance(model, mixin):
            continue
        if model._original_module != "career_guidance":
            continue  # a bridge plays its documents in a matrix of its own
        if name not in known:
            missing.append(name)
            continue
        if name in rows and name not in CREATE:
            missing.append(f"{name} create")
        steps = {step for row in ROWS if row.model == name for step in row.actions}
        if name in rows:
            missing += [
                f"{name}.{action}"
                for action in actions_of(model)
                if action not in steps | OPENERS and f"{name}.{action}" not in ELSEWHERE
            ]
    return missing
