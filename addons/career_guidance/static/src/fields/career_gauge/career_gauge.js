import {_t} from "@web/core/l10n/translation";
import {formatRate, isTargetReached} from "../../utils/career_rate";

import {Component} from "@odoo/owl";

/**
 * The centre of the half circle is at height 0; `height` is the room below it.
 * The drawings are made at the size at which they are shown, so that text keeps
 * its size in pixels: `small` fits a list row or a kanban card, `large` a form.
 */
const GEOMETRIES = {
  small: {width: 84, height: 3, cx: 42, cy: 0, radius: 36, stroke: 8, overshoot: 2},
  large: {width: 320, height: 26, cx: 160, cy: 0, radius: 92, stroke: 18, overshoot: 7},
};

/** Half-circle gauge of a rate (0-100) against a target, without colour-only meaning. */
export class CareerGauge extends Component {
  static template = "career_guidance.CareerGauge";
  static props = {
    value: Number,
    target: {type: Number, optional: true},
    // the server's exact judgement; without it, value and target are compared
    reached: {type: Boolean, optional: true},
    isEmpty: {type: Boolean, optional: true},
    emptyText: {type: String, optional: true},
    label: {type: String, optional: true},
    size: {type: String, optional: true, validate: (s) => s in GEOMETRIES},
    // caption beside the gauge instead of below it (list rows)
    inline: {type: Boolean, optional: true},
  };
  static defaultProps = {
    target: 80,
    isEmpty: false,
    label: "",
    size: "large",
    inline: false,
  };

  get geometry() {
    return GEOMETRIES[this.props.size];
  }

  /** The room above the arc is only taken where the target's label needs it. */
  get viewBox() {
    const {width, height, cy, radius, stroke, overshoot} = this.geometry;
    const labelTop = this.isLarge ? this.targetMark.label.y - 13 : Infinity;
    const top = Math.min(
      cy - radius - stroke / 2 - 1,
      this.targetMark.outer.y - overshoot / 2,
      labelTop
    );
    return {top: Math.floor(top), width, height: height - Math.floor(top)};
  }

  get isLarge() {
    return this.props.size === "large";
  }

  /** Name of the state, also the suffix of the CSS class. */
  get state() {
    if (this.props.isEmpty) {
      return "empty";
    }
    const {value, target} = this.props;
    return (this.props.reached ?? isTargetReached(value, target)) ? "reached" : "under";
  }

  get icon() {
    return {
      empty: "fa-clock-o",
      reached: "fa-check-circle",
      under: "fa-arrow-circle-down",
    }[this.state];
  }

  get formattedValue() {
    return this.props.isEmpty ? "–" : formatRate(this.props.value);
  }

  get formattedTarget() {
    return formatRate(this.props.target);
  }

  get targetText() {
    return _t("Target %(target)s", {target: this.formattedTarget});
  }

  get stateText() {
    switch (this.state) {
      case "empty":
        return this.props.emptyText || _t("Nothing to measure yet");
      case "reached":
        return _t("Target reached");
      default:
        return _t("Below target");
    }
  }

  get caption() {
    return this.isLarge || this.props.isEmpty ? this.stateText : this.targetText;
  }

  get ariaLabel() {
    const {isEmpty, label} = this.props;
    const text = isEmpty
      ? _t("%(state)s (target %(target)s)", {
          state: this.stateText,
          target: this.formattedTarget,
        })
      : _t("%(value)s, target %(target)s: %(state)s", {
          value: this.formattedValue,
          target: this.formattedTarget,
          state: this.stateText,
        });
    return label ? _t("%(label)s: %(text)s", {label, text}) : String(text);
  }

  get arc() {
    const {cx, cy, radius} = this.geometry;
    return `M ${cx - radius} ${cy} A ${radius} ${radius} 0 0 1 ${cx + radius} ${cy}`;
  }

  /** Length of the coloured part; the path has a nominal length of 100. */
  get filled() {
    return this.props.isEmpty ? 0 : Math.min(Math.max(this.props.value, 0), 100);
  }

  /** The small gauge has no room to name the line when its caption says something else. */
  get hasTargetMark() {
    return this.isLarge || !this.props.isEmpty;
  }

  /** The target's line across the arc, and its label just outside of it. */
  get targetMark() {
    const {cx, cy, radius, stroke, overshoot} = this.geometry;
    const share = Math.min(Math.max(this.props.target, 0), 100) / 100;
    const angle = Math.PI * (1 - share);
    const at = (distance) => ({
      x: Number((cx + distance * Math.cos(angle)).toFixed(2)),
      y: Number((cy - distance * Math.sin(angle)).toFixed(2)),
    });
    const label = at(radius + stroke / 2 + overshoot + 6);
    // two lines of text: lift them when the label sits on top of the arc
    label.y -= Math.round(Math.sin(angle) * 12);
    label.anchor = share > 0.55 ? "start" : share < 0.45 ? "end" : "middle";
    return {
      inner: at(radius - stroke / 2 - overshoot),
      outer: at(radius + stroke / 2 + overshoot),
      label,
    };
  }
}
