import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {exprToBoolean} from "@web/core/utils/strings";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {CareerReaders} from "./career_readers";

import {Component, xml} from "@odoo/owl";

export class CareerReadersField extends Component {
  static template = xml`<CareerReaders t-props="readersProps"/>`;
  static components = {CareerReaders};
  static props = {
    ...standardFieldProps,
    title: {type: String, optional: true},
    hideTitle: {type: Boolean, optional: true},
    emptyText: {type: String, optional: true},
    limit: {type: Number, optional: true},
  };

  get readersProps() {
    const {name, record, title, hideTitle, emptyText, limit} = this.props;
    const props = {readers: record.data[name], title, hideTitle, emptyText, limit};
    return Object.fromEntries(
      Object.entries(props).filter(([, value]) => value !== undefined)
    );
  }
}

export const careerReadersField = {
  component: CareerReadersField,
  displayName: _t("Who can read this?"),
  supportedOptions: [
    {
      label: _t("Title"),
      name: "title",
      type: "string",
      help: _t("Heading of the block. Without it: Who can read this?"),
    },
    {
      label: _t("Hide the title"),
      name: "hide_title",
      type: "boolean",
    },
    {
      label: _t("Text without readers"),
      name: "empty_text",
      type: "string",
      help: _t("Words to show when nobody else can read it. Without it: Only you"),
    },
    {
      label: _t("Readers at first"),
      name: "limit",
      type: "number",
      help: _t(
        "How many readers to show before the others are asked for; 0 shows all."
      ),
    },
  ],
  supportedTypes: ["json"],
  isEmpty: () => false,
  extractProps: ({options}) => ({
    title: options.title,
    hideTitle: exprToBoolean(options.hide_title),
    emptyText: options.empty_text,
    limit: options.limit,
  }),
};

registry.category("fields").add("career_readers", careerReadersField);
