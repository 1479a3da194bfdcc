"""The race page as a person has it."""

from tests.browser.lab_page import LabPage


class RacePage(LabPage):
    """A race on a surface: all that it does is what every page does."""

    path = "/"
