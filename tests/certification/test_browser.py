"""The page that verifies in the browser: its script alone and as one saved file, in a real browser without our server."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bridgehead.certification import publishing, standalone, verifying
from bridgehead.certification.actions import deciding
from bridgehead.certification.actions.signing import revoke_key
from bridgehead.engines.credentials.documents import Documents
from bridgehead.engines.credentials.verify import Policy, verify
from tests.factories.certification import certified
from tests.factories.organisations import staff

pytestmark = pytest.mark.django_db
STATIC = Path(publishing.__file__).parent / "static" / "certification"
RUN = """async ([text, known, trusted]) => {
    const {verify} = await import("https://elsewhere.example/verify.js");
    const {valid, reasons} = await verify(text, {known: new Map(Object.entries(known)), trusted});
    return [valid, reasons.map(({code}) => code)];
}"""


@pytest.fixture
def page(browser):
    context = browser.new_context()
    page = context.new_page()
    files = {
        "/": ("text/html", "<!doctype html>"),
        "/verify.js": ("text/javascript", (STATIC / "verify.js").read_text()),
    }

    def answer(route):
        kind, body = files["/" + route.request.url.split("/", 3)[3]]
        route.fulfill(content_type=kind, body=body)

    page.route("**/*", answer)
    page.goto("https://elsewhere.example/")
    yield page
    context.close()


def published(host):
    """What a reader without network carries along."""
    files = [publishing.did_document(host)]
    files += [publishing.status_list(host, purpose) for purpose in ("revocation", "suspension")]
    return {json.loads(file)["id"]: file.decode() for file in files}


def test_script_agrees_with_the_engine(page):
    case = certified()
    host, document = case.version.scheme.host, case.certificates.get().credential.document
    trusted = [publishing.host_issuer(host)]
    assert page.evaluate(RUN, [document, published(host), trusted]) == [True, []]
    assert page.evaluate(RUN, [document, published(host), []]) == [False, ["untrusted"]]
    without_lists = {trusted[0]: published(host)[trusted[0]]}
    assert page.evaluate(RUN, [document, without_lists, trusted]) == [False, ["status-unreadable"]]
    deciding.decide(case=case, outcome="suspend", reason="Overdue.", by=staff(host))
    assert page.evaluate(RUN, [document, published(host), trusted]) == [False, ["suspended"]]
    deciding.decide(case=case, outcome="withdraw", reason="Misused.", by=staff(host))
    assert "revoked" in page.evaluate(RUN, [document, published(host), trusted])[1]
    revoke_key(key=case.certificates.get().credential.key, reason="Stolen.")
    assert "key-revoked" in page.evaluate(RUN, [document, published(host), trusted])[1]


def forgeries(document):
    """A name and the text, each with one thing changed."""
    read = json.loads(document)
    proof = read["proof"]
    changed = {
        "scope": {**read, "description": "Golden rings"},
        "issuer": {**read, "issuer": {**read["issuer"], "id": "did:web:other.example"}},
        "longer": {**read, "validUntil": "2099-01-01T00:00:00Z"},
        "no status": {name: value for name, value in read.items() if name != "credentialStatus"},
        "no proof": {name: value for name, value in read.items() if name != "proof"},
        "one bad proof of two": {**read, "proof": [proof, {**proof, "proofValue": "z" + "2" * 88}]},
        "other suite": {**read, "proof": {**proof, "cryptosuite": "eddsa-rdfc-9999"}},
        "other purpose": {**read, "proof": {**proof, "proofPurpose": "authentication"}},
        "other key": {**read, "proof": {**proof, "verificationMethod": proof["verificationMethod"] + "x"}},
        "context added": {**read, "@context": [*read["@context"], "https://other.example/"]},
        "not a credential": {**read, "type": ["Other"]},
    }
    texts = {name: json.dumps(each, ensure_ascii=False) for name, each in changed.items()}
    return texts | {
        "a name twice": document.replace('"name":', '"name": "Other", "name":', 1),
        "decomposed": document.replace("인증", "인증".encode().decode() + "\u0301", 1),
        "no json": document[:-3],
        "a list": f"[{document}]",
        "too large": document[:-1] + " " * 2_100_000 + "}",
        "too deep": document[:-1].rstrip() + ', "more": ' + "[" * 70 + "]" * 70 + "}",
        "endless number": document[:-1].rstrip() + ', "more": 1e400}',
    }


def test_every_forgery_that_the_engine_refuses_the_script_refuses_too(page):
    case = certified()
    host, document = case.version.scheme.host, case.certificates.get().credential.document
    trusted, known = [publishing.host_issuer(host)], published(host)
    documents = Documents({name: text.encode() for name, text in known.items()})
    engine, script = {}, {}
    for name, text in forgeries(document).items():
        engine[name] = verify(text.encode(), Policy(trusted=trusted, documents=documents)).valid
        script[name] = page.evaluate(RUN, [text, known, trusted])[0]
    assert script == engine == dict.fromkeys(engine, False)


@pytest.fixture
def saved(browser, tmp_path, settings):
    """The saved file, opened from the disk; `network` answers for the issuer, or nobody does."""
    contexts = []

    def open_file(network=None):
        file = tmp_path / "verify.html"
        file.write_bytes(standalone.page())
        context = browser.new_context(viewport={"width": 360, "height": 740})
        contexts.append(context)
        page = context.new_page()
        problems = []
        page.on("pageerror", lambda error: problems.append(str(error)))

        def answer(route):
            path = route.request.url.removeprefix(settings.SITE_URL)
            if network and path in network:
                headers = {"Access-Control-Allow-Origin": "*"}
                route.fulfill(body=network[path], content_type="application/json", headers=headers)
            else:
                route.abort()

        page.route("https://**/*", answer)
        page.goto(file.as_uri())
        return page, problems

    yield open_file
    for context in contexts:
        context.close()


def on_the_network(host):
    paths = {f"/certificates/{host.slug}/did.json": publishing.did_document(host)}
    for purpose in ("revocation", "suspension"):
        paths[f"/certificates/{host.slug}/status/{purpose}.json"] = publishing.status_list(host, purpose)
    return paths


def test_saved_file_asks_the_issuer_and_speaks_both_languages(saved):
    case = certified()
    host, document = case.version.scheme.host, case.certificates.get().credential.document
    page, problems = saved(on_the_network(host))
    page.get_by_label("또는 내용을 붙여 넣으십시오").fill(document)
    page.get_by_label("또는 내용을 붙여 넣으십시오").press("Tab")
    page.get_by_role("button", name="검증").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="유효", exact=True)).to_be_focused()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("status")).to_contain_text("The signature is right, you trust the issuer")
    expect(page.get_by_role("status")).to_contain_text("Silver rings")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert problems == []


def test_saved_file_without_network_needs_the_lists_and_says_so(saved):
    case = certified()
    host, document = case.version.scheme.host, case.certificates.get().credential.document
    page, problems = saved()
    page.get_by_role("button", name="English").click()

    def drop(*texts):
        page.evaluate(
            """texts => {
                const data = new DataTransfer();
                texts.forEach((text, n) => data.items.add(new File([text], `${n}.json`)));
                document.querySelector("#zone").dispatchEvent(new DragEvent("drop", {dataTransfer: data, cancelable: true}));
            }""",
            list(texts),
        )
        return page.get_by_role("status")

    expect(drop(document)).to_contain_text("Its status cannot be read, so it does not count as valid.")
    lists = [publishing.status_list(host, purpose).decode() for purpose in ("revocation", "suspension")]
    answer = drop(document, *lists)
    expect(answer).to_contain_text("neither withdrawn nor suspended")
    expect(answer).to_contain_text("its keys are those saved in this page on")
    expect(drop(document.replace("Silver", "Golden"), *lists)).to_contain_text("The signature does not match")
    assert problems == []


def test_saved_file_has_words_for_every_reason():
    page = standalone.page().decode()
    for language in ("ko", "en"):
        words = standalone.checker_words(language)["words"][language]
        assert set(verifying.REASONS) <= set(words)
    assert page.count('src="') == 0
    assert "import {" not in page
