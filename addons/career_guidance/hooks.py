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
    talks = env["career.conversation"].with_context(active_test=False).search([])
    events = env["calendar.event"]
    for name, field in talks._fields.items():
        if field.comodel_name == "calendar.event" and field.store:
            events |= talks[name]
    talks._career_calendar().browse(events.ids).unlink()
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
    for name in names:
        env.cr.execute(
            SQL(
                """DELETE FROM ir_model_data
                WHERE module = 'career_guidance' AND name LIKE %s""",
                name,
            )
        )
