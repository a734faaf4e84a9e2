import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const page = {
  content: "Open the career page",
  trigger: ".o_notebook a[name='career_guidance']",
  run: "click",
};
const state = (value) => ({
  content: `The appraisal is in state ${value}`,
  trigger: `.o_statusbar_status button[data-value='${value}'][aria-checked='true']`,
});
const confirm = {
  content: "Confirm the appraisal",
  trigger: "button[name='action_confirm']",
  run: "click",
};
const done = {
  content: "Close the appraisal",
  trigger: "button[name='action_done']",
  run: "click",
};
const back = {
  content: "Back to where we came from",
  trigger: ".o_back_button a, .breadcrumb-item.o_back_button",
  run: "click",
};

tours.add("career_appraisal_combined", {
  steps: () => [
    confirm,
    state("2_pending"),
    done,
    {
      content: "It cannot be closed: the career part is blank",
      trigger: ".o_error_dialog:contains('no outcome yet') .modal-footer button",
      run: "click",
    },
    page,
    {
      content: "Record the outcome",
      trigger: "button[name='button_career_outcome']",
      run: "click",
    },
    {
      content: "Not discussed asks for a reason",
      trigger: ".modal [name='outcome'] input[data-value='not_discussed']",
      run: "click",
    },
    {trigger: ".modal [name='outcome_reason'].o_required_modifier"},
    {
      content: "They agreed to develop",
      trigger: ".modal [name='outcome'] input[data-value='develop']",
      run: "click",
    },
    {
      trigger: ".modal button[name='action_confirm']",
      run: "click",
    },
    {trigger: "body:not(:has(.modal))"},
    {
      content: "The page shows the outcome",
      trigger: "[name='career_outcome']:contains('Develop')",
    },
    {
      content: "Make the plan",
      trigger: ".o_form_sheet button[name='button_career_plan']:contains('Make')",
      run: "click",
    },
    {
      content: "We are in the plan",
      trigger: "[name='title'] input",
      run: "edit From the appraisal",
    },
    {
      trigger: ".o_form_button_save",
      run: "click",
    },
    {trigger: ".o_form_saved, .o_form_button_save:not(:visible)"},
    back,
    done,
    state("3_done"),
  ],
});

tours.add("career_appraisal_employee", {
  steps: () => [
    state("3_done"),
    page,
    {
      content: "The employee sees the same outcome, and the plan",
      trigger: "[name='career_outcome']:contains('Develop')",
    },
    {trigger: "button[name='button_career_plan']:contains('Open')"},
    {trigger: ".o_form_sheet:not(:has(button[name='button_career_outcome']))"},
  ],
});

tours.add("career_appraisal_officer", {
  steps: () => [
    page,
    {
      content: "The page says whose it is",
      trigger: ".alert:contains('between the employee and the line manager')",
    },
    {
      content: "No content and no button is there",
      trigger:
        ".o_form_sheet:not(:has([name='career_outcome'])):not(:has(button[name^='button_career']))",
    },
    {
      trigger: "body:not(:has(.oe_stat_button[name^='button_career']))",
    },
    done,
    state("3_done"),
  ],
});

tours.add("career_appraisal_separate", {
  steps: () => [
    page,
    {
      content: "A conversation is due, and that is all",
      trigger: "[name='career_status']:contains('is due')",
    },
    {
      content: "Go to the conversation",
      trigger: ".o_form_sheet button[name='button_career_conversation']:visible",
      run: "click",
    },
    {
      content: "Set a date",
      trigger: "[name='date_start'] input, [name='date_start'] button",
      run: "click",
    },
    {
      trigger: "[name='date_start'] input",
      run: "edit 12/31/2050 10:00:00 && press Enter",
    },
    {
      content: "Plan it",
      trigger: "button[name='action_plan']",
      run: "click",
    },
    {
      content: "Choose the outcome",
      trigger: "[name='outcome'] input[data-value='no_change']",
      run: "click",
    },
    {
      content: "It took place",
      trigger: "button[name='action_hold']",
      run: "click",
    },
    {
      content: "Make the plan",
      trigger: "button[name='button_create_plan']",
      run: "click",
    },
    {
      content: "We are in the plan",
      trigger: "[name='title'] input",
    },
    back,
    {
      content: "We are in the conversation",
      trigger: "button[name='action_close']",
    },
    back,
    {
      content: "Now one exists; nothing of it is shown",
      trigger: ".o_notebook a[name='career_guidance']",
      run: "click",
    },
    {trigger: "[name='career_status']:contains('took place')"},
    {trigger: ".o_form_sheet:not(:has([name='career_outcome']))"},
    confirm,
    state("2_pending"),
    done,
    state("3_done"),
  ],
});
