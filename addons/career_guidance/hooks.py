from odoo.fields import Domain
from odoo.tools import SQL


def uninstall_hook(env):
    """Take away what the add-on made in Odoo's own tables; see also :func:`forget`.

    To-dos lead to pages that are gone, and a meeting that nobody can open any more
    would stay in people's calendars with nothing to say.
    """
    env["mail.activity"].search([("career_key", "!=", False)]).unlink()
    env["mail.mail"].search(
        [("career_neutral", "=", True), ("state", "!=", "sent")]
    ).unlink()
    events = env["calendar.event"]
    for model in env.values():
        if not model._name.startswith("career.") or model._abstract:
            continue
        for name, field in model._fields.items():
            if field.comodel_name == "calendar.event" and field.store:
                domain = [(name, "!=", False)]
                records = model.with_context(active_test=False).search(domain)
                if model._name == "career.conversation":
                    # the meeting of an appraisal stays with the appraisal
                    records = records.filtered(
                        lambda t: not t._career_appraisal_event()
                    )
                events |= records[name]
    env["career.conversation"]._career_calendar().browse(events.ids).unlink()
    env["ir.config_parameter"].search(
        [("key", "=", "career_guidance.batch_size")]
    ).unlink()
    # the tables go as a whole: channels and questions that are in use cannot be
    # deleted one by one before
    env.cr.execute(
        SQL(
            """DELETE FROM ir_model_data
            WHERE module = 'career_guidance' AND model LIKE 'career.%%'"""
        )
    )
    forget(env, "career_guidance")


def forget(env, module, *names):
    """Remove the notes about an add-on that Odoo leaves behind.

    Odoo notes each foreign key in ``ir.model.constraint`` without an external id, so
    that keys on tables of others stay noted; and it notes what a model takes from a
    mixin under the add-on of the mixin. Columns and models go by themselves.

    What people made for its lists goes as well, and so do to-dos and the history of its
    documents: installed again, it numbers new documents from 1, and they would get what
    was about others.

    :param module: the add-on that is removed
    :param names: patterns of external ids that the core keeps for it
    """
    env.cr.execute(
        SQL(
            """DELETE FROM ir_model_constraint WHERE type = 'f' AND module IN
            (SELECT id FROM ir_module_module WHERE name = %s)""",
            module,
        )
    )
    models = [
        model._name
        for model in env.values()
        if model._original_module == module and not model._abstract
    ]
    env["ir.filters"].with_context(active_test=False).search(
        [("model_id", "in", models)]
    ).unlink()
    env["ir.exports"].search([("resource", "in", models)]).unlink()
    env["career.history"].search([("res_model", "in", models)]).unlink()
    env["mail.activity"].search(
        Domain.OR(Domain("career_key", "=like", f"{name},%") for name in models)
    ).unlink()
    for name in names:
        env.cr.execute(
            SQL(
                """DELETE FROM ir_model_data
                WHERE module = 'career_guidance' AND name LIKE %s""",
                name,
            )
        )
