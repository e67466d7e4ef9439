"""Somebody in front of a page, told what to do in the words a person would use."""

import re
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Download, Locator, Response, expect


class Visitor:
    """`problems` holds whatever the browser complained about: errors of scripts, and what the strict policy refused."""

    def __init__(self, context: BrowserContext, site: str, user: Any, language: str) -> None:
        self.site, self.language, self.user = site, language, user
        self.problems: list[str] = []
        if user is not None:
            context.add_cookies([self._session(user)])
        self.context, self.page = context, context.new_page()
        self.page.on("dialog", lambda dialog: dialog.accept())
        self.page.on("pageerror", lambda error: self.problems.append(f"{self.page.url}: {error}"))
        self.page.on("console", self._heard)

    def _session(self, user: Any) -> Any:
        client = Client()
        client.force_login(user)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        return {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.site}

    def _heard(self, message: Any) -> None:
        # Chromium also reports as an error that a form came back with its errors (422), which is no fault.
        if message.type == "error" and "status of 422" not in message.text:
            self.problems.append(f"{self.page.url}: {message.text}")

    def go(self, path: str) -> Response | None:
        """`path` is below the language's prefix, or a whole address out of a mail."""
        url = path if path.startswith("http") else f"{self.site}/{self.language}/{path}"
        return self.page.goto(url)

    def field(self, name: str) -> Locator:
        return self.page.locator(f'[name="{name}"]:not([type="hidden"])')

    def fill(self, prefix: str = "", **values: str) -> None:
        """Fields by their name; a choice by its value or by its words."""
        for name, value in values.items():
            field = self.field(f"{prefix}{name}").first
            if not field.count():
                raise AssertionError(f"no field {prefix}{name} on {self._shown()}")
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def tick(self, name: str, value: str = "") -> None:
        chosen = f'[name="{name}"]' + (f'[value="{value}"]' if value else "")
        for box in self.page.locator(chosen).all():
            self.page.locator(f'label[for="{box.get_attribute("id")}"]').click()

    def upload(self, name: str, file: Any) -> None:
        self.page.locator(f'[name="{name}"]').set_input_files(file)

    def open(self, words: str) -> None:
        """A part of the page that is folded up."""
        self.page.locator("summary", has_text=words).first.click()

    def press(self, words: str) -> None:
        self.page.get_by_role("button", name=words).first.click()
        self.page.wait_for_load_state()

    def follow(self, words: str) -> None:
        self.page.get_by_role("link", name=words).first.click()
        self.page.wait_for_load_state()

    def download(self, words: str) -> bytes:
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name=words, exact=True).first.click()
        return self._read(waiting.value)

    @staticmethod
    def _read(download: Download) -> bytes:
        with open(download.path(), "rb") as file:
            return file.read()

    def sees(self, *texts: str | re.Pattern[str]) -> None:
        main = self.page.locator("main")
        for text in texts:
            try:
                expect(main).to_contain_text(text)
            except AssertionError:
                raise AssertionError(f"{text!r} is not on {self._shown()}") from None

    def sees_nothing_of(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("main")).not_to_contain_text(text)

    def _shown(self) -> str:
        """For the message of a failure: where we are, and what the page says."""
        text = " ".join(self.page.locator("main").inner_text().split())
        return f"{self.page.url}: {text[:1500]}"

    @property
    def width(self) -> int:
        """Of the page as it stands when it has loaded: before its styles have come, it may be wider."""
        self.page.wait_for_load_state()
        return int(self.page.evaluate("document.documentElement.scrollWidth"))

    @property
    def path(self) -> str:
        """Where the page is, below the language's prefix."""
        return self.page.url.removeprefix(f"{self.site}/{self.language}/")
