#!/usr/bin/env python3
"""Copy an Odoo 18.0 add-on to another folder, rewritten for Odoo 19.0.

    port_oca_to_19.py SOURCE_ADDON TARGET_ADDON [--skip RULE[,RULE]]

Nothing of the source add-on is kept in this script: every rule below describes
a change between Odoo 18 and 19 and is applied wherever it matches.  Files no
rule touches are copied byte for byte.  A rule that sees something it cannot
convert reports it, and the exit status is then 1.  The source is never written.

Rules: version, sqlcons, m2memp, empbase, rename, privilege, xmlfields, search, target
"""

import argparse
import ast
import csv
import io
import re
import shutil
import sys
from pathlib import Path

from lxml import etree

# Fields renamed in 19.0: {model: {old field: new field}}, for XML/CSV records.
_GROUPS = {"groups_id": "group_ids"}
RENAMED = {
    "res.groups": {"users": "user_ids"},
    "res.users": _GROUPS,
    "ir.ui.view": _GROUPS,
    "ir.ui.menu": _GROUPS,
    "ir.actions.act_window": _GROUPS,
    "ir.actions.server": _GROUPS,
    "ir.actions.report": _GROUPS,
}
# Python spellings that changed without a change of meaning.
PY_RENAMED = [
    (r"(?<=\.)groups_id\b|(?<=[\"'])groups_id(?=[\"'.])", "group_ids"),
    (r"\bself\._(cr|uid|context)\b", r"self.env.\1"),
    (r"\bauto_join(?=\s*=)", "bypass_search_access"),
    (r"(?<=type=)([\"'])json\1", r"\1jsonrpc\1"),
]
# Things worth a person's look; never rewritten.
PY_SUSPECT = {
    r"\bodoo\.osv\b": "odoo.osv is deprecated: use odoo.fields.Domain",
    r"\bread_group\(": "read_group is deprecated: use _read_group or"
    " formatted_read_group",
    r"hr\.contract\b": "hr.contract became hr.version",
    r"hr\.candidate\b": "hr.candidate was folded into hr.applicant",
    r"_check_recursion\(": "_check_recursion: use _has_cycle",
}

# Added to a class that computes a many2many to hr.employee (rule m2memp).
COMPUTE_AS_HR_MIXIN = """

    def _compute_field_value(self, field):
        # Odoo 19: what hr.mixin does for create and write, for computed fields
        from odoo.addons.hr.models.hr_employee import _ALLOW_READ_HR_EMPLOYEE
        records = self
        if any(getattr(f, "comodel_name", "") == "hr.employee"
               for f in self.pool.field_computed[field]):
            records = self.with_context(_allow_read_hr_employee=_ALLOW_READ_HR_EMPLOYEE)
        return super({cls}, records)._compute_field_value(field)"""


class Port:
    def __init__(self, skip=()):
        self.skip, self.done, self.problems = set(skip), [], []

    def on(self, rule):
        return rule not in self.skip

    def note(self, rule, where, what):
        self.done.append(f"{rule:10} {where}: {what}")

    def problem(self, where, what):
        self.problems.append(f"{where}: {what}")

    # ---------------------------------------------------------------- manifest
    def manifest(self, text, where):
        """18.0.x.y.z -> 19.0.x.y.z (Odoo refuses any other series)."""
        if not self.on("version"):
            return text
        new, n = re.subn(r"(?<=[\"'])18\.0(?=\.\d+\.\d+\.\d+[\"'])", "19.0", text)
        if n == 1:
            self.note("version", where, "18.0 -> 19.0")
        else:
            self.problem(where, f"{n} version strings of the 18.0 series")
        return new

    # ------------------------------------------------------------------ python
    def python(self, text, where):
        if self.on("rename"):
            for pattern, repl in PY_RENAMED:
                text, n = re.subn(pattern, repl, text)
                if n:
                    self.note("rename", where, f"{n} x {pattern}")
        for pattern, why in PY_SUSPECT.items():
            if re.search(pattern, text):
                self.problem(where, why)
        # One rule at a time, parsed afresh, so that no two edits can overlap.
        for rule, hint, method in (
            ("sqlcons", "_sql_constraints", self._sql_constraints),
            ("m2memp", "hr.employee", self._many_employees),
            ("empbase", "hr.employee.base", self._employee_base),
        ):
            if self.on(rule) and hint in text:
                text = self._edit(text, where, method)
        return text

    @staticmethod
    def _edit(text, where, method):
        """Give every class to method(cls, body, span, raw, where), which yields
        edits (start, end, new text) in byte offsets; apply them from the end."""
        raw, starts, edits = text.encode(), [0], []
        for line in raw.splitlines(keepends=True):
            starts.append(starts[-1] + len(line))

        def span(node):
            return (
                starts[node.lineno - 1] + node.col_offset,
                starts[node.end_lineno - 1] + node.end_col_offset,
            )

        for cls in ast.walk(ast.parse(text)):
            if isinstance(cls, ast.ClassDef):
                body = {
                    s.targets[0].id: s
                    for s in cls.body
                    if isinstance(s, ast.Assign) and isinstance(s.targets[0], ast.Name)
                }
                edits += method(cls, body, span, raw, where)
        for start, end, new in sorted(edits, reverse=True):
            raw = raw[:start] + new.encode() + raw[end:]
        return raw.decode()

    def _sql_constraints(self, cls, body, span, raw, where):
        """A list of (key, SQL, message) -> one models.Constraint per key."""
        stmt = body.get("_sql_constraints")
        if stmt is None:
            return
        try:
            triples = ast.literal_eval(stmt.value)
        except ValueError:
            return self.problem(where, "_sql_constraints is not a plain list")
        pad = " " * stmt.col_offset
        lines = [
            f"_{key} = models.Constraint({sql!r}, {msg!r})" for key, sql, msg in triples
        ]
        yield (*span(stmt), f"\n{pad}".join(lines))
        self.note("sqlcons", where, ", ".join(t[0] for t in triples))

    def _many_employees(self, cls, body, span, raw, where):
        """19.0 wants read access on the comodel from whoever sets a many2many, and
        few users have it on hr.employee.  As Odoo's own modules do, inherit
        hr.mixin, which lifts that for create and write; lift it likewise where
        such a field is computed as the user.  No sudo: record rules still hold."""

        def is_many(stmt):
            call = stmt.value
            if not (
                isinstance(call, ast.Call)
                and ast.unparse(call.func) == "fields.Many2many"
            ):
                return False
            comodel = call.args[:1] + [
                k.value for k in call.keywords if k.arg == "comodel_name"
            ]
            return bool(comodel) and getattr(comodel[0], "value", None) == "hr.employee"

        fields = {name: stmt.value for name, stmt in body.items() if is_many(stmt)}
        if not fields:
            return
        # (A stored computed field is computed as superuser: nothing to lift.)
        given = [{k.arg for k in call.keywords} for call in fields.values()]
        if any("compute" in g and not g & {"store", "compute_sudo"} for g in given):
            if any(getattr(n, "name", "") == "_compute_field_value" for n in cls.body):
                self.problem(where, f"{cls.name} has its own _compute_field_value")
            else:
                end = span(cls)[1]
                yield end, end, COMPUTE_AS_HR_MIXIN.replace("{cls}", cls.name)
                self.note("m2memp", where, f"{cls.name}: computed many2many")
        try:
            name = body["_name"].value.value if "_name" in body else None
            parents = (
                ast.literal_eval(body["_inherit"].value) if "_inherit" in body else []
            )
        except (ValueError, AttributeError):
            return self.problem(where, f"{cls.name}: inherit hr.mixin by hand")
        parents = [parents] if isinstance(parents, str) else list(parents)
        name = name or parents[0]
        new = f"_inherit = {['hr.mixin', *parents]!r}"
        if "_inherit" in body:
            if "_name" not in body:  # an extension in place must now say its name
                new = f"_name = {name!r}\n{' ' * body['_inherit'].col_offset}{new}"
            yield (*span(body["_inherit"]), new)
        else:
            end = span(body["_name"])[1]
            yield end, end, f"\n{' ' * body['_name'].col_offset}{new}"
        self.note("m2memp", where, f"{name} inherits hr.mixin ({', '.join(fields)})")

    def _employee_base(self, cls, body, span, raw, where):
        """hr.employee.base is gone.  What a class added to it, 18.0 gave to both
        hr.employee and hr.employee.public: extend these two, the same way."""
        stmt, base = body.get("_inherit"), "hr.employee.base"
        if stmt is None or getattr(stmt.value, "value", None) != base:
            if stmt is not None and base in ast.unparse(stmt.value):
                self.problem(where, f"{base} among several parents: port by hand")
            return
        start, end = span(cls)
        # A parent must be a Model here, and a twin class serves the public model.
        local = (
            raw[start:end].decode().replace("models.AbstractModel", "models.Model", 1)
        )
        one, two = (
            re.sub(r"([\"'])hr\.employee\.base\1", rf"\1{model}\1", local, count=1)
            for model in ("hr.employee", "hr.employee.public")
        )
        two = re.sub(r"^class (\w+)", r"class \1Public19", two, count=1)
        yield start, end, f"{one}\n\n\n{two}"
        self.note("empbase", where, f"{cls.name} -> hr.employee + hr.employee.public")

    # --------------------------------------------------------------------- xml
    def xml(self, data, where):
        try:
            tree = etree.fromstring(data, etree.XMLParser(strip_cdata=False))
        except etree.XMLSyntaxError as error:
            self.problem(where, str(error))
            return data
        before = len(self.done)
        for record in list(tree.iter("record")):
            model = record.get("model")
            if self.on("xmlfields"):
                for field in record.findall("field"):
                    new = RENAMED.get(model, {}).get(field.get("name"))
                    if new:
                        self.note(
                            "xmlfields", where, f"{model}.{field.get('name')} -> {new}"
                        )
                        field.set("name", new)
            if model == "res.groups" and self.on("privilege"):
                self._privilege(tree, record, where)
            if model == "ir.actions.act_window" and self.on("target"):
                for field in record.findall("field[@name='target']"):
                    if (field.text or "").strip() == "inline":
                        field.text = "current"
                        self.note("target", where, "inline -> current")
            if model == "ir.ui.view" and self.on("search"):
                for group in record.iterfind("field[@name='arch']//search//group"):
                    gone = [
                        group.attrib.pop(a)
                        for a in ("expand", "string")
                        if a in group.attrib
                    ]
                    if gone:
                        self.note("search", where, "<group> without expand/string")
        if len(self.done) == before:
            return data  # untouched: byte for byte
        return etree.tostring(tree, xml_declaration=True, encoding="utf-8") + b"\n"

    def _privilege(self, tree, record, where):
        """A group's category is now reached through a res.groups.privilege: make
        one per category, just before the first group that needs it."""
        for field in record.findall("field[@name='category_id']"):
            ref = field.get("ref")
            if not ref:
                self.problem(where, "category_id of a group is not a ref: port by hand")
                continue
            xmlid = ref.rsplit(".", 1)[-1] + "_privilege"
            if tree.find(f".//record[@id='{xmlid}']") is None:
                label = tree.xpath(
                    "//record[@model='ir.module.category'][@id=$i]/field[@name='name']",
                    i=ref.rsplit(".", 1)[-1],
                )
                new = etree.Element("record", id=xmlid, model="res.groups.privilege")
                etree.SubElement(new, "field", name="name").text = (
                    label[0].text if label else xmlid.replace("_", " ").title()
                )
                etree.SubElement(new, "field", name="category_id", ref=ref)
                new.tail = "\n    "
                record.addprevious(new)
            field.set("name", "privilege_id")
            field.set("ref", xmlid)
            self.note("privilege", where, f"{record.get('id')} -> {xmlid}")

    # --------------------------------------------------------------------- csv
    def csv(self, text, where, model):
        names = RENAMED.get(model)
        if not (names and self.on("xmlfields")):
            return text
        rows = list(csv.reader(io.StringIO(text)))
        head = [re.sub(r"^[^/:]+", lambda m: names.get(m[0], m[0]), c) for c in rows[0]]
        if head == rows[0]:
            return text
        self.note("xmlfields", where, "header")
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([head, *rows[1:]])
        return out.getvalue()

    # --------------------------------------------------------------------- all
    def run(self, source, target):
        manifest = source / "__manifest__.py"
        series = str(ast.literal_eval(manifest.read_text("utf-8")).get("version", ""))
        if not series.startswith("18.0."):
            sys.exit(f"{source}: version {series!r} is not of the 18.0 series")
        if target.exists():
            shutil.rmtree(target)
        shutil.copytree(
            source, target, ignore=shutil.ignore_patterns("__pycache__", "*.pyc")
        )
        for path in sorted(p for p in target.rglob("*") if p.is_file()):
            where = path.relative_to(target).as_posix()
            if path.name == "__manifest__.py":
                path.write_text(self.manifest(path.read_text("utf-8"), where), "utf-8")
            elif path.suffix == ".py":
                path.write_text(self.python(path.read_text("utf-8"), where), "utf-8")
            elif path.suffix == ".xml" and "static" not in path.parts:
                path.write_bytes(self.xml(path.read_bytes(), where))
            elif path.suffix == ".csv":
                path.write_text(
                    self.csv(path.read_text("utf-8"), where, path.stem), "utf-8"
                )


def main():
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("source", type=Path)
    args.add_argument("target", type=Path)
    args.add_argument("--skip", default="", help="rules to leave out, by comma")
    args = args.parse_args()
    if args.source.resolve() == args.target.resolve():
        sys.exit("the target must not be the source")
    port = Port(filter(None, args.skip.split(",")))
    port.run(args.source.resolve(), args.target)
    print("\n".join(port.done))
    for line in port.problems:
        print("LOOK AT   ", line, file=sys.stderr)
    return 1 if port.problems else 0


if __name__ == "__main__":
    sys.exit(main())
