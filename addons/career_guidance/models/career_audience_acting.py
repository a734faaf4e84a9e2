from ast import literal_eval

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

_OWN = "('employee_user_id', '=', user.id)"


class CareerAudienceMixin(models.AbstractModel):
    """Acting for an employee without a user: the same declaration, read once more.

    The personal page works with ``sudo()`` and an ``ActingEmployee`` in the context
    (access.md, rule 8). Record rules do not bind there, so the declaration that they
    are made from does: what it gives the employee is permitted, nothing else is.
    """

    _inherit = "career.audience.mixin"

    @api.model
    def _career_acting_domain(self, operation):
        """The records with which the acting employee may do ``operation``.

        :param operation: ``read``, ``write``, ``create`` or ``unlink``
        :return: a domain; false where the employee has no such right on the model
        """
        employee_id = self._career_acting_employee_id()
        own = f"('employee_id', '=', {employee_id})"
        domains = []
        for persona, (operations, domain) in self._audience_rules.items():
            if persona.split("_")[0] == "employee" and operation[0] in operations:
                text = (domain or f"[{_OWN}]").replace(_OWN, own)
                domains.append(Domain(literal_eval(text)))
        return Domain.OR(domains) & Domain("employee_id", "=", employee_id)

    def check_access(self, operation):
        """As always; for an acting employee also without the record rules.

        :raise AccessError: the employee's own user could not do it either
        """
        super().check_access(operation)
        if self._career_acting_employee_id() is None:
            return
        domain = self._career_acting_domain(operation)
        records = self._career_system().with_context(active_test=False)
        if domain.is_false() or records.filtered_domain(domain) != records:
            raise AccessError(
                self.env._("This document is not yours, or not at this moment.")
            )
