from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import content_disposition, request

from ..tools import workbook

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class PolicyReport(http.Controller):
    """The yearly report as a spreadsheet, with the reader's own rights."""

    @http.route(
        "/career_guidance_reports/policy/<int:report_id>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def download(self, report_id):
        """Download; what may not be read looks like what is not there."""
        report = request.env["career.policy.report"].browse(report_id).exists()
        try:
            report.ensure_one()
            content = report._career_content()
        except (AccessError, MissingError, ValueError):
            raise request.not_found() from None
        name = f"{report.display_name}.xlsx"
        return request.make_response(
            workbook.write(content, workbook.labels(report.env)),
            headers=[
                ("Content-Type", _XLSX),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
            ],
        )
