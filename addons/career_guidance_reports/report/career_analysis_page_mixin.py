from odoo import api, models


class CareerAnalysisPageMixin(models.AbstractModel):
    """A page of a list in one query.

    What the record rules look at is fetched along with the columns of the list. Else
    Odoo reads the rows a second time, to check each against the rules, and a query that
    computes its rows computes all of them again.
    """

    _name = "career.analysis.page.mixin"
    _description = "List that is computed by a query"

    # the columns that the record rules look at
    _career_rule_columns = ("company_id",)

    @api.model
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        if field_names is not None:
            field_names = list({*field_names, *self._career_rule_columns})
        return super().search_fetch(domain, field_names, offset, limit, order)
