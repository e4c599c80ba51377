"""Signing in and keeping an account safe, as a browser does it: passkeys, authenticator app, sessions."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from playwright.sync_api import expect
from ui_gallery import PASSWORD

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("gallery"),
]


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


@pytest.fixture
def authenticator():
    """Give a page's browser a device with a screen lock that always opens."""

    def plug_in(page):
        devtools = page.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    return plug_in


def confirm_password(page):
    page.fill("input[type=password]", PASSWORD)
    page.click("button:has-text('Confirm')")


def code_for(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_out(page):
    page.context.clear_cookies(name="sessionid")


def turn_on_the_app(page):
    page.goto("/tai-khoan/2fa/totp/activate/")
    if "reauthenticate" in page.url:
        confirm_password(page)
    secret = page.locator("#authenticator_secret").inner_text()
    page.fill("input[name=code]", code_for(secret))
    page.click("main >> button:has-text('Turn on')")
    return secret


def test_password_shown_only_while_asked_for(page):
    page.goto("/tai-khoan/login/")

    page.click("[data-show-password]")
    shown = page.locator("#id_password").get_attribute("type")
    page.click("[data-show-password]")

    assert (shown, page.locator("#id_password").get_attribute("type")) == ("text", "password")


def test_sign_in_with_the_address_instead_of_the_name(page, officer):
    page.goto("/tai-khoan/login/")

    page.fill("#id_login", officer.email)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")

    expect(page).to_have_url(re.compile("/gallery/components/$"))


def test_five_wrong_passwords_close_the_door_even_to_the_right_one(page, officer, flaws):
    page.goto("/tai-khoan/login/")

    told = []
    for password in [*["sai-mat-khau"] * 5, PASSWORD]:
        page.fill("#id_login", officer.username)
        page.fill("#id_password", password)
        page.press("#id_password", "Enter")
        page.wait_for_load_state()
        told.append(page.locator(".form__errors li").inner_text())

    assert told == [
        *["The username and/or password you specified are not correct."] * 5,
        "Too many failed login attempts. Try again later.",
    ]
    assert flaws(page) == []


def test_passkey_is_added_and_then_opens_the_account_without_a_password(page, sign_in, authenticator, flaws):
    authenticator(page)
    sign_in(page)
    page.goto("/tai-khoan/2fa/webauthn/add/")
    if "reauthenticate" in page.url:
        confirm_password(page)
    page.fill("input[name=name]", "Điện thoại cơ quan")
    page.click("#mfa_webauthn_add")
    expect(page.locator("h1")).to_have_text("Recovery codes")
    page.goto("/tai-khoan/2fa/webauthn/")
    listed, found = page.locator(".card__title").inner_text(), flaws(page)
    sign_out(page)

    page.goto("/tai-khoan/login/")
    page.click("#passkey_login")

    expect(page).to_have_url(re.compile("/gallery/components/$"))
    assert re.sub(r"\s+", " ", listed) == "Điện thoại cơ quan Passkey"
    assert found == []


@pytest.mark.usefixtures("officer")
def test_passkey_that_the_device_does_not_have_is_said_in_words(page, authenticator):
    authenticator(page)
    page.goto("/tai-khoan/login/")

    page.click("#passkey_login")

    expect(page.locator("#messages")).to_contain_text("The passkey was not used")


def test_authenticator_app_is_turned_on_and_asked_for(page, sign_in, officer, flaws):
    sign_in(page)
    secret = turn_on_the_app(page)
    expect(page.locator("h1")).to_have_text("Recovery codes")
    codes, found = page.locator("#recovery_codes li").count(), flaws(page)
    sign_out(page)
    cache.clear()  # a code is taken once; the next sign-in is another half minute

    page.goto("/tai-khoan/login/")
    page.fill("#id_login", officer.username)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    expect(page.locator("h1")).to_have_text("Second step")
    second = flaws(page)
    page.fill("input[name=code]", code_for(secret))
    page.click("main >> button:has-text('Sign in')")

    expect(page).to_have_url(re.compile("/gallery/components/$"))
    assert (codes, found, second) == (10, [], [])


def test_authenticator_app_is_turned_off_again(page, sign_in, officer):
    sign_in(page)
    turn_on_the_app(page)
    page.goto("/tai-khoan/2fa/")

    page.click("main >> text=Turn off")
    page.click("main >> button:has-text('Turn off')")

    expect(page.locator("#messages")).to_contain_text("The authenticator app is off.")
    assert list(Authenticator.objects.filter(user=officer)) == []


def test_other_sessions_are_ended_from_the_list(open_page, sign_in):
    here, elsewhere = sign_in(open_page()), sign_in(open_page())
    here.goto("/tai-khoan/sessions/")
    before = here.locator(".card.setting").count()

    here.click("button:has-text('Sign out everywhere else')")
    expect(here.locator("#messages")).to_contain_text("You are signed out everywhere else.")
    elsewhere.goto("/tai-khoan/sessions/")

    assert before == 2
    assert here.locator(".card.setting").count() == 1
    assert "/login/" in elsewhere.url


def test_menu_of_the_account_opens_closes_and_signs_out(page, sign_in, flaws):
    sign_in(page)

    page.click(".me > summary")
    found = flaws(page)
    page.keyboard.press("Escape")
    closed = page.locator(".me .menu__panel").is_hidden()
    page.click(".me > summary")
    page.click(".me >> text=Sign out")

    expect(page.locator("#messages")).to_contain_text("You are signed out.")
    assert (found, closed) == ([], True)
