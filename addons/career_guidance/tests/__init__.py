from . import test_story
from . import test_personal_page
from . import test_security_events
