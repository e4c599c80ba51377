import pytest


@pytest.mark.parametrize(
    ("cookie", "accepted", "language"),
    [("", "en-US,en", "vi"), ("en", "vi", "en"), ("vi", "en", "vi"), ("xx", "en", "vi")],
)
def test_language_is_the_chosen_one_whatever_the_browser_prefers(client, db, cookie, accepted, language):
    client.cookies["loa_language"] = cookie

    response = client.get("/tai-khoan/login/", headers={"accept-language": accepted})

    assert response.headers["Content-Language"] == language
    assert f'<html lang="{language}"' in response.text
