import {_t} from "@web/core/l10n/translation";

import {Component, useState} from "@odoo/owl";

const ROLES = {
  employee: {icon: "fa-user", title: _t("The employee")},
  n1: {icon: "fa-user-circle-o", title: _t("Line manager")},
  n2: {icon: "fa-sitemap", title: _t("Manager's manager")},
  hr: {icon: "fa-id-card-o", title: _t("Human resources")},
  coach: {icon: "fa-compass", title: _t("Career coach")},
  mentor: {icon: "fa-graduation-cap", title: _t("Mentor")},
  conductor: {icon: "fa-comments-o", title: _t("Conversation partner")},
  external: {icon: "fa-external-link", title: _t("External adviser")},
  admin: {icon: "fa-key", title: _t("Administrator")},
};
const OTHER_ROLE = {icon: "fa-eye", title: _t("Reader")};

/** "Who can read this?": one line per reader, with the reason. */
export class CareerReaders extends Component {
  static template = "career_guidance.CareerReaders";
  static props = {
    /** @type {{ name: string, reason?: string, role?: string }[]} */
    readers: {type: [Array, {value: false}, {value: null}], optional: true},
    title: {type: String, optional: true},
    hideTitle: {type: Boolean, optional: true},
    emptyText: {type: String, optional: true},
    // more readers than this are shown on demand; 0 shows all
    limit: {type: Number, optional: true},
  };
  static defaultProps = {hideTitle: false, limit: 6};

  setup() {
    this.state = useState({showAll: false});
  }

  get title() {
    return this.props.title || _t("Who can read this?");
  }

  get emptyText() {
    return this.props.emptyText || _t("Only you");
  }

  get allReaders() {
    return (this.props.readers || []).map((reader) => ({
      ...reader,
      ...(ROLES[reader.role] || OTHER_ROLE),
    }));
  }

  /** Never hide a single line: the button would take the same place. */
  get isLimited() {
    const {limit} = this.props;
    return limit > 0 && this.allReaders.length > limit + 1;
  }

  get readers() {
    return this.isLimited && !this.state.showAll
      ? this.allReaders.slice(0, this.props.limit)
      : this.allReaders;
  }

  get toggleText() {
    return this.state.showAll
      ? _t("Show fewer")
      : _t("Show all %(count)s", {count: this.allReaders.length});
  }

  onToggle() {
    this.state.showAll = !this.state.showAll;
  }
}
