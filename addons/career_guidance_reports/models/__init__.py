from . import res_company
from . import res_config_settings
from . import career_conversation
from . import career_figure_indicator
from . import career_figure_group
from . import career_figure_cell
from . import career_figure_snapshot
from . import career_figure_snapshot_steps
