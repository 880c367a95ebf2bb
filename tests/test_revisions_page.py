"""The page of changes: what happened to what was published, in the reader's language."""

from datetime import date

from made import FISCAL_YEAR_STARTS

from generator.results_log import Logged, Revision
from generator.texts import Wording, load_strings
from generator.views.page import Link
from generator.views.revisions import Titles, revision_items
from generator.views.words import Words

DAY = date(2026, 11, 22)
WORDS = Words("en", load_strings("en"), Wording(load_strings("en")), "th", DAY)
TITLES = Titles({"office/permit": {"th": "ใบอนุญาต", "en": "Permit"}}, {"office": {"en": "Office"}}, FISCAL_YEAR_STARTS)
CHANGED = Revision(
    "changed", "office", "permit", "time", "2026-09", revision="0", field="volume", old_value="1", new_value="2"
)


def test_values_of_one_row_stand_together_newest_first() -> None:
    """Two values of a row are one item, and what was logged last comes first; only the newest are shown."""
    revisions = [CHANGED, CHANGED._replace(field="within_target"), CHANGED._replace(period="2026-10")]
    items = list(revision_items([Logged(DAY, one) for one in revisions], 5, TITLES, WORDS))

    assert [len(item.values) for item in items] == [1, 2]
    assert items[0].service == Link("Permit", "agencies/office/permit/")
    assert items[0].what.replace("\u00a0", " ") == "Overwritten · Oct 2026"
    assert len(list(revision_items([Logged(DAY, one) for one in revisions], 1, TITLES, WORDS))) == 1


def test_what_is_gone_is_called_by_its_old_title_without_a_link() -> None:
    """A service that was removed has no title any more but the one that the log holds, in the first language, marked."""
    gone = Revision("removed", "office", "copy", field="title", old_value="สำเนา", reason={"en": "Merged"})
    (item,) = revision_items([Logged(DAY, gone)], 5, TITLES, WORDS)

    assert item.service == Link("สำเนา", "", "th")
    assert (item.part, item.values) == ("copy", ())
    assert [said.text for said in item.reason] == ["Reason: Merged"]
