import {registry} from "@web/core/registry";

const openMenu = (section, item) => [
  {
    content: `Open the section ${section}`,
    trigger: `.o_menu_sections [data-menu-xmlid='career_guidance.${section}']`,
    run: "click",
  },
  {
    content: `Open ${item}`,
    trigger: `.o-dropdown--menu [data-menu-xmlid='career_guidance.${item}']`,
    run: "click",
  },
];

registry.category("web_tour.tours").add("career_cycle_launch", {
  url: "/odoo/career-cycles",
  steps: () => [
    {
      content: "Begin a cycle",
      trigger: ".o_list_button_add",
      run: "click",
    },
    {
      content: "Name it",
      trigger: ".o_field_widget[name='name'] input",
      run: "edit Tour cycle",
    },
    {
      content: "Look at who takes part",
      trigger: ".o_form_button_save",
      run: "click",
    },
    {
      content: "Open the preview",
      trigger: "button[name='action_preview']",
      run: "click",
    },
    {
      content: "The preview counts",
      trigger: ".modal .o_field_widget[name='included_count']",
    },
    {
      content: "It says why somebody is left out",
      trigger: ".modal .o_field_widget[name='line_ids'] .o_data_row",
    },
    {
      content: "Launch",
      trigger: ".modal button[name='action_launch']",
      run: "click",
    },
    {
      content: "It runs",
      trigger: ".o_statusbar_status .o_arrow_button_current[data-value='running']",
    },
    {
      content: "Open the participations",
      trigger: "button[name='action_open_participations']",
      run: "click",
    },
    {
      content: "They are there",
      trigger: ".o_list_view .o_data_row",
    },
  ],
});

registry.category("web_tour.tours").add("career_cycle_manager", {
  url: "/odoo/team-participations",
  steps: () => [
    {
      content: "The team is on the list",
      trigger: ".o_list_view .o_data_row:contains('Employee')",
    },
    {
      content: "Choose everybody",
      trigger: "thead .o_list_record_selector input",
      run: "click",
    },
    {
      content: "Plan them in one go",
      trigger: "button[name='action_plan_several']",
      run: "click",
    },
    {
      content: "Slots are proposed",
      trigger: ".modal .o_field_widget[name='line_ids'] .o_data_row",
    },
    {
      content: "Take them",
      trigger: ".modal button[name='action_confirm']",
      run: "click",
    },
    {
      content: "They are planned",
      trigger: ".o_list_view:not(:has(.modal)) .o_data_row .badge:contains('Planned')",
    },
    ...openMenu("career_menu_guide", "career_menu_conversations"),
    {
      content: "And stand among the conversations",
      trigger: ".o_breadcrumb:contains('onversations')",
    },
    {
      content: "With their dates",
      trigger: ".o_content .o_data_row, .o_content .o_kanban_record",
    },
  ],
});
