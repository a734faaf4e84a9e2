import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {CareerCurve} from "./career_curve";

import {Component, xml} from "@odoo/owl";

export class CareerCurveField extends Component {
  static template = xml`<CareerCurve data="props.record.data[props.name]" label="label"/>`;
  static components = {CareerCurve};
  static props = {
    ...standardFieldProps,
    string: {type: String, optional: true},
  };

  get label() {
    const {name, record, string} = this.props;
    return string || record.fields[name].string || "";
  }
}

export const careerCurveField = {
  component: CareerCurveField,
  displayName: _t("Career curve"),
  supportedOptions: [],
  supportedTypes: ["json"],
  isEmpty: () => false,
  extractProps: ({string}) => ({string}),
};

registry.category("fields").add("career_curve", careerCurveField);
