from odoo import api, models

from ..tools.sample_mobility import SampleMobility

_MARKER = "career_guidance_sample.vacancy_0_demo"


class CareerSample(models.AbstractModel):
    _inherit = "career.sample"

    @api.model
    def _is_loaded(self):
        return super()._is_loaded() and self._is_there(_MARKER)

    @api.model
    def _load_parts(self):
        """Vacancies, applications and moves."""
        result = super()._load_parts()
        if not self._is_there(_MARKER):
            SampleMobility(self.env).play()
        return result
