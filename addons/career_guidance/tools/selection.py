"""Selections that repeat the choices of another field."""


def labels_of(model, field):
    """The choices of another model's field, with labels in the reader's language.

    ``related`` does this for a field that follows a record; this is for the columns of
    a query and for values that are computed.

    :param str model: name of the model that has the choices
    :param str field: name of its selection field
    :return: what ``fields.Selection(selection=...)`` takes
    """
    return lambda self: self.env[model]._fields[field]._description_selection(self.env)
