from odoo import models


class ResourceResource(models.Model):
    _inherit = "resource.resource"

    def write(self, vals):
        """User and activity of an employee live here: a change is one of the line."""
        # sudo: hr.employee - rights have to follow whoever changes the resource
        employees = (
            self.env["hr.employee"]
            .sudo()
            .with_context(active_test=False)
            .search([("resource_id", "in", self.ids)])
        )
        if not employees or not {"user_id", "active"} & set(vals):
            return super().write(vals)
        with employees._career_watch_line(vals) as watched:
            resources = self.with_context(
                career_line_watched=watched.env.context.get("career_line_watched")
            )
            return super(ResourceResource, resources).write(vals)
