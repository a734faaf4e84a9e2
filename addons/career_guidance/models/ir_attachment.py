from odoo import models


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _inaccessible_comodel_records(self, model_and_ids, operation):
        """A file that belongs to a document is part of what is written there: who may
        only decide on its readers changes, adds and deletes none."""
        yield from super()._inaccessible_comodel_records(model_and_ids, operation)
        if self.env.su or operation == "read":
            return
        mixin = self.pool["career.audience.mixin"]
        for res_model, res_ids in model_and_ids.items():
            documents = self.env.get(res_model)
            if isinstance(documents, mixin) and not documents._abstract:
                for document in documents.browse(filter(None, res_ids)).exists():
                    if not document._career_may_attach():
                        yield res_model, document.id
