import json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date, format_datetime, formatLang, html2plaintext

# columns of every table that say nothing about the person
_TECHNICAL = {
    "create_uid": "The user behind the first write; the history names who did what.",
    "write_uid": "The user behind the last write; the history names who did what.",
    "employee_user_id": "Follows from the employee; compared by the record rules.",
    "n1_user_id": "Follows from the organisation chart; compared by the rules.",
    "n2_user_id": "Follows from the organisation chart; compared by the rules.",
}


class CareerExport(models.AbstractModel):
    """Export all about me (access.md, rule 7; GDPR, articles 15 and 20).

    What is exported follows from the registry: every model with the audience mixin,
    and the few others below; of each, every stored field. What is left out is named
    here with its reason, and a test fails on a field that is neither. An add-on that
    inherits the mixin is exported without a line of code.
    """

    _name = "career.export"
    _description = "Export of all about a person"

    # ------------------------------------------------------------------ declaration
    @api.model
    def _career_exported_others(self):
        """Hook: models without the mixin that are about a person.

        :return: {model: field to the employee or to his user}
        """
        return {
            "career.coach": "employee_id",
            "career.help.question": "asker_id",
            "career.history": "employee_id",
            "career.personal.page": "employee_id",
        }

    @api.model
    def _career_not_exported(self):
        """Hook: stored fields of the person's own records that are left out.

        :return: {model or "*": {field: reason}}
        """
        return {
            "*": dict(_TECHNICAL),
            "career.personal.page": {
                "token_hash": "Proof of a link; it opens nothing and tells nothing."
            },
        }

    @api.model
    def _career_not_followed(self):
        """Hook: stored links to a person by which no record is looked for.

        :return: {model: {field: reason}}
        """
        guides = "As a guide: the document is about somebody else, in whose file it is."
        shift = "Takes over a shift: the conversation is somebody else's."
        return {
            "career.conversation": {
                "conductor_id": guides,
                "conductor_user_id": guides,
                "stand_in_id": shift,
                "employee_stand_in_id": shift,
            },
            "career.trajectory": {"coach_id": guides},
            "career.feedback": {
                "author_user_id": "Written about somebody else, in whose file it is.",
                "recipient_user_id": "Told about somebody else, in whose file it is.",
            },
            "career.history": {
                "user_id": "A step in somebody else's document, in whose file it is."
            },
            "career.personal.page": {
                "maker_user_id": "Handed out to somebody else, in whose file it is."
            },
            "career.notice": {
                "user_id": "Keeps a job from reminding twice: a key and a day, no text."
            },
        }

    @api.model
    def _career_export_fields(self, model, as_officer=False):
        """The stored fields of a model that are exported, in the order of the model.

        HR's file has no field that HR cannot read, and of the switches of sharing only
        its own: with whom else something is shared is the person's.
        """
        excluded = self._career_not_exported()
        left_out = {*excluded["*"], *excluded.get(model._name, {})}
        if as_officer:
            left_out |= {"share_n1", "share_n2", "share_coach"}
            left_out |= {
                name
                for name, field in model._fields.items()
                if not model._has_field_access(field, "read")
            }
        return [
            name
            for name, field in model._fields.items()
            if field.store and field.type != "one2many" and name not in left_out
        ]

    # ------------------------------------------------------------------- collecting
    @api.model
    def _career_collect(self, employee, as_officer=False):
        """All that is kept about a person and that the caller may read.

        :param employee: one ``hr.employee``
        :param as_officer: HR's file: what HR may read by its own rules, nothing more
        :return: list of {"model", "label", "records"}
        """
        employee.ensure_one()
        mixin = self.env["career.audience.mixin"]
        parts = []
        for model in mixin._career_confidential_models():
            model = self.env[model._name].with_context(active_test=False)
            domain = fields.Domain("employee_id", "=", employee.id)
            if mixin._career_acting_employee_id() is not None:
                domain &= model._career_acting_domain("read")
            parts.append(model.search(domain, order="id"))
        for name, link in self._career_exported_others().items():
            if as_officer and name in ("career.history", "career.help.question"):
                # the history belongs to the employee alone
                continue
            # sudo: the models named above - only the person's own rows; they hold
            # nothing that somebody else keeps from him
            model = self.env[name].sudo().with_context(active_test=False)
            about = employee
            if model._fields[link].comodel_name == "res.users":
                # sudo: hr.employee - the person's own user
                about = employee.sudo().user_id
            parts.append(model.search([(link, "in", about.ids)], order="id"))
        return [
            {
                "model": records._name,
                "label": records.env["ir.model"]._get(records._name).name,
                "records": records,
            }
            for records in parts
            if records
        ]

    @api.model
    def _career_export_value(self, record, name, as_officer=False):
        """One value, as it goes into the file."""
        field = record._fields[name]
        # sudo: names of what a readable record points to; those of confidential
        # documents are constants
        value = record.sudo()[name]
        if field.type == "many2one":
            if not value:
                return None
            if isinstance(value, self.pool["career.audience.mixin"]):
                if as_officer and not value.with_env(record.env).has_access("read"):
                    # that there is one is not for HR
                    return None
                return {"model": value._name, "id": value.id}
            return {"id": value.id, "name": value.display_name}
        if field.type == "many2many":
            if value._name == "ir.attachment":
                return [
                    {
                        "name": file.name,
                        "mimetype": file.mimetype,
                        "base64": file.datas.decode() if file.datas else None,
                    }
                    for file in value
                ]
            return [{"id": line.id, "name": line.display_name} for line in value]
        if field.type == "binary":
            return value.decode() if isinstance(value, bytes) else (value or None)
        if field.type == "boolean":
            return value
        if field.type in ("date", "datetime"):
            return value.isoformat() if value else None
        if field.type == "selection":
            labels = dict(field._description_selection(record.env))
            return {"value": value, "label": labels.get(value)} if value else None
        if field.type in ("integer", "float", "monetary", "many2one_reference"):
            return value
        return value or None

    @api.model
    def _career_export_data(self, employee, as_officer=False):
        """The content of the file.

        :return: dictionary that can be written as JSON
        """
        # sudo: hr.employee - name and company of whom the file is about
        person = employee.sudo()
        documents = []
        for part in self._career_collect(employee, as_officer):
            records = part["records"]
            names = self._career_export_fields(records, as_officer)
            documents.append(
                {
                    "model": part["model"],
                    "label": part["label"],
                    "fields": {
                        name: records._fields[name]._description_string(self.env)
                        for name in names
                    },
                    "records": [
                        {
                            name: self._career_export_value(record, name, as_officer)
                            for name in names
                        }
                        for record in records
                    ],
                    "files": self._career_export_files(records),
                }
            )
        return {
            "format": "career-guidance-export",
            "version": 1,
            "person": {"id": person.id, "name": person.name},
            "company": person.company_id.name,
            "made_on": fields.Datetime.now().isoformat(),
            "made_by": self.env.user.name if as_officer else person.name,
            "complete": not as_officer,
            "note": self._career_export_note(as_officer),
            "works_in_shifts": person.career_shift_work,
            "documents": documents,
        }

    @api.model
    def _career_export_files(self, records):
        """Files and pictures that hang on these documents, and are in none of their
        fields: nobody keeps a file about a person that the person does not see.

        :param records: documents that the caller may read
        """
        if not isinstance(records, self.pool["career.audience.mixin"]):
            return []
        # sudo: ir.attachment - parts of documents that the caller may read
        files = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", records._name),
                    ("res_id", "in", records.ids),
                    ("res_field", "=", False),
                ],
                order="id",
            )
        )
        for name, field in records._fields.items():
            if field.store and field.comodel_name == "ir.attachment":
                # sudo: own model - what is in the file already
                files -= records.sudo()[name]
        return [
            {
                "document": file.res_id,
                "name": file.name,
                "mimetype": file.mimetype,
                "base64": file.datas.decode() if file.datas else None,
            }
            for file in files
        ]

    @api.model
    def _career_export_note(self, as_officer):
        """What the file is; the same sentence whatever there is or is not."""
        if as_officer:
            return self.env._(
                "Made by HR. It holds what HR may read. What you did not share with "
                "HR, and your history, are on your personal page, where you can make "
                "the complete file."
            )
        return self.env._(
            "Everything that Career guidance keeps about you, also what others wrote. "
            "What a guide noted for himself and has not shared yet is not in it: it is "
            "shared with you or deleted when the conversation closes."
        )

    # --------------------------------------------------------------------- checking
    @api.model
    def _career_check_export(self, employee):
        """Who may make the file of whom.

        :return: whether it is HR's
        :raise AccessError: neither the person, nor HR of the company
        :raise UserError: HR, for somebody who can make it
        """
        employee.ensure_one()
        acting = self.env["career.audience.mixin"]._career_acting_employee_id()
        if acting is not None:
            if acting != employee.id:
                raise AccessError(self.env._("This file is about somebody else."))
            return False
        # sudo: hr.employee - user and company decide on the right
        person = employee.sudo()
        if person.user_id == self.env.user:
            return False
        if not self.env.user._career_is_officer_of(person.company_id):
            raise AccessError(
                self.env._(
                    "Everybody makes the file about himself; HR makes it for who has "
                    "no login."
                )
            )
        if person.user_id:
            raise UserError(
                self.env._(
                    "This employee has a login and makes the file under My career."
                )
            )
        return True

    @api.model
    def _career_note_export(self, employee, as_officer):
        """The person reads who took a copy, and when."""
        # sudo: career.history - written by the server only
        self.env["career.history"].sudo().create(
            {
                "res_model": "hr.employee",
                "res_id": employee.id,
                "employee_id": employee.id,
                "user_id": self.env["career.audience.mixin"]._career_author_id(),
                "event": "export",
                "detail": self.env._("What HR may read, by HR")
                if as_officer
                else self.env._("All about me"),
            }
        )

    # ----------------------------------------------------------------------- making
    @api.model
    def _career_make(self, employee, file_format):
        """The file about a person.

        :param employee: one ``hr.employee``
        :param file_format: ``json`` or ``pdf``
        :return: (file name, MIME type, content as bytes)
        """
        as_officer = self._career_check_export(employee)
        data = self._career_export_data(employee, as_officer)
        if file_format == "json":
            content = json.dumps(data, ensure_ascii=False, indent=2).encode()
            mimetype = "application/json"
        else:
            content = self._career_pdf(data)
            mimetype = "application/pdf"
        self._career_note_export(employee, as_officer)
        return f"career-guidance.{file_format}", mimetype, content

    @api.model
    def _career_pdf(self, data):
        """The same content on paper.

        :raise UserError: the server cannot make a PDF
        """
        # sudo: ir.actions.report - the data was collected with the caller's rights
        reports = self.env["ir.actions.report"].sudo()
        if reports.get_wkhtmltopdf_state() not in ("ok", "upgrade"):
            raise UserError(
                self.env._(
                    "This server cannot make a PDF (wkhtmltopdf is not installed). "
                    "Take the JSON file."
                )
            )
        html = reports._render_template(
            "career_guidance.report_career_export", self._career_paper(data)
        )
        # the company's paper leaves room for a letterhead, and none at the sides
        return reports._run_wkhtmltopdf(
            [f"<!DOCTYPE html>{html.decode()}"],
            specific_paperformat_args={
                "data-report-margin-top": 12,
                "data-report-margin-bottom": 12,
                "data-report-header-spacing": 0,
            },
        )

    @api.model
    def _career_paper(self, data):
        """Values of the report: labels and text, without what is empty."""

        def text(field, value):
            if isinstance(value, dict):
                return value.get("label") or value.get("name") or ""
            if isinstance(value, list):
                return ", ".join(line["name"] for line in value)
            if field.type == "html":
                return html2plaintext(value)
            if field.type == "binary":
                return self.env._("In the JSON file")
            if field.type == "boolean":
                return self.env._("Yes")
            if field.type == "date":
                return format_date(self.env, value)
            if field.type == "datetime":
                moment = fields.Datetime.to_datetime(value.replace("T", " ")[:19])
                return format_datetime(self.env, moment, dt_format="short")
            if field.type in ("float", "monetary"):
                return formatLang(self.env, value, digits=2)
            return str(value)

        def label(part, name):
            name_in_words = part["fields"][name]
            if name.startswith("share_"):
                # "HR: Yes" is clear beside a switch, and not in a table
                return self.env._("Shared with: %(who)s", who=name_in_words)
            return name_in_words

        def is_read(field):
            """Not what the server keeps for itself: it has no name in words."""
            return field.export_string_translation and field.name not in (
                "id",
                "employee_id",
                "write_date",
            )

        sections = []
        for part in data["documents"]:
            known = self.env[part["model"]]._fields
            sections.append(
                {
                    "label": part["label"],
                    "records": [
                        [
                            (label(part, name), text(known[name], value))
                            for name, value in record.items()
                            if value and is_read(known[name])
                        ]
                        for record in part["records"]
                    ]
                    + [[(self.env._("File"), file["name"])] for file in part["files"]],
                }
            )
        return {
            "data": data,
            "sections": sections,
            "day": fields.Date.context_today(self),
            "lang": (self.env.lang or "en_US").replace("_", "-"),
        }
