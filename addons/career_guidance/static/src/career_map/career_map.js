import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

import {Component, onWillStart, useState} from "@odoo/owl";

const ICONS = {
  vertical: "fa-arrow-up",
  lateral: "fa-arrows-h",
  temporary: "fa-clock-o",
};

/** The paths around one job: where people come from, and where they can go. */
export class CareerMap extends Component {
  static template = "career_guidance.CareerMap";
  static components = {Layout};
  static props = {...standardActionServiceProps};
  static displayName = _t("Paths around my job");

  setup() {
    this.orm = useService("orm");
    this.state = useState({map: null});
    onWillStart(() => this.load(this.props.action.params?.job_id || false));
  }

  async load(jobId) {
    this.state.map = await this.orm.call("career.path", "get_career_map", [jobId]);
  }

  icon(step) {
    return ICONS[step.kind];
  }
}

registry.category("actions").add("career_guidance.career_map", CareerMap);
