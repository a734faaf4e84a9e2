from odoo.tests import TransactionCase, tagged

from odoo.addons.career_guidance.tests.world import World


@tagged("post_install", "-at_install")
class TestAnalysisAnonymised(TransactionCase):
    """Rows about nobody stay in the numbers of the lists, and break none of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.world = World(cls.env)
        cls.employee = cls.world.people["E"]
        # a course that is done, for the list of training
        plan = cls.env["career.plan"].search([("employee_id", "=", cls.employee.id)])
        course = plan.action_ids[:1]
        course.method_id = cls.env["career.development.method"].search(
            [("category", "=", "formal_training")], limit=1
        )
        course._career_system().write({"state": "done", "date_done": "2026-01-05"})
        # what was asked for and planned ends; from here on only the name goes
        cls.employee.action_archive()
        names = cls.env.registry.descendants(["career.analysis.mixin"], "_inherit")
        cls.models = [
            cls.env[name] for name in sorted(names) if not cls.env[name]._abstract
        ]

    def _numbers(self, model):
        """Everything that a list adds up, over all rows."""
        wanted = [
            f"{name}:{field.aggregator}"
            for name, field in model._fields.items()
            if field.aggregator and field.store and name not in ("id", "person_count")
        ]
        [group] = model.formatted_read_group([], [], [*wanted, "__count"])
        return {name: group[name] for name in (*wanted, "__count")}

    def test_numbers_are_the_same(self):
        self.assertGreater(len(self.models), 5)
        rows = {
            model._name: model.search([("employee_id", "=", self.employee.id)]).ids
            for model in self.models
        }
        for name, ids in rows.items():
            self.assertTrue(ids, f"{name} proves nothing")
        before = {model._name: self._numbers(model) for model in self.models}
        self.employee._career_erase()
        self.env.flush_all()
        self.env.invalidate_all()
        for model in self.models:
            with self.subTest(model._name):
                self.assertEqual(self._numbers(model), before[model._name])
                left = model.browse(rows[model._name])
                self.assertFalse(left.employee_id)
                self.assertTrue(left.read())
                for name in ("employee_id", "department_id", "company_id"):
                    groups = model.formatted_read_group([], [name], ["__count"])
                    counted = sum(group["__count"] for group in groups)
                    self.assertEqual(counted, before[model._name]["__count"])

    def test_officer_lists_and_exports_what_stays_by_company(self):
        officer = self.world.people["HR"].user_id
        officer.group_ids += self.env.ref("base.group_allow_export")
        mine = self.world.model("career.participation.analysis", "HR")
        parts = mine.search([("employee_id", "=", self.employee.id)])
        self.assertTrue(parts)
        count = mine.search_count([])
        self.employee._career_erase()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(mine.search_count([]), count)
        lines = parts.export_data(["employee_id", "state"])["datas"]
        self.assertEqual(len(lines), len(parts))
        self.assertFalse(any(name for name, __ in lines))
        self.assertTrue(all(state for __, state in lines))
        # plans were the employee's to share: nobody lists them any more
        plans = self.world.model("career.plan.analysis", "HR")
        self.assertFalse(plans.search([("employee_id", "=", False)]))
