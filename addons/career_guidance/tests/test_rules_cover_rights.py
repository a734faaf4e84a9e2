from odoo.tests import tagged

from .common import CareerCommon


@tagged("post_install", "-at_install")
class TestRulesCoverRights(CareerCommon):
    """A right that the access list gives to everybody is bounded by a rule."""

    def test_no_right_without_a_rule(self):
        """Without any rule for an operation, Odoo permits it on every record.

        Found so: everybody could delete every plan by its number.
        """
        everybody = self.env.ref("base.group_user")
        operations = ("read", "write", "create", "unlink")
        names = self.env.registry.descendants(["career.audience.mixin"], "_inherit")
        open_to_all = []
        for model in self.env["ir.model"].search([("model", "in", list(names))]):
            rights = model.access_ids.filtered(
                lambda a: not a.group_id or a.group_id == everybody
            )
            rules = model.rule_ids.filtered(lambda r: everybody in r.groups)
            open_to_all += [
                f"{operation} {model.model}"
                for operation in operations
                if any(rights.mapped(f"perm_{operation}"))
                and not any(rules.mapped(f"perm_{operation}"))
            ]
        self.assertEqual(open_to_all, [])

    def test_nobody_deletes_a_plan(self):
        plan = self._model("career.plan", self.employee).create(
            {"employee_id": self.employee.id}
        )
        for person in (self.employee, self.manager, self.peer, self.officer):
            self.assertFalse(self._as(plan, person).has_access("unlink"), person.name)
