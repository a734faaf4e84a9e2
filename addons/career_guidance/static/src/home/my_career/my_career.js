import {deserializeDate, deserializeDateTime, formatDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {CareerCurve} from "../../fields/career_curve/career_curve";
import {CareerGauge} from "../../fields/career_gauge/career_gauge";
import {CareerReaders} from "../../fields/career_readers/career_readers";
import {openLine} from "../open_line";

import {Component, onWillStart, useState} from "@odoo/owl";

const STATE_CLASSES = {
  on_track: "text-bg-success",
  reached: "text-bg-success",
  at_risk: "text-bg-warning",
  behind: "text-bg-danger",
  missed: "text-bg-danger",
};

/** The page of an employee about the own career: the next step first. */
export class MyCareer extends Component {
  static template = "career_guidance.MyCareer";
  static components = {CareerCurve, CareerGauge, CareerReaders, Layout};
  static props = {...standardActionServiceProps};
  static displayName = _t("My career");

  setup() {
    this.orm = useService("orm");
    this.action = useService("action");
    this.state = useState({data: null});
    onWillStart(async () => {
      this.state.data = await this.orm.call("career.home", "my_career", []);
    });
  }

  get data() {
    return this.state.data;
  }

  get steps() {
    return [
      {icon: "fa-lightbulb-o", title: _t("Note what you wish")},
      {icon: "fa-share-alt", title: _t("Choose who may read it")},
      {icon: "fa-comments-o", title: _t("Talk about it")},
      {icon: "fa-line-chart", title: _t("Agree on a plan, and follow it")},
    ];
  }

  get isEmpty() {
    const {aspiration_count, conversations, plan} = this.data;
    return !aspiration_count && !conversations.length && !plan;
  }

  openLine(line) {
    return openLine(this.action, line);
  }

  get guides() {
    return Boolean(this.data.for_others?.length);
  }

  get planText() {
    const {counterpart, date_end} = this.data.plan;
    const date = this.formatDate(date_end);
    return counterpart
      ? _t("With %(name)s, until %(date)s", {name: counterpart, date})
      : _t("Until %(date)s", {date});
  }

  get followUpText() {
    return _t("Next follow-up: %(date)s", {
      date: this.formatDate(this.data.plan.follow_up),
    });
  }

  showAllText(count) {
    return _t("Show all %(count)s", {count});
  }

  answerText(text) {
    return _t("Answer: %(text)s", {text});
  }

  trackClass(track) {
    return STATE_CLASSES[track] || "text-bg-secondary";
  }

  formatDate(text) {
    return text ? formatDate(deserializeDate(text)) : "";
  }

  formatDay(text) {
    return text ? formatDate(deserializeDateTime(text)) : "";
  }

  formatMoment(text) {
    return deserializeDateTime(text).toLocaleString({
      weekday: "long",
      day: "numeric",
      month: "long",
      hour: "numeric",
      minute: "2-digit",
    });
  }

  /** Open a document, or the form of a new one. */
  open(model, id) {
    return this.action.doAction({
      type: "ir.actions.act_window",
      res_model: model,
      res_id: id || false,
      views: [[false, "form"]],
      context: {career_mine: true},
    });
  }

  /** Open what the next step is about. */
  async openStep({model, id, method}) {
    if (!method) {
      return this.open(model, id);
    }
    return this.action.doAction(await this.orm.call(model, method, [[id]]));
  }

  openAction(name) {
    return this.action.doAction(`career_guidance.${name}`);
  }
}

registry.category("actions").add("career_guidance.my_career", MyCareer);
