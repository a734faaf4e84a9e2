def run_hoot(case, addon):
    """Run an add-on's unit tests of widgets and pages in a browser (static/tests).

    :param case: ``HttpCase``
    :param addon: name of the add-on
    """
    case.browser_js(
        "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"
        f"&id={_suite(f'@{addon}')}",
        "",
        "",
        login="admin",
        timeout=300,
        success_signal="[HOOT] Test suite succeeded",
        error_checker=lambda message: "[HOOT]" not in message,
    )


def _suite(name):
    """The id that hoot gives to a suite: a hash of its name."""
    result = 0
    for char in name:
        result = ((result << 5) - result + ord(char)) & 0xFFFFFFFF
    return f"{result:08x}"
