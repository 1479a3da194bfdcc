"""Headers of every answer, whose pages may open the socket, and how large a body may be."""

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError

from app.main import create_app
from app.security import content_security_policy, origin_allowed
from app.settings import Settings


def made(**values: object) -> Settings:
    return Settings(**values)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("path", ["/", "/docs", "/healthz", "/openapi.json", "/nothing-here"])
def test_every_answer_carries_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path, headers={"accept": "text/html"}).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-eval" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]


def test_a_fault_of_ours_is_a_page_with_the_headers_too(settings: Settings) -> None:
    app = create_app(settings)

    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("secret detail")

    client = TestClient(app, raise_server_exceptions=False)
    page = client.get("/broken", headers={"accept": "text/html"})
    assert page.status_code == 500
    assert "Something broke" in page.text
    assert "secret" not in page.text
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert client.get("/broken").json()["detail"] == "Something went wrong on our side."


def test_no_page_asks_another_host(client: TestClient) -> None:
    for path in ["/", "/docs", "/nothing-here"]:
        text = client.get(path, headers={"accept": "text/html"}).text
        assert 'src="http' not in text
        assert 'href="http' not in text
        assert 'src="//' not in text


def test_a_missing_page_has_a_way_back(client: TestClient) -> None:
    page = client.get("/nothing-here", headers={"accept": "text/html"})
    assert page.status_code == 404
    assert 'href="/"' in page.text
    error = client.get("/nothing-here", headers={"accept": "application/json"}).json()
    assert error["detail"] == "There is nothing at /nothing-here."


def test_embedding_only_where_configured() -> None:
    policy = content_security_policy(made(frame_ancestors="https://a.example, https://B.example/"))
    assert policy.endswith("frame-ancestors https://a.example https://b.example")


@pytest.mark.parametrize(
    "site", ["a.example", "https://a.example/path", "https://a.example; script-src *", "x\ny"]
)
def test_a_site_that_is_none_is_refused(site: str) -> None:
    with pytest.raises(ValidationError, match="expected a site"):
        made(frame_ancestors=(site,))


HERE = "lab.example:8000"


@pytest.mark.parametrize(
    ("origin", "host", "allowed"),
    [
        (None, HERE, True),  # not a browser
        ("http://lab.example:8000", HERE, True),
        ("http://LAB.example:8000", HERE, True),
        ("https://lab.example", "lab.example", True),  # behind a proxy that ends TLS
        ("https://lab.example", "lab.example:443", True),
        ("http://[::1]:8000", "[::1]:8000", True),
        ("http://lab.example:8001", HERE, False),
        ("http://evil.example", HERE, False),
        ("http://lab.example:8000.evil.example", HERE, False),
        ("http://evil.example/lab.example:8000", HERE, False),
        ("null", HERE, False),
        ("", HERE, False),
        ("file://", HERE, False),
        ("http://lab.example:many", HERE, False),
    ],
)
def test_origin(origin: str | None, host: str, allowed: bool) -> None:
    headers = {"host": host} | ({} if origin is None else {"origin": origin})
    assert origin_allowed(headers, made()) is allowed


def test_origins_from_the_settings() -> None:
    settings = made(allowed_origins="https://school.example")
    assert origin_allowed({"host": HERE, "origin": "https://school.example"}, settings)
    assert not origin_allowed({"host": HERE, "origin": "https://other.example"}, settings)
    assert origin_allowed({"host": HERE, "origin": "https://other.example"}, made(allowed_origins="*"))


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESCENT_LAB_MAX_STEPS", "77")
    monkeypatch.setenv("DESCENT_LAB_ALLOWED_ORIGINS", "https://a.example,https://b.example")
    assert made().max_steps == 77
    assert made().allowed_origins == ("https://a.example", "https://b.example")


def test_every_setting_says_what_it_is() -> None:
    assert all(field.description for field in Settings.model_fields.values())


@pytest.mark.parametrize("chunked", [False, True], ids=["length said", "in chunks"])
def test_a_body_above_the_limit_is_refused(settings: Settings, chunked: bool) -> None:
    app = create_app(settings)

    @app.post("/echo")
    def echo(value: dict[str, str]) -> int:
        return len(value)

    client = TestClient(app)
    body = b'{"a": "' + b"x" * settings.max_message_bytes + b'"}'
    answer = client.post("/echo", content=iter([body[:1000], body[1000:]]) if chunked else body)
    assert answer.status_code == 413
    assert "262,144 bytes" in answer.json()["detail"]
    assert client.post("/echo", json={"a": "x"}).json() == 1
