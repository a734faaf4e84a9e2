"""The project's own tooling: set-up, server, tests, linters, translations.

Only the standard library is used here, because this code runs before anything is
installed. Start reading in `main.py`; `setup.py` has the order of the steps.
"""
