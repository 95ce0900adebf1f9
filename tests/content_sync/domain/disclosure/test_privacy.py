import pytest

from content_sync.domain.disclosure.privacy import personal_numbers


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("身份证11010519491231002X", "id"),
        ("身份证１１０１０５１９４９１２３１００２Ｘ。", "id"),
        ("110105 19491231 002x", "id"),
        ("电话13800138000", "mobile"),
        ("+86 138-0013-8000", "mobile"),
        ("１３８００１３８０００", "mobile"),
        ("卡号6222 0212 0300 0000 004", ""),
        ("卡号4111 1111 1111 1111", "card"),
        ("卡号4111111111111111", "card"),
    ],
)
def test_numbers_of_persons_are_found_in_every_spelling(text, kind):
    """Ids and cards count only with their check digit; width, spaces and hyphens hide nothing."""
    assert [n.kind for n in personal_numbers(text)] == ([kind] if kind else [])


@pytest.mark.parametrize(
    "text",
    [
        "110105194912310021",
        "110105199913310026",
        "138****8000",
        "0826-2222222",
        "12345",
        "511Z07001006-511602000000-000-115113010833722043-1-00",
        "统一社会信用代码91510000201800138X",
        "2011年8月2日",
        "1138001380001",
    ],
)
def test_codes_phones_of_offices_and_masked_numbers_pass(text):
    """Item codes, office phones and masked numbers are nobody's number."""
    assert personal_numbers(text) == ()


def test_a_number_is_named_without_repeating_it():
    """The report of a number must not leak it again."""
    (number,) = personal_numbers("联系人13812345678")
    assert number.masked == "138…78"
