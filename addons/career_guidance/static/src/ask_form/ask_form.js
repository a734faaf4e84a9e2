import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {FormController} from "@web/views/form/form_controller";
import {formView} from "@web/views/form/form_view";

/**
 * A form that asks somebody for something: a conversation, guidance.
 *
 * Odoo saves a new record when one looks at another tab or goes elsewhere. Here that
 * would send a request that its writer was still thinking about, perhaps to somebody
 * whom he only wanted to read about. Asking is a button.
 */
export class AskFormController extends FormController {
  /** What is asked before what was filled in is thrown away. */
  get leaveWords() {
    return {
      title: _t("You have not asked yet"),
      body: _t("Nobody was told of it. What you filled in is not kept."),
      confirmLabel: _t("Leave without asking"),
    };
  }

  beforeVisibilityChange() {
    if (!this.model.root.isNew) {
      return super.beforeVisibilityChange(...arguments);
    }
  }

  async beforeLeave({forceLeave} = {}) {
    if (!this.model.root.isNew) {
      return super.beforeLeave(...arguments);
    }
    if (forceLeave || !(await this.model.root.isDirty())) {
      return true;
    }
    return new Promise((resolve) => {
      this.dialogService.add(
        ConfirmationDialog,
        {
          ...this.leaveWords,
          confirm: () => resolve(true),
          cancelLabel: _t("Stay"),
          cancel: () => resolve(false),
        },
        {onClose: () => resolve(false)}
      );
    });
  }

  async beforeUnload(ev) {
    if (!this.model.root.isNew) {
      return super.beforeUnload(...arguments);
    }
    if (this.model.root.dirty) {
      ev.preventDefault();
    }
  }
}

registry.category("views").add("career_ask_form", {
  ...formView,
  Controller: AskFormController,
});
