from odoo import api, models

_SHOWN = 4


class CareerHome(models.AbstractModel):
    _inherit = "career.home"

    @api.model
    @api.readonly
    def my_career(self):
        """With the vacancies that fit, and why (one request, as before)."""
        data = super().my_career()
        if data["employee"]:
            data["vacancies"] = self._vacancies()
        return data

    @api.model
    def _aspiration(self, aspiration, people):
        return {
            **super()._aspiration(aspiration, people),
            "is_matchable": aspiration.matchable and aspiration.state == "active",
        }

    @api.model
    def _vacancies(self):
        """The open vacancies that fit the employee best, with the explanation.

        :return: ``{"count": all that are open, "best": [...]}``
        """
        employee = self.env.user._career_employee()
        jobs = self.env["hr.job"].search([("career_is_open", "=", True)])
        # sudo: hr.employee - the employee's own job
        jobs -= employee.sudo().job_id.with_env(self.env)
        matches = self.env["career.match"]._match(employee, jobs)
        best = sorted(
            (match["score"], job_id) for (_employee, job_id), match in matches.items()
        )[: -_SHOWN - 1 : -1]
        return {
            "count": len(jobs),
            "best": [
                {
                    "id": job.id,
                    "name": job.name,
                    # sudo: hr.department - the name only, of an open vacancy
                    "department": job.department_id.sudo().name or "",
                    "kind": self._label(job, "career_internal_kind"),
                    "applied": bool(job.career_my_application_id),
                    **{
                        key: matches[employee.id, job.id][key]
                        for key in ("score", "text")
                    },
                }
                for job in jobs.browse([job_id for _score, job_id in best])
            ],
        }
