import {GraphRenderer} from "@web/views/graph/graph_renderer";
import {graphView} from "@web/views/graph/graph_view";
import {registry} from "@web/core/registry";

/** A month without a value is a gap in the line: Odoo draws a 0 there. */
export class CareerFigureGraphRenderer extends GraphRenderer {
  getLineChartData() {
    const data = super.getLineChartData();
    for (const dataset of data.datasets) {
      dataset.data = dataset.data.map((value, index) =>
        dataset.domains[index]?.length && value !== false ? value : null
      );
    }
    return data;
  }
}

registry.category("views").add("career_figure_graph", {
  ...graphView,
  Renderer: CareerFigureGraphRenderer,
});
