import {deserializeDate, deserializeDateTime, formatDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {CareerGauge} from "../../fields/career_gauge/career_gauge";

import {Component, onWillStart, useState} from "@odoo/owl";

const FEW = 3;

/** The page of the managers' manager: the teams below, late ones first. */
export class MyOrganisation extends Component {
  static template = "career_guidance.MyOrganisation";
  static components = {CareerGauge, Layout};
  static props = {...standardActionServiceProps};
  static displayName = _t("My organisation");

  setup() {
    this.orm = useService("orm");
    this.action = useService("action");
    this.state = useState({data: null, open: {}});
    onWillStart(async () => {
      const data = await this.orm.call("career.home", "my_organisation", []);
      this.state.data = data;
      // what is late is open at once; with few teams there is nothing to choose
      for (const team of data.teams) {
        this.state.open[team.id] = Boolean(team.late) || data.teams.length <= FEW;
      }
    });
  }

  get data() {
    return this.state.data;
  }

  get summary() {
    const {held, in_cycle, late} = this.data;
    if (late) {
      return _t("%(late)s people are late in the cycle.", {late});
    }
    return in_cycle
      ? _t("%(held)s of %(in_cycle)s conversations of the cycle were held.", {
          held,
          in_cycle,
        })
      : _t("No cycle runs in the teams below you.");
  }

  counts(team) {
    return [
      {key: "late", count: team.late, text: _t("Late: %(count)s", {count: team.late})},
      {
        key: "to_plan",
        count: team.to_plan,
        text: _t("To plan: %(count)s", {count: team.to_plan}),
      },
      {
        key: "planned",
        count: team.planned,
        text: _t("Planned: %(count)s", {count: team.planned}),
      },
      {key: "held", count: team.held, text: _t("Held: %(count)s", {count: team.held})},
      {
        key: "other",
        count: team.other,
        text: _t("Arranged otherwise or excused: %(count)s", {count: team.other}),
      },
    ].filter(({count}) => count);
  }

  teamText({name, people}) {
    return _t("%(name)s and %(count)s people", {name, count: people.length});
  }

  toldText({told}) {
    return _t("Told to you: %(count)s", {count: told});
  }

  wishText({wishes}) {
    return _t("Wishes shared with you: %(count)s", {count: wishes});
  }

  lateText({deadline}) {
    return _t("Late since %(date)s", {date: formatDate(deserializeDate(deadline))});
  }

  formatDay(text) {
    return text ? formatDate(deserializeDateTime(text)) : "";
  }

  toggle(team) {
    this.state.open[team.id] = !this.state.open[team.id];
  }

  openForm(model, id) {
    return this.action.doAction({
      type: "ir.actions.act_window",
      res_model: model,
      res_id: id,
      views: [[false, "form"]],
    });
  }

  /** A list of the person's, among what the user can read. */
  openList(name, person) {
    return this.action.doAction(`career_guidance.${name}`, {
      additionalContext: {search_default_employee_id: person.id},
    });
  }
}

registry.category("actions").add("career_guidance.my_organisation", MyOrganisation);
