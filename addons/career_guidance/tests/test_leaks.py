import json

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, TransactionCase, tagged
from odoo.tools import mute_logger

from .access_matrix import ROWS
from .leak_probes import INSIDERS, OUTSIDERS, confidential, kept, leaks, visible
from .world import SECRET, World


@tagged("post_install", "-at_install")
class TestLeaks(TransactionCase):
    """Nothing that may not be read can be learned in another way (rule 5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.world = World(cls.env)

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_rule")
    def test_probes(self):
        for persona in (*OUTSIDERS, *INSIDERS):
            with self.subTest(persona=persona):
                found = leaks(self.world, persona)
                self.assertFalse(found, "\n".join(found[:40]))

    def test_the_probes_can_fail(self):
        """With a rule switched off, the probes speak."""
        rule = self.env.ref("career_guidance.career_conversation_rule_hidden")
        officer = self.env.ref("career_guidance.group_career_officer")
        self.world.users["N1"].group_ids = [(4, officer.id)]
        self.assertFalse(
            [
                leak
                for leak in leaks(self.world, "N1", records=False)
                if "search" in leak and "career.conversation:" in leak
            ]
        )
        rule.active = False
        self.assertTrue(
            [
                leak
                for leak in leaks(self.world, "N1", records=False)
                if "search" in leak and "career.conversation:" in leak
            ]
        )

    def test_grouping_by_a_link_shows_what_the_viewer_reads_of_it(self):
        """Who reads a talk, but not its plan, does not learn that there is one."""
        plan = self.world.records["career.plan", "staff_agreed"][0]
        talk = self.env["career.conversation"].search([("plan_id", "=", plan.id)])
        self.world.view(talk, "E").share_n1 = True
        own = [("id", "=", talk.id)]
        for persona, seen in (("E", plan.id), ("HR", plan.id), ("N1", False)):
            mine = self.world.model("career.conversation", persona)
            with self.subTest(persona=persona):
                self.assertEqual(mine.search(own).ids, talk.ids)
                [[group, count]] = mine._read_group(own, ["plan_id"], ["__count"])
                self.assertEqual((group.id, count), (seen, 1))
                [group] = mine.formatted_read_group(own, ["plan_id"], ["__count"])
                self.assertEqual(bool(group["plan_id"]), bool(seen))
                counted = mine.search_count(group["__extra_domain"] + own)
                self.assertEqual(counted, 1, "the group opens on the same record")
                for aggregate in ("count", "count_distinct", "array_agg", "recordset"):
                    with self.assertRaises(AccessError):
                        mine._read_group(own, [], [f"plan_id:{aggregate}"])

    def test_names_are_constant(self):
        """A many2one shows its name to who may not read the record."""
        for model in confidential(self.env):
            if model in ("career.history", "career.plan.need"):
                continue
            names = {
                self.world.records[row.model, row.situation][0].sudo().display_name
                for row in ROWS
                if row.model == model
            }
            with self.subTest(model=model):
                self.assertLessEqual(len(names), 1)
        need = self.world.records["career.plan.need", "draft"][0]
        self.assertEqual(self.world.view(need, "E").display_name, SECRET)
        for persona in ("N2", "HR", "PEER", "SYS"):
            with self.subTest(persona=persona):
                hidden = self.world.view(need, persona).sudo()
                self.assertNotIn(SECRET, hidden.display_name)

    def test_no_chatter(self):
        """Followers and messages are readable by others (traps)."""
        for model in confidential(self.env):
            for mixin in ("mail.thread", "mail.activity.mixin"):
                self.assertNotIsInstance(self.env[model], self.registry[mixin], model)

    def test_no_audience_through_a_computed_link(self):
        """What a part of a conversation computes from it with all rights is stored in
        the columns of the audience, or for both sides alone."""
        mixin = self.registry["career.conversation.child.mixin"]
        for name in confidential(self.env):
            model = self.env[name]
            if not isinstance(model, mixin):
                continue
            loose = {
                field.name
                for field in model._fields.values()
                if field.related
                and not field.store
                and field.related.split(".")[0] in ("conversation_id", "preparation_id")
            }
            self.assertFalse(loose, name)

    def test_rules_are_equal_but_for_what_differs(self):
        """The rule sets of the models come from one declaration."""
        shared = {}
        for name in confidential(self.env):
            if name == "career.history":
                continue
            rules = self.env["ir.rule"].search([("model_id.model", "=", name)])
            by_name = {rule.name.split(": ")[-1]: rule for rule in rules}
            self.assertIn("hidden", by_name, name)
            self.assertFalse(by_name["hidden"].groups, name)
            for operation in ("read", "write", "create", "unlink"):
                self.assertTrue(by_name["hidden"][f"perm_{operation}"], name)
                self.assertTrue(
                    any(r[f"perm_{operation}"] and r.groups for r in rules),
                    f"{name}: nobody is named for {operation}: all may",
                )
            for persona in ("n1", "n2", "hr", "coach"):
                own = self.env[name]._audience_rules.get(persona, (None, None))[1]
                if persona in by_name and not own:
                    shared.setdefault(persona, set()).add(by_name[persona].domain_force)
        for persona, domains in shared.items():
            self.assertEqual(len(domains), 1, persona)


@tagged("post_install", "-at_install")
class TestLeaksHttp(HttpCase):
    """The same through the web: files, reports, exports and the RPC of the client."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.world = World(cls.env)
        allow = cls.env.ref("base.group_allow_export")
        for persona in ("N1", "PEER", "HROFFICER", "SYS", "PORTAL"):
            user = cls.world.users[persona]
            user.password = f"{user.login}-password"
            if persona != "PORTAL":
                user.group_ids = [(4, allow.id)]
        cls.env.flush_all()

    def _rpc(self, model, method, *args, **kwargs):
        answer = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            data=json.dumps(
                {
                    "jsonrpc": "2.0",
                    "method": "call",
                    "params": {
                        "model": model,
                        "method": method,
                        "args": args,
                        "kwargs": kwargs,
                    },
                }
            ),
            headers={"Content-Type": "application/json"},
        )
        return answer.text

    @mute_logger(
        "odoo.http",
        "odoo.addons.base.models.ir_rule",
        "odoo.addons.base.models.ir_model",
        "odoo.addons.base.models.ir_access",
        "werkzeug",
    )
    def test_web(self):
        for persona in ("N1", "PEER", "HROFFICER", "SYS", "PORTAL"):
            user = self.world.users[persona]
            known = visible(self.world, persona)
            self.authenticate(user.login, f"{user.login}-password")
            with self.subTest(persona=persona):
                for model, situation, field in (
                    ("career.plan", "staff_agreed", "employee_signature"),
                    ("career.plan", "staff_agreed", "title"),
                    ("career.conversation", "coach_held", "report"),
                    ("career.aspiration", "active", "motivation"),
                    ("career.feedback", "coach_conductor_hr_sent", "body"),
                ):
                    record = self.world.records[model, situation][0]
                    for url in (
                        f"/web/content/{model}/{record.id}/{field}",
                        f"/web/image/{model}/{record.id}/{field}",
                        f"/web/content?model={model}&id={record.id}&field={field}",
                    ):
                        text = self.url_open(url).text
                        self.assertNotIn(SECRET, text, url)
                    text = self._rpc(model, "web_read", [record.id], {field: {}})
                    self.assertIn("error", json.loads(text))
                    self.assertNotIn(SECRET, text)
                self._check_reports(known)
                if persona != "PORTAL":
                    self._check_export(known)

    def _check_reports(self, known):
        """Every PDF about a document that the persona may not read, as HTML."""
        models = confidential(self.env)
        for report in self.env["ir.actions.report"].search([("model", "in", models)]):
            ids = [
                self.world.records[row.model, row.situation][0].id
                for row in ROWS
                if row.model == report.model
            ]
            for record_id in ids:
                url = f"/report/html/{report.report_name}/{record_id}"
                if record_id not in known.get(report.model, set()):
                    self.assertNotIn(SECRET, self.url_open(url).text, url)

    def _check_export(self, known):
        for model, field in (
            ("career.conversation", "request"),
            ("career.aspiration", "motivation"),
            ("career.plan", "title"),
        ):
            hidden = kept(self.world, model) - known.get(model, set())
            for ids in (False, sorted(hidden)):
                answer = self.url_open(
                    "/web/export/csv",
                    data={
                        "data": json.dumps(
                            {
                                "model": model,
                                "fields": [
                                    {"name": ".id", "label": "ID", "type": "integer"},
                                    {"name": field, "label": "Text", "type": "char"},
                                ],
                                "ids": ids,
                                "domain": [],
                                "import_compat": False,
                                "context": {},
                                "groupby": [],
                            }
                        )
                    },
                )
                rows = [line.split(",")[0].strip('"') for line in answer.text.split()]
                found = {int(value) for value in rows if value.isdigit()}
                self.assertFalse(found & hidden, f"{model}: {ids}")
                if ids:
                    self.assertNotIn(SECRET, answer.text)
