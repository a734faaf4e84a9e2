import {registry} from "@web/core/registry";

const clicks = [];

function note(event) {
  clicks.push(event.target.textContent.trim());
}

function card(code, value) {
  return {
    content: `${code} is on the screen, with its number`,
    trigger: `.o_kanban_record:has(span:contains(/^${code}$/)) .o_career_gauge:contains(${value}):visible`,
  };
}

/** From the opened app, clicks are counted: the figures are two clicks away. */
registry.category("web_tour.tours").add("career_reports_two_clicks", {
  steps: () => [
    {
      content: "The list of apps",
      trigger: ".o_navbar_apps_menu button",
      run: "click",
    },
    {
      content: "Open the app",
      trigger: ".o_app[data-menu-xmlid='career_guidance.career_guidance_menu_root']",
      run: "click",
    },
    {
      content: "It opens on the overview of HR; from here on, clicks are counted",
      trigger: ".o_career_home",
      run() {
        document.addEventListener("click", note, true);
      },
    },
    {
      content: "Reporting",
      trigger:
        ".o_menu_sections [data-menu-xmlid='career_guidance_reports.career_menu_reporting']",
      run: "click",
    },
    {
      content: "Key figures",
      trigger:
        ".o-dropdown--menu [data-menu-xmlid='career_guidance_reports.career_menu_figures']",
      run: "click",
    },
    card("K1", "60"),
    card("K4c", "75"),
    {
      content: "Two clicks, no more",
      trigger: ".o_kanban_view",
      run() {
        document.removeEventListener("click", note, true);
        if (clicks.length !== 2) {
          throw new Error(`${clicks.length} clicks: ${clicks.join(", ")}`);
        }
      },
    },
  ],
});
