from . import career_figure_overview
