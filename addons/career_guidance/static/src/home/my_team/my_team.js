import {deserializeDateTime, formatDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {CareerGauge} from "../../fields/career_gauge/career_gauge";

import {Component, onWillStart, useState} from "@odoo/owl";

/** The page of a manager about the own reports: what is late comes first. */
export class MyTeam extends Component {
  static template = "career_guidance.MyTeam";
  static components = {CareerGauge, Layout};
  static props = {...standardActionServiceProps};
  static displayName = _t("My team");

  setup() {
    this.orm = useService("orm");
    this.action = useService("action");
    this.state = useState({data: null});
    onWillStart(async () => {
      this.state.data = await this.orm.call("career.home", "my_team", []);
    });
  }

  get data() {
    return this.state.data;
  }

  get summary() {
    const {members, waiting} = this.data;
    return waiting
      ? _t("%(waiting)s of %(count)s people wait for something from you.", {
          waiting,
          count: members.length,
        })
      : _t("Nobody waits for you.");
  }

  formatDay(text) {
    return text ? formatDate(deserializeDateTime(text)) : "";
  }

  get planCountText() {
    return _t("Plans of the team: %(count)s", {count: this.data.gauge.plan_count});
  }

  talkText({date}) {
    return date
      ? _t("Conversation, %(date)s", {date: this.formatDay(date)})
      : _t("Conversation");
  }

  lastText({last_held}) {
    return _t("Last talk: %(date)s", {date: this.formatDay(last_held)});
  }

  wishText({wish_count}) {
    return _t("Wishes shared with you: %(count)s", {count: wish_count});
  }

  beginText({name}) {
    return _t("Begin a conversation with %(name)s", {name});
  }

  planText({name, plan}) {
    return _t("Plan of %(name)s: %(state)s", {
      name,
      state: plan.track_label || plan.state_label,
    });
  }

  openForm(model, id, context) {
    return this.action.doAction({
      type: "ir.actions.act_window",
      res_model: model,
      res_id: id || false,
      views: [[false, "form"]],
      context,
    });
  }

  get planSeveralText() {
    return _t("Plan several (%(count)s)", {count: this.data.to_plan});
  }

  /** Propose a date for everybody of the cycle who is still to plan. */
  async planSeveral() {
    const action = await this.orm.call("career.home", "plan_several", []);
    return this.action.doAction(action, {
      onClose: async () => {
        this.state.data = await this.orm.call("career.home", "my_team", []);
      },
    });
  }

  ask(member) {
    return this.openForm("career.conversation", false, {
      default_employee_id: member.id,
    });
  }

  /** The wishes that this employee shared with the manager. */
  openWishes(member) {
    return this.action.doAction("career_guidance.career_aspiration_action_shared", {
      additionalContext: {search_default_employee_id: member.id},
    });
  }
}

registry.category("actions").add("career_guidance.my_team", MyTeam);
