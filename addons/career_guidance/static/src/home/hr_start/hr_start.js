import {deserializeDate, deserializeDateTime, formatDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {openLine} from "../open_line";

import {Component, onWillStart, useState} from "@odoo/owl";

// Menus whose entries are offered as figures, where they are installed and allowed.
const FIGURES = [
  "career_guidance_reports.career_menu_reporting",
  "career_guidance.career_menu_follow_up",
];

/** The start page of HR: how the round goes, what stagnates, what waits. */
export class HrStart extends Component {
  static template = "career_guidance.HrStart";
  static components = {Layout};
  static props = {...standardActionServiceProps};
  static displayName = _t("HR overview");

  setup() {
    this.orm = useService("orm");
    this.action = useService("action");
    this.menu = useService("menu");
    this.state = useState({data: null});
    onWillStart(async () => {
      this.state.data = await this.orm.call("career.home", "hr_start", []);
    });
    this.figures = this.menu
      .getAll()
      .filter(({xmlid}) => FIGURES.includes(xmlid))
      .sort((a, b) => FIGURES.indexOf(a.xmlid) - FIGURES.indexOf(b.xmlid))
      .flatMap(({id}) => this.leaves(this.menu.getMenuAsTree(id)));
  }

  get data() {
    return this.state.data;
  }

  get hasAttention() {
    const {requests, waiting} = this.data;
    return Boolean(requests.length || waiting.length);
  }

  /** The entries of a menu that open something, whatever their depth. */
  leaves(tree) {
    return tree.childrenTree.flatMap((menu) =>
      menu.childrenTree.length ? this.leaves(menu) : [menu]
    );
  }

  stepText({done, total}) {
    return _t("Start guide: %(done)s of %(total)s steps done", {done, total});
  }

  periodText({date_start, date_end}) {
    return _t("%(start)s until %(end)s", {
      start: formatDate(deserializeDate(date_start)),
      end: formatDate(deserializeDate(date_end)),
    });
  }

  lateText({late}) {
    return _t("Late: %(count)s", {count: late});
  }

  partText({label, count}) {
    return _t("%(label)s: %(count)s", {label, count});
  }

  openText({to_plan, total}) {
    return _t("%(count)s of %(total)s to plan", {count: to_plan, total});
  }

  askedText({date}) {
    return _t("Asked on %(date)s", {date: formatDate(deserializeDateTime(date))});
  }

  parts({parts}) {
    return parts.filter(({count}) => count);
  }

  partStyle({count}, {total}) {
    return `flex-grow: ${count / total}`;
  }

  openForm(model, id) {
    return this.action.doAction({
      type: "ir.actions.act_window",
      res_model: model,
      res_id: id,
      views: [[false, "form"]],
    });
  }

  openLine(line) {
    return openLine(this.action, line);
  }

  openDepartment(department) {
    return this.openLine({
      action: "career_guidance.career_participation_action",
      domain: [
        ["cycle_id.state", "in", ["launching", "running"]],
        ["department_id", "=", department.id],
      ],
    });
  }
}

registry.category("actions").add("career_guidance.hr_start", HrStart);
