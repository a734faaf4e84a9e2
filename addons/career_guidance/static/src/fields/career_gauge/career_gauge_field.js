import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {CareerGauge} from "./career_gauge";

import {Component, xml} from "@odoo/owl";

export class CareerGaugeField extends Component {
  static template = xml`<CareerGauge t-props="gaugeProps"/>`;
  static components = {CareerGauge};
  static props = {
    ...standardFieldProps,
    targetField: {type: String, optional: true},
    reachedField: {type: String, optional: true},
    emptyField: {type: String, optional: true},
    emptyText: {type: String, optional: true},
    size: {type: String, optional: true},
    inline: {type: Boolean, optional: true},
    string: {type: String, optional: true},
  };

  get gaugeProps() {
    const {name, record, targetField, reachedField, size, inline, string} = this.props;
    const props = {
      value: record.data[name] || 0,
      isEmpty: this.isEmpty,
      label: string || record.fields[name].string || "",
      size,
      inline,
    };
    if (this.props.emptyText) {
      props.emptyText = this.props.emptyText;
    }
    if (targetField && typeof record.data[targetField] === "number") {
      props.target = record.data[targetField];
    }
    if (reachedField) {
      props.reached = Boolean(record.data[reachedField]);
    }
    return props;
  }

  /** A number says "nothing counted" when it is 0, a boolean says so when it is set. */
  get isEmpty() {
    const {emptyField, name, record} = this.props;
    if (!emptyField) {
      return typeof record.data[name] !== "number";
    }
    const value = record.data[emptyField];
    return typeof value === "boolean" ? value : !value;
  }
}

export const careerGaugeField = {
  component: CareerGaugeField,
  displayName: _t("Career gauge"),
  supportedOptions: [
    {
      label: _t("Target field"),
      name: "target_field",
      type: "field",
      availableTypes: ["integer", "float"],
      help: _t("Field that holds the target (0-100). Without it, the target is 80."),
    },
    {
      label: _t("Target reached field"),
      name: "reached_field",
      type: "field",
      availableTypes: ["boolean"],
      help: _t(
        "Field that holds the exact judgement. Without it, the value is compared with the target."
      ),
    },
    {
      label: _t("Nothing to measure field"),
      name: "empty_field",
      type: "field",
      availableTypes: ["boolean", "integer"],
      help: _t(
        "Field that says that there is no value yet: a number that is 0, or a boolean that is set."
      ),
    },
    {
      label: _t("Nothing to measure text"),
      name: "empty_text",
      type: "string",
      help: _t("Words to show when there is no value yet."),
    },
    {
      label: _t("Size"),
      name: "size",
      type: "selection",
      choices: [
        {label: _t("Small"), value: "small"},
        {label: _t("Large"), value: "large"},
      ],
      help: _t("Without it: large in a form, small elsewhere."),
    },
  ],
  supportedTypes: ["float", "integer"],
  isEmpty: () => false,
  listViewWidth: [190, 230],
  fieldDependencies: ({options}) =>
    [
      {name: options.target_field, type: "float"},
      {name: options.reached_field, type: "boolean"},
      {name: options.empty_field, type: "integer"},
    ].filter((dependency) => dependency.name),
  extractProps: ({options, string, viewType}) => ({
    targetField: options.target_field,
    reachedField: options.reached_field,
    emptyField: options.empty_field,
    emptyText: options.empty_text,
    size: ["small", "large"].includes(options.size)
      ? options.size
      : viewType === "form"
        ? "large"
        : "small",
    inline: viewType === "list",
    string,
  }),
};

registry.category("fields").add("career_gauge", careerGaugeField);
