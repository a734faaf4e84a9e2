from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..tools.sample_data import SampleData

_MARKER = "career_guidance_sample.company_office_demo"


class CareerSample(models.AbstractModel):
    """Sample data: an invented company to try the application with."""

    _name = "career.sample"
    _description = "Sample data of career guidance"

    @api.model
    def _is_loaded(self):
        """Whether everything is there; an add-on adds its own part."""
        return self._is_there(_MARKER)

    @api.model
    def _is_there(self, xmlid):
        return bool(self.env.ref(xmlid, raise_if_not_found=False))

    @api.model
    def _load_sample_data(self):
        """Make the sample data, once: the company, and what add-ons add to it.

        The demo data of an add-on calls it as well: what is there already stays.

        :return: number of employees made; 0 where they are there already
        """
        made = 0 if self._is_there(_MARKER) else SampleData(self.env).load()
        self._load_parts()
        return made

    @api.model
    def _load_parts(self):
        """Hook: an add-on makes its part, where it is not there yet."""

    @api.model
    def action_load(self):
        """Load the sample data (button of the settings).

        :raise AccessError: the caller is no administrator of career guidance, or may
            not make users
        :raise UserError: the sample data is there already
        """
        if not self.env.user.has_group("career_guidance.group_career_manager"):
            raise AccessError(
                self.env._(
                    "Only an administrator of career guidance can load sample data."
                )
            )
        # the people of the sample data can log in: who cannot make users, cannot
        # make them this way either
        self.env["res.users"].check_access("create")
        if self._is_loaded():
            raise UserError(
                self.env._(
                    "The sample data is there already: log in as emma, marc or hilde "
                    "to try it."
                )
            )
        self._load_sample_data()
        return {"type": "ir.actions.client", "tag": "reload"}
