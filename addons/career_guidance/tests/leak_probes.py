"""Ways to learn of a document that one may not read; one list, for every persona.

A probe is a function ``(world, persona)`` that yields what is wrong. ``MODEL_PROBES``
are called for each confidential model as well, ``RECORD_PROBES`` for each document that
the matrix hides from the persona. Later work appends its own.
"""

from collections import Counter

from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .access_matrix import ROWS
from .access_oracle import REFUSED, expected_letters, undone
from .world import SECRET

# Who learns nothing at all of E, whatever he calls.
OUTSIDERS = (
    "PEER MANAGER STANDIN HROFFICER OTHERHR ADMIN SYS BOARD PORTAL PUBLIC".split()
)
INSIDERS = "N1 N2 FORMER HR HR2 COACH POOL MENTOR".split()


def visible(world, persona):
    """Model -> ids of E's documents that the matrix lets the persona read."""
    result = {}
    for row in ROWS:
        record, cond = world.records[row.model, row.situation]
        ids = result.setdefault(row.model, set())
        if "R" in expected_letters(row, persona, cond):
            ids.add(record.id)
    return result


def kept(world, model):
    """Ids of the documents of this model that have a row in the matrix."""
    return {
        world.records[row.model, row.situation][0].id
        for row in ROWS
        if row.model == model
    }


def confidential(env):
    """Names of the confidential models of this database."""
    mixin = env.registry["career.audience.mixin"]
    names = [
        name
        for name in sorted(env.registry)
        if not env[name]._abstract and isinstance(env[name], mixin)
    ]
    return [*names, "career.history"]


def attempt(function, *args, **kwargs):
    """What a call returns, or None where it is refused."""
    try:
        return function(*args, **kwargs)
    except REFUSED:
        return None


# ------------------------------------------------------------------ by model
def probe_lists(world, persona, model, known):
    """Every way to list: the ids, and the numbers, are those that may be read."""
    mine = world.model(model, persona)
    hidden = kept(world, model) - known.get(model, set())
    found = attempt(mine.search, [])
    ids = set(found.ids) if found is not None else set()
    if ids & hidden:
        yield "search"
    total = len(ids)
    fields = ["display_name", "employee_user_id"]
    rows = attempt(mine.search_read, [], fields) or []
    if {row["id"] for row in rows} - ids:
        yield "search_read"
    spec = {name: {} for name in fields}
    answer = attempt(mine.web_search_read, [], spec) or {"records": [], "length": 0}
    if {row["id"] for row in answer["records"]} - ids or answer["length"] != total:
        yield "web_search_read"
    if (attempt(mine.search_count, []) or 0) != total:
        yield "search_count"
    if model != "career.history":
        names = attempt(mine.name_search, "Person E") or []
        if {name[0] for name in names} - ids:
            yield "name_search"
    counts = attempt(mine.formatted_read_group, [], ["employee_user_id"], ["__count"])
    if sum(group["__count"] for group in counts or []) != total:
        yield "formatted_read_group"
    counts = attempt(mine._read_group, [], ["employee_user_id"], ["__count"])
    if sum(count for __, count in counts or []) != total:
        yield "_read_group"
    if "state" in mine._fields and mine._fields["state"].store:
        bar = attempt(
            mine.read_progress_bar,
            [],
            "employee_user_id",
            {"field": "state", "colors": {"requested": "info", "draft": "info"}},
        )
        if bar and sum(sum(part.values()) for part in bar.values()) > total:
            yield "read_progress_bar"


def probe_words(world, persona, model, known):
    """Text that was written cannot be searched for, from any field."""
    mine = world.model(model, persona)
    hidden = kept(world, model) - known.get(model, set())
    for name, field in mine._fields.items():
        if (
            field.type not in ("char", "text", "html")
            or not field._description_searchable
        ):
            continue
        if field.groups:
            continue
        found = attempt(mine.search, [(name, "ilike", SECRET)])
        if found and set(found.ids) & hidden:
            yield f"search {name}"
    for domain in ([("is_coached_by_me", "=", True)], [("is_mine", "=", True)]):
        if domain[0][0] not in mine._fields:
            continue
        if not mine._fields[domain[0][0]]._description_searchable:
            continue
        found = attempt(mine.search, domain)
        if found and set(found.ids) & hidden:
            yield f"search {domain}"


def probe_links(world, persona, model, known):
    """A link, or a path, to a hidden record answers as if there were none."""
    mine = world.model(model, persona)
    readable = attempt(mine.search, [])
    if not readable:
        return
    models = set(confidential(world.env))
    for name, field in mine._fields.items():
        if (
            field.comodel_name not in models
            or not field.store
            and not (field.type == "one2many")
        ):
            continue
        there = attempt(world.model(field.comodel_name, persona).search, [])
        there = set(there.ids) if there is not None else set()
        plain = world.env[model].browse(readable.ids)
        linked = {record.id for record in plain if set(record[name].ids) & there}
        world.env.invalidate_all()
        path = attempt(mine.search, [(name, "any", [("id", "!=", 0)])])
        if set(path.ids if path is not None else ()) - linked:
            yield f"path {name}"
        known_set = attempt(mine.search, [(name, "!=", False)])
        if set(known_set.ids if known_set is not None else ()) - linked:
            yield f"{name} != False"
        unset = attempt(mine.search, [(name, "=", False)])
        if unset is not None and set(unset.ids) != set(readable.ids) - linked:
            yield f"{name} = False"
        for row in attempt(readable.read, [name]) or []:
            value = row[name]
            shown = (
                {value[0] if isinstance(value, tuple) else value}
                if field.type == "many2one" and value
                else set(value or ())
            )
            if shown - there:
                yield f"read {name}"
        for row in (
            attempt(readable.web_read, {name: {"fields": {"display_name": {}}}}) or []
        ):
            value = row[name]
            parts = value if isinstance(value, list) else [value] if value else []
            for part in parts:
                if part["id"] not in there:
                    yield f"web_read {name}"


MODEL_PROBES = [probe_lists, probe_words, probe_links]


# ----------------------------------------------------------------- by record
def probe_record(world, persona, record):
    """Every call on a hidden id is refused, and its error does not tell about whom."""
    mine = world.view(record, persona)
    calls = {
        "read": lambda: mine.read(["display_name"]),
        "web_read": lambda: mine.web_read({"display_name": {}}),
        "export_data": lambda: mine.export_data(["id", "employee_id/name"]),
        "copy": mine.copy,
        "web_save": lambda: mine.web_save({}, {"employee_id": {}}),
        "web_save write": lambda: mine.web_save(
            {"share_n1": True}, {"employee_id": {}}
        ),
        "web_resequence": lambda: mine.web_resequence({"display_name": {}}, "sequence"),
        "action_archive": mine.action_archive,
        "onchange": lambda: mine.onchange({}, [], {"employee_id": {}}),
        "get_metadata": mine.get_metadata,
        "attribute": lambda: mine.employee_user_id.name,
    }
    for name, call in calls.items():
        try:
            answer = call()
        except (AccessError, UserError) as error:
            words = str(error)
            if SECRET in words or "Person E" in words.replace(
                world.users[persona].name, ""
            ):
                yield f"{name}: the error tells {words!r}"
            continue
        except Exception as error:  # noqa: BLE001 - whatever it is, it tells nothing
            if SECRET in str(error) or "Person E" in str(error):
                yield f"{name}: the error tells {error!r}"
            continue
        if answer not in (None, True, [], {}, False):
            yield f"{name}: {answer!r}"


def probe_onchange(world, persona, record):
    """A form of another model, opened on a guessed id, computes nothing from it."""
    for model in confidential(world.env):
        target = world.env[model]
        for name, field in target._fields.items():
            if field.type != "many2one" or field.comodel_name != record._name:
                continue
            mine = world.model(model, persona)
            spec = {
                other: {"fields": {"display_name": {}}}
                if mine._fields[other].type == "many2one"
                else {}
                for other in mine._fields
                if not mine._fields[other].groups
                and mine._fields[other].type not in ("one2many", "many2many")
            }
            for call in (
                lambda m=mine, n=name, s=spec: m.onchange({n: record.id}, [n], s),
                lambda m=mine, n=name, s=spec: m.with_context(
                    **{f"default_{n}": record.id}
                ).onchange({}, [], s),
            ):
                with undone(world.env):
                    answer = attempt(call)
                if answer is not None:
                    words = repr(answer)
                    if SECRET in words or "Person E" in words:
                        yield f"onchange {model}.{name}"


RECORD_PROBES = [probe_record, probe_onchange]


# ------------------------------------------------------------------- elsewhere
def probe_many2one_elsewhere(world, persona):
    """No model that others read points to a confidential one."""
    models = set(confidential(world.env))
    for name in sorted(world.env.registry):
        target = world.env[name]
        if target._abstract or name in models or not target._auto:
            continue
        for field in target._fields.values():
            if field.comodel_name in models and not field.groups:
                if target._transient:
                    continue
                mine = world.model(name, persona)
                if not mine.has_access("read"):
                    continue
                if field.type != "many2one":
                    # the rules of the other side hold on a path through the lines
                    about = ("employee_id", "=", world.people["E"].id)
                    path = [(f"{field.name}.employee_id", *about[1:])]
                    lines = world.model(field.comodel_name, persona)
                    if attempt(mine.search, path) and not attempt(
                        lines.search, [about]
                    ):
                        yield f"{name}.{field.name}"
                    continue
                if field._description_searchable:
                    found = attempt(mine.search, [(field.name, "!=", False)])
                else:  # computed for the viewer: read it on all that he sees
                    found = attempt(_filled, mine, field.name)
                for record in found or []:
                    if not attempt(lambda r=record, f=field: r[f.name].read(["id"])):
                        yield f"{name}.{field.name}"


def _filled(model, name):
    return model.search([]).filtered(name)


def probe_employee(world, persona):
    """Counters and columns about E on the models that everybody reads."""
    for model in ("hr.employee", "hr.employee.public", "res.users", "res.partner"):
        record = {
            "res.users": world.users["E"],
            "res.partner": world.users["E"].partner_id,
        }.get(model, world.people["E"])
        mine = world.view(world.env[model].browse(record.id), persona)
        for name, field in mine._fields.items():
            if not name.startswith("career_"):
                continue
            value = attempt(lambda m=mine, n=name: m[n])
            if persona in OUTSIDERS and field.type in ("integer", "one2many"):
                if value:
                    yield f"{model}.{name}"
            if field._description_searchable and persona in OUTSIDERS:
                try:
                    found = attempt(
                        mine.search, [(name, "!=", False), ("id", "=", mine.id)]
                    )
                except ValueError:  # a field that the public employee does not have
                    found = None
                if found:
                    yield f"{model}.{name} != False"


def probe_activities(world, persona):
    """To-dos reach their assignee only, and name nobody."""
    mine = world.model("mail.activity", persona)
    rows = attempt(mine.search_read, [], ["user_id", "summary", "note", "res_model"])
    for row in rows or []:
        if row["user_id"] and row["user_id"][0] != world.users[persona].id:
            activity = world.env["mail.activity"].browse(row["id"])
            if activity.career_key:
                yield "mail.activity: somebody else's"
        words = f"{row['summary']} {row['note']} {row['res_model']}"
        if SECRET in words or "Person E" in words or "career." in words:
            yield f"mail.activity: {words}"
    found = attempt(mine.search, [("career_key", "!=", False)])
    if found:
        yield "mail.activity.career_key"
    groups = attempt(world.model("res.users", persona)._get_activity_groups) or []
    if any(str(group.get("model", "")).startswith("career.") for group in groups):
        yield "systray"


def probe_mail(world, persona):
    """Followers, messages, mails, notifications and attachments: none at all."""
    for model, field in (
        ("mail.followers", "res_model"),
        ("mail.message", "model"),
        ("ir.attachment", "res_model"),
    ):
        found = world.env[model].search([(field, "=like", "career.%")])
        if model == "ir.attachment":
            found = found.filtered(
                lambda a: a.res_model in set(confidential(world.env))
            )
        if found:
            yield model
    for model, names in (
        ("mail.mail", ("subject", "body_html", "email_to")),
        ("mail.message", ("subject", "body", "record_name")),
        ("mail.notification", ()),
        ("ir.attachment", ("name", "description")),
    ):
        rows = attempt(world.model(model, persona).search_read, [], [*names, "id"])
        if any(SECRET in repr(row) for row in rows or []):
            yield f"{model}: text"


def probe_calendar(world, persona):
    """Colleagues see "Busy"; of a hidden talk, nothing at all."""
    for (model, __), (record, __) in world.records.items():
        if model == "career.conversation" and record.hidden_from_n1 and record.event_id:
            yield "an event of a hidden conversation"
    events = world.env["career.conversation"].search([]).event_id
    mine = world.model("calendar.event", persona)
    names = ["name", "description", "location", "res_model", "user_id", "partner_ids"]
    rows = attempt(mine.search_read, [("id", "in", events.ids)], names) or []
    partner = world.users[persona].partner_id
    for row in rows:
        event = events.browse(row["id"])
        if partner in event.partner_ids:
            continue
        words = repr(row)
        if SECRET in words or "areer" in words or "Conversation" in words:
            yield f"calendar.event: {words}"
        if attempt(mine.search, [("id", "=", event.id), ("name", "ilike", "areer")]):
            yield "calendar.event: name"
    for domain in (
        [("description", "ilike", SECRET)],
        [("res_model", "=like", "career.%")],
    ):
        if attempt(mine.search, domain):
            yield f"calendar.event {domain}"


def probe_groups(world, persona):
    """Reports and grouping over documents: nothing of E for who reads nothing of E."""
    if persona not in OUTSIDERS:
        return
    about = [("employee_id", "=", world.people["E"].id)]
    for model in confidential(world.env):
        mine = world.model(model, persona)
        for name, field in mine._fields.items():
            if not field.store or name == "id" or field.groups:
                continue
            if field.type in ("binary", "html", "text", "json", "one2many"):
                continue
            groupby = f"{name}:month" if field.type in ("date", "datetime") else name
            answer = attempt(mine.formatted_read_group, about, [groupby], ["__count"])
            if answer:
                yield f"{model} by {name}"
        for order in ("employee_id", "create_date desc", "conductor_user_id"):
            if order.split()[0] in mine._fields and attempt(
                mine.search, about, order=order
            ):
                yield f"{model} order {order}"


def probe_inverse(world, persona):
    """From the models that everybody reads, no way leads to a document."""
    if persona not in OUTSIDERS:
        return
    models = set(confidential(world.env))
    for name in (
        "hr.employee",
        "hr.employee.public",
        "res.users",
        "hr.job",
        "hr.department",
        "res.partner",
        "calendar.event",
        "res.company",
        "career.channel",
        "career.channel.route",
        "career.question",
        "career.coach",
        "career.development.method",
    ):
        mine = world.model(name, persona)
        for field in mine._fields.values():
            if field.comodel_name not in models or field.groups:
                continue
            if not field._description_searchable:
                continue
            about = world.people["E"].id if name.startswith("hr.employee") else 0
            for domain in (
                Domain(field.name, "!=", False),
                Domain(field.name, "any", Domain.TRUE),
            ):
                if about:
                    domain &= Domain("id", "=", about)
                if attempt(mine.search, domain):
                    yield f"{name}.{field.name}"


def probe_defaults(world, persona):
    """Defaults and context keys of a client open nothing."""
    for model in confidential(world.env):
        context = {
            "career_acting_employee": world.people["E"].id,
            "career_event_synced": True,
            "career_line_watched": True,
            "default_employee_id": world.people["E"].id,
            "default_conductor_user_id": world.users[persona].id,
            "active_test": False,
            "su": True,
        }
        mine = world.model(model, persona).with_context(**context)
        found = attempt(mine.search, [])
        hidden = kept(world, model) - visible(world, persona).get(model, set())
        if found and set(found.ids) & hidden:
            yield f"{model}: context"
        if persona in OUTSIDERS:
            answer = attempt(mine.default_get, list(mine._fields))
            if SECRET in repr(answer):
                yield f"{model}: default_get"


PROBES = [
    probe_many2one_elsewhere,
    probe_employee,
    probe_activities,
    probe_mail,
    probe_calendar,
    probe_groups,
    probe_inverse,
    probe_defaults,
]


def leaks(world, persona, records=True):
    """All that the persona learns and should not: a list of sentences."""
    world.env.flush_all()
    world.env.invalidate_all()
    known = visible(world, persona)
    wrong = []
    for model in confidential(world.env):
        for probe in MODEL_PROBES:
            wrong += [
                f"{persona} {model}: {leak}"
                for leak in probe(world, persona, model, known)
            ]
    for probe in PROBES:
        wrong += [f"{persona}: {leak}" for leak in probe(world, persona)]
    if records:
        # the rules are columns: a few hidden documents of each model stand for all
        tried = Counter()
        for row in ROWS:
            record, __ = world.records[row.model, row.situation]
            if record.id in known.get(row.model, set()) or tried[row.model] == 3:
                continue
            tried[row.model] += 1
            with undone(world.env):
                for probe in RECORD_PROBES:
                    wrong += [
                        f"{persona} {row.model} {row.situation}: {leak}"
                        for leak in probe(world, persona, record)
                    ]
    return wrong
