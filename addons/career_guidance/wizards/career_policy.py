from odoo import api, models
from odoo.exceptions import AccessError


class CareerPolicy(models.TransientModel):
    """The policies, for an administrator without rights on Odoo's settings.

    The page is the part of the settings page that is about career guidance. What is
    saved goes to the company through a check, and nothing else of the company can.
    """

    _name = "career.policy"
    _inherit = ["career.policy.mixin"]
    _description = "Policies of career guidance"

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form":
            # sudo: ir.ui.view - the words of the settings page, none of its values
            page = self.env.ref("career_guidance.res_config_settings_view_form").sudo()
            part = page._get_combined_arch().find(".//app[@name='career_guidance']")
            arch.append(part)
        return arch, view

    @api.model_create_multi
    def create(self, vals_list):
        names = self._career_policy_names()
        plain = [
            {name: vals[name] for name in vals.keys() - names} for vals in vals_list
        ]
        pages = super().create(plain)
        for page, vals in zip(pages, vals_list, strict=True):
            page._career_set_policies(vals)
        return pages

    def write(self, vals):
        names = self._career_policy_names()
        super().write({name: vals[name] for name in vals.keys() - names})
        for page in self:
            page._career_set_policies(vals)
        return True

    @api.model
    def _career_policy_names(self):
        """Names of the policies: the fields that stand on the company."""
        return {
            name
            for name, field in self._fields.items()
            if (field.related or "").startswith("company_id.") and not field.readonly
        }

    def _career_set_policies(self, vals):
        """Write what changed to the company.

        The access list lets administrators of career guidance come here, and nobody
        else.

        :raise AccessError: it is not a company of the user
        """
        self.ensure_one()
        company = self.company_id
        if company not in self.env.user.company_ids:
            raise AccessError(
                self.env._("You can set the policies of your own companies only.")
            )
        changed = {}
        for name in vals.keys() & self._career_policy_names():
            target = self._fields[name].related.removeprefix("company_id.")
            field = company._fields[target]
            value = field.convert_to_cache(vals[name], company)
            if field.convert_to_record(value, company) != company[target]:
                changed[target] = vals[name]
        if changed:
            # sudo: res.company - policies of career guidance and no other field
            company.sudo().write(changed)

    def execute(self):
        """Save (button of the page): what was changed is with the company already."""
        return {"type": "ir.actions.client", "tag": "reload"}

    def cancel(self):
        """Discard (button of the page): begin again with what the company has."""
        return self.env["ir.actions.act_window"]._for_xml_id(
            "career_guidance.career_policy_action"
        )
