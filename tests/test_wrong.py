"""A wrong page is reported without an account: the prepared e-mail, and what to do without one."""

from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from made import made_agency, made_catalog
from test_headline import words_in

from generator.views.words import Said
from generator.views.wrong import LONGEST_TITLE, WrongPage, wrong_page

PATH = "agencies/office/permit/"
LONGEST_LINK = 2000


def reported(language: str = "en", title: str = "Permit", commit: str = "0123456789ab", **more: Any) -> WrongPage:
    """Return how a page of an agency with these keys is reported, on a site that stands in a folder."""
    catalog = made_catalog(languages=("en", "th"), url="https://clearly.example.go.th/sla/")
    return wrong_page(words_in(language), catalog, made_agency(**more), (PATH, Said(title)), commit)


def letter(of: WrongPage) -> tuple[str, str, str]:
    """Return to whom the prepared e-mail goes, its subject and its text, as a mail program reads the link."""
    assert of.write
    link = urlsplit(of.write.path)
    facts = parse_qs(link.query, strict_parsing=True)
    return link.path, facts["subject"][0], facts["body"][0]


def test_the_e_mail_names_page_address_and_version_in_the_readers_language() -> None:
    """It goes to the agency's role mailbox, its lines end as in e-mail, and it asks for nothing personal."""
    english, thai = (letter(reported(language, email="service@office.example.go.th")) for language in ("en", "th"))

    assert english[:2] == ("service@office.example.go.th", "Error on the page: Permit")
    assert english[2].split("\r\n")[:3] == [
        "https://clearly.example.go.th/sla/agencies/office/permit/", "Data as of 22 Nov 2026, version 0123456", "",
    ]  # fmt: skip
    assert thai[1] == "ข้อมูลผิดในหน้า: Permit"
    assert "/sla/th/agencies/office/permit/" in thai[2]
    assert "จุดที่ผิด:" in thai[2]
    assert "\n" not in english[2].replace("\r\n", "")


def test_signs_in_a_title_stay_in_the_subject() -> None:
    """What parts a link's fields is only text here: no title adds a receiver or a line."""
    title = 'A&B?bcc=x@example.go.th #1 100% "+'
    found = reported(title=title, email="service@office.example.go.th")

    assert letter(found)[1] == f"Error on the page: {title}"
    assert found.write
    assert found.write.path.count("&") == found.write.path.count("?") == 1


def test_a_link_is_short_enough_for_mail_programs() -> None:
    """Also with the longest Thai title and mailbox it has fewer than 2,000 letters, and the title is cut visibly."""
    found = reported("th", title="ก" * 300, email=f"{'a' * 60}@office.example.go.th")

    assert found.write
    assert len(found.write.path) < LONGEST_LINK
    assert letter(found)[1].endswith("ก" * LONGEST_TITLE + "…")
    assert quote("ก") == "%E0%B8%81"


def test_without_a_mailbox_of_its_own_the_publisher_is_written_to() -> None:
    """Where nobody has one there is no link; telephone and paper are left, with the version to name."""
    publisher = {"title": "Example", "email": "open@example.go.th"}
    of_publisher = wrong_page(
        words_in("en"), made_catalog(publisher=publisher), made_agency(), (PATH, Said("Permit")), ""
    )
    nobody = reported(phone="1584", commit="")

    assert letter(of_publisher)[0] == "open@example.go.th"
    assert letter(of_publisher)[2].startswith(PATH)
    assert nobody.write is None
    assert nobody.phone
    assert (nobody.phone.dial, nobody.version.replace("\u00a0", " ")) == ("1584", "Data as of 22 Nov 2026")
