from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, tagged

from odoo.addons.career_guidance.tests.world import PERSONAS, SECRET, World

# list of persons -> the documents that its rows are about
DOCUMENTS = {
    "career.plan.analysis": "career.plan",
    "career.action.analysis": "career.plan.action",
    "career.need.analysis": "career.plan.need",
    "career.checkpoint.analysis": "career.plan.checkpoint",
    "career.participation.analysis": "career.participation",
}
OFFICERS_ONLY = (
    "career.function.analysis",
    "career.age.analysis",
    "career.mobility.analysis",
)
EVERY_LIST = (*DOCUMENTS, "career.training.analysis", *OFFICERS_ONLY)
OFFICERS = {"HR": "a", "HR2": "a", "OTHERHR": "b"}


@tagged("post_install", "-at_install")
class TestAnalysisRights(TransactionCase):
    """Who sees which row, for every persona and every way to ask."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.world = world = World(cls.env)
        # what N1 and N2 may see of the line, beside what they may not
        world.keep("line_n2", world.plan(until="agreed", share_n2=True), "N1")
        world.keep("line_hr", world.plan(until="agreed", share_hr=True), "N1")
        trained = world.plan(until="agreed", share_hr=True, share_n2=True)
        trained.action_ids.sudo().method_id = cls.env[
            "career.development.method"
        ].search([("category", "=", "formal_training")], limit=1)
        trained.action_ids.action_done()
        hidden = world.plan("staff", "HR", "agreed", share_hr=False)
        hidden.action_ids.sudo().method_id = trained.action_ids.method_id
        hidden.action_ids.action_done()
        # without this group nobody exports anything: that would prove nothing here
        cls.env.ref("base.group_allow_export").user_ids += cls.env["res.users"].union(
            *(user for user in world.users.values() if user._is_internal())
        )
        cls.trained, cls.hidden = trained.action_ids, hidden.action_ids
        cls.course = cls.env["hr.resume.line"].create(
            {
                "employee_id": world.people["E"].id,
                "name": "Course",
                "line_type_id": cls.env.ref("hr_skills.resume_type_training").id,
                "duration": 7,
            }
        )
        cls.env.flush_all()
        cls.env.invalidate_all()

    def _expected(self, model, persona):
        """By the table of access.md, on the plain columns of the documents."""
        user = self.world.users[persona]
        ids = set()
        for document in self.env[DOCUMENTS[model]].search([]):
            plan = {
                "career.plan": lambda d: d,
                "career.participation": lambda d: None,
            }.get(document._name, lambda d: d.plan_id)(document)
            line = plan is None or plan.conductor_role == "n1"
            open_ = document._name == "career.participation"
            guide = document.conductor_user_id == user
            n1, n2 = document.n1_user_id == user, document.n2_user_id == user
            reads = (
                (n1 and line and (open_ or document.share_n1 or guide))
                or (n2 and line and (open_ or document.share_n2))
                or (
                    persona in OFFICERS
                    and document.company_id in user.company_ids
                    and (open_ or document.share_hr)
                )
            )
            for hidden, share, mine in (
                (document.hidden_from_n1, document.share_n1, n1),
                (document.hidden_from_n2, document.share_n2, n2),
            ):
                if hidden and mine and not share and not guide:
                    reads = False
            if reads:
                ids.add(document.id)
        self.env.invalidate_all()
        return ids

    def _every_way(self, model, persona, every_id):
        """The rows by each way that a client has; they have to be the same."""
        mine = self.world.model(model, persona)
        ids = set(mine.search([]).ids)
        answer = mine.web_search_read([], {"display_name": {}, "company_id": {}})
        self.assertEqual({row["id"] for row in answer["records"]}, ids)
        self.assertEqual(answer["length"], len(ids))
        self.assertEqual(mine.search_count([]), len(ids))
        self.assertEqual({r["id"] for r in mine.search_read([], ["id"])}, ids)
        groups = mine.formatted_read_group([], ["company_id"], ["__count"])
        self.assertEqual(sum(g["__count"] for g in groups), len(ids))
        sets = mine.formatted_read_grouping_sets([], [[], ["company_id"]], ["__count"])
        self.assertEqual(
            [sum(g["__count"] for g in groups) for groups in sets], [len(ids)] * 2
        )
        # each list answers for all; a few are asked for by number as well
        for other in sorted(every_id - ids)[-2:]:
            record = mine.browse(other)
            self.env.invalidate_all()
            for call in (
                lambda r=record: r.export_data(["id", "display_name"]),
                lambda r=record: r.read(["display_name"]),
                lambda r=record: r.web_read({"company_id": {}}),
            ):
                with self.assertRaises(AccessError, msg=f"{model} {other} {persona}"):
                    call()
        return ids

    def test_rows_of_documents(self):
        """Exactly the rows of access.md; never more than the source shows."""
        seen = {}
        for model, source in DOCUMENTS.items():
            every_id = set(self.env[source].search([]).ids)
            for persona in PERSONAS:
                if persona in ("PORTAL", "PUBLIC"):
                    continue
                with self.subTest(model=model, persona=persona):
                    ids = self._every_way(model, persona, every_id)
                    readable = self.world.model(source, persona).search([])
                    self.assertLessEqual(ids, set(readable.ids))
                    self.assertEqual(ids, self._expected(model, persona))
                    if ids:
                        seen.setdefault(model, set()).add(persona)
        # the comparison would also hold if nobody saw anything
        for model in DOCUMENTS:
            self.assertLessEqual({"N1", "N2", "HR", "HR2"}, seen[model], model)
            nobody = {"E", "COACH", "POOL", "MENTOR", "ADMIN", "SYS", "BOARD", "PEER"}
            self.assertFalse(seen[model] & nobody, model)

    def test_no_list_at_all(self):
        """Visitors have none; job history and age are for career officers."""
        for model in EVERY_LIST:
            for persona in PERSONAS:
                allowed = (
                    persona in OFFICERS
                    if model in OFFICERS_ONLY
                    else persona not in ("PORTAL", "PUBLIC")
                )
                mine = self.world.model(model, persona)
                with self.subTest(model=model, persona=persona):
                    self.assertEqual(mine.has_access("read"), allowed)
                    for operation in ("write", "create", "unlink"):
                        self.assertFalse(mine.has_access(operation))
                    if not allowed:
                        for call in (
                            lambda m=mine: m.search([]),
                            lambda m=mine: m.formatted_read_group([], [], ["__count"]),
                            lambda m=mine: m.web_search_read([], {"id": {}}),
                        ):
                            with self.assertRaises(AccessError):
                                call()

    def test_training(self):
        """Of plans what may be read, of the resume the own line and company."""
        readers = {"N1": True, "N2": True, "HR": True, "HR2": True}
        for persona in PERSONAS:
            if persona in ("PORTAL", "PUBLIC"):
                continue
            with self.subTest(persona=persona):
                mine = self.world.model("career.training.analysis", persona)
                rows = mine.search([("employee_id", "=", self.world.people["E"].id)])
                expected = set()
                if persona in readers:
                    expected = {2 * self.course.id + 1}
                    expected |= {2 * number for number in self.trained.ids}
                self.assertEqual(set(rows.ids), expected)
        self.assertTrue(self.hidden, "there is something to hide")

    def test_officers_of_the_company(self):
        people = self.env["hr.employee"].search(
            [("company_id", "in", [c.id for c in self.world.companies.values()])]
        )
        for persona, key in OFFICERS.items():
            company = self.world.companies[key]
            expected = people.filtered(lambda e, c=company: e.company_id == c)
            mine = self.world.model("career.function.analysis", persona)
            self.assertEqual(set(mine.search([]).employee_id.ids), set(expected.ids))
            for model in OFFICERS_ONLY:
                rows = self.world.model(model, persona).search([])
                self.assertLessEqual(rows.company_id, company)
            curve = self.world.model("career.age.analysis", persona).search([])
            self.assertEqual(sum(curve.mapped("employee_count")), len(expected))

    def test_age_curve_names_nobody(self):
        """No column leads from a row to a person, his birthday or his number."""
        model = self.env["career.age.analysis"]
        about = {f.comodel_name for f in model._fields.values() if f.relational}
        self.assertFalse(about & {"hr.employee", "hr.employee.public", "hr.version"})
        self.assertFalse(
            {"employee_id", "birthday", "person_count"} & set(model._fields)
        )
        # the number of a row is its place, whoever is in it
        rows = self.world.model("career.age.analysis", "HR").search([])
        self.assertEqual(rows.ids, list(range(rows.ids[0], rows.ids[0] + len(rows))))

    def test_moves_with_the_line(self):
        """A new manager's report shows the rows at once, the former one's no more."""
        world, model = self.world, "career.participation.analysis"
        about = [("employee_id", "=", world.people["E"].id)]
        self.assertTrue(world.model(model, "N1").search(about))
        self.assertFalse(world.model(model, "MANAGER").search(about))
        world.people["E"].parent_id = world.people["MANAGER"]
        self.assertFalse(world.model(model, "N1").search(about))
        self.assertTrue(world.model(model, "MANAGER").search(about))
        world.people["E"].active = False
        self.assertFalse(world.model(model, "MANAGER").search(about))

    def test_officer_in_the_line_stays_outside(self):
        """N1 who is also officer: hidden stays hidden, in the lists as well."""
        world = self.world
        world.users["N1"].group_ids = [
            Command.link(self.env.ref("career_guidance.group_career_officer").id)
        ]
        staff = self.env["career.plan"].search(
            [("channel_id", "=", world.channel("staff").id), ("share_hr", "=", True)]
        )
        self.assertTrue(staff)
        rows = world.model("career.plan.analysis", "N1").search([])
        self.assertFalse(
            rows.plan_id & staff.filtered(lambda p: not p.share_n1), "hidden from N1"
        )
        self.assertTrue(rows.plan_id.filtered("share_hr"), "others are there")
        self.assertTrue(world.model("career.plan.analysis", "HR").search([]).plan_id)

    def test_export_is_noted(self):
        """The employee reads who took a copy, as with the documents themselves."""
        world = self.world
        rows = world.model("career.plan.analysis", "HR").search([])
        self.assertTrue(rows)
        before = self.env["career.history"].search([("event", "=", "export")])
        rows.export_data(["employee_id/name", "track"])
        lines = self.env["career.history"].search([("event", "=", "export")]) - before
        self.assertEqual(set(lines.mapped("res_id")), set(rows.ids))
        self.assertEqual(set(lines.mapped("res_model")), {"career.plan"})
        self.assertEqual(lines.user_id, world.users["HR"])

    def test_nothing_by_search_terms(self):
        """No term of a search tells of a row that is not in the list."""
        for model in EVERY_LIST:
            for persona in ("PEER", "BOARD", "SYS", "ADMIN", "HROFFICER", "OTHERHR"):
                mine = self.world.model(model, persona)
                if not mine.has_access("read"):
                    continue
                for domain in (
                    [("employee_id", "=", self.world.people["E"].id)],
                    [("employee_id.name", "ilike", "Person E")],
                    [("plan_id.title", "ilike", SECRET)],
                    [("name", "ilike", SECRET)],
                ):
                    if domain[0][0].split(".")[0] in mine._fields:
                        self.assertFalse(mine.search(domain), (model, persona, domain))

    def test_menus(self):
        """Each list opens for who has it, with the columns that its views ask for."""
        for model in EVERY_LIST:
            action = self.env["ir.actions.act_window"].search(
                [("res_model", "=", model)]
            )
            self.assertTrue(action.path and "<p" in action.help, model)
            for persona in ("HR", "N1"):
                mine = self.world.model(model, persona)
                if not mine.has_access("read"):
                    continue
                views = [(False, v) for v in ("list", "pivot", "graph", "search")]
                names = mine.get_views(views)["models"][model]["fields"]
                spec = {name: {} for name in names}
                self.assertIsInstance(mine.web_search_read([], spec), dict)
