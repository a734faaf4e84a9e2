from odoo import http
from odoo.http import content_disposition, request


class CareerExport(http.Controller):
    """The file about a person, made at the moment it is asked for, stored nowhere."""

    @http.route(
        [
            "/career/export/me.<string:file_format>",
            "/career/export/<int:employee_id>.<string:file_format>",
        ],
        type="http",
        auth="user",
        methods=["POST"],
    )
    def career_export(self, file_format, employee_id=None, **_kw):
        """The user's own file, or the one that HR makes for who has no login.

        :param file_format: ``json`` or ``pdf``
        """
        if file_format not in ("json", "pdf"):
            raise request.not_found()
        employee = request.env.user._career_employee()
        if employee_id:
            employee = request.env["hr.employee"].browse(employee_id)
        # sudo: hr.employee - whether there is one; the export checks who may
        if not employee.sudo().exists():
            raise request.not_found()
        name, mimetype, content = request.env["career.export"]._career_make(
            employee, file_format
        )
        return request.make_response(
            content,
            [
                ("Content-Type", mimetype),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
