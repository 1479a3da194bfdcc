"""Static files: named by content, compressed once, kept for ever, nothing outside the folder."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.pages.assets import Assets, library_path, preferred_encoding
from app.settings import folder

SCRIPT = "export const answer = 42; // " + "x" * 5000


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    static = tmp_path / "static"
    (static / "views").mkdir(parents=True)
    (static / "main.js").write_text(SCRIPT)
    (static / "views" / "map.js").write_text("export {};")
    (static / "picture.png").write_bytes(b"\x89PNG" + bytes(2000))
    (tmp_path / "secret.txt").write_text("secret")
    return static


def client_of(assets: Assets) -> TestClient:
    app = FastAPI()
    app.include_router(assets.router())
    return TestClient(app)


@pytest.fixture
def assets(tree: Path, tmp_path: Path) -> Assets:
    return Assets(tree, tmp_path / "cache")


@pytest.fixture
def static(assets: Assets) -> Iterator[TestClient]:
    with client_of(assets) as client:
        yield client


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_compressed_copy_is_the_file(static: TestClient, assets: Assets, encoding: str) -> None:
    answer = static.get(assets.address("main.js"), headers={"accept-encoding": encoding})
    assert answer.headers["content-encoding"] == encoding
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert int(answer.headers["content-length"]) < 500
    assert answer.text == SCRIPT  # the client undid the encoding


def test_plain_for_a_client_that_takes_no_encoding(static: TestClient, assets: Assets) -> None:
    answer = static.get(assets.address("main.js"), headers={"accept-encoding": "identity"})
    assert "content-encoding" not in answer.headers
    assert answer.text == SCRIPT


def test_pictures_are_not_compressed_again(static: TestClient, assets: Assets) -> None:
    answer = static.get(assets.address("picture.png"), headers={"accept-encoding": "br, gzip"})
    assert "content-encoding" not in answer.headers
    assert answer.headers["content-type"] == "image/png"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br;q=0.2, gzip;q=0.9", "gzip"),
        ("*", "br"),
        ("identity", None),
        ("", None),
        ("br;q=nonsense", None),
    ],
)
def test_preferred_encoding(accept: str, chosen: str | None) -> None:
    assert preferred_encoding(accept) == chosen


def test_not_modified(static: TestClient, assets: Assets) -> None:
    address = assets.address("main.js")
    first = static.get(address, headers={"accept-encoding": "br"})
    again = static.get(
        address, headers={"accept-encoding": "br", "if-none-match": f'"other", W/{first.headers["etag"]}'}
    )
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]
    other = static.get(address, headers={"accept-encoding": "gzip", "if-none-match": first.headers["etag"]})
    assert other.status_code == 200  # another encoding is another thing


def test_head_and_range(static: TestClient, assets: Assets) -> None:
    address, plain = assets.address("main.js"), {"accept-encoding": "identity"}
    head = static.head(address, headers=plain)
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["content-length"]) == len(SCRIPT)
    part = static.get(address, headers=plain | {"range": "bytes=7-11"})
    assert (part.status_code, part.text) == (206, "const")
    assert static.get(address, headers=plain | {"range": "bytes=99999-"}).status_code == 416


@pytest.mark.parametrize(
    "name", ["../secret.txt", "%2e%2e/secret.txt", "..%2fsecret.txt", "views", "", "none.js"]
)
@pytest.mark.parametrize("development", [False, True])
def test_nothing_outside_the_folder(tree: Path, tmp_path: Path, name: str, development: bool) -> None:
    assets = Assets(tree, tmp_path / "cache", development)
    answer = client_of(assets).get(f"/static/{assets.version}/{name}")
    assert answer.status_code == 404


def test_the_version_follows_the_content(tree: Path, assets: Assets, tmp_path: Path) -> None:
    (tree / "views" / "map.js").write_text("export const changed = true;")
    after = Assets(tree, tmp_path / "cache")
    assert after.version != assets.version
    assert client_of(after).get(assets.address("main.js")).status_code == 404


def test_development_reads_anew_and_nobody_keeps(tree: Path, tmp_path: Path) -> None:
    assets = Assets(tree, tmp_path / "cache", development=True)
    client = client_of(assets)
    assert client.get(assets.address("main.js")).text == SCRIPT
    (tree / "main.js").write_text("changed")
    answer = client.get(assets.address("main.js"))
    assert answer.text == "changed"
    assert answer.headers["cache-control"] == "no-cache"


def test_several_workers_compress_at_once(tree: Path, tmp_path: Path) -> None:
    workers = [Assets(tree, tmp_path / "cache").file("main.js") for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        copies = list(pool.map(lambda asset: asset.encoded("br") if asset else None, workers))
    assert {brotli.decompress(copy.read_bytes()) for copy in copies if copy} == {SCRIPT.encode()}
    assert len(list((tmp_path / "cache").iterdir())) == 1  # no drafts left behind


def test_a_cache_that_cannot_be_written_costs_only_bytes(tree: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder is due")
    assets = Assets(tree, tmp_path / "cache")
    answer = client_of(assets).get(assets.address("main.js"), headers={"accept-encoding": "br"})
    assert (answer.status_code, answer.text) == (200, SCRIPT)
    assert "content-encoding" not in answer.headers


def test_an_unknown_file_in_a_template_is_a_fault(assets: Assets) -> None:
    with pytest.raises(FileNotFoundError, match=re.escape("no static file 'none.js'")):
        assets.address("none.js")


def test_plotly_comes_from_its_package_in_a_fifth_of_the_size(static: TestClient, assets: Assets) -> None:
    address = assets.library_address("plotly.js")
    assert re.fullmatch(r"/static/lib/plotly-[0-9a-f]{12}\.js", address)
    answer = static.get(address, headers={"accept-encoding": "br"})
    assert answer.content == library_path("plotly.js").read_bytes()
    assert int(answer.headers["content-length"]) < 1_300_000
    assert "immutable" in answer.headers["cache-control"]
    assert static.get("/static/lib/plotly-000000000000.js").status_code == 404


def test_every_module_imports_what_exists() -> None:
    """A relative import of our modules names a file of the tree, so that no page asks for what is not there. Types,
    which are imported in comments, are the compiler's business."""
    static = folder("static")
    missing = [
        f"{module.relative_to(static)} -> {target}"
        for module in static.rglob("*.js")
        for target in re.findall(
            r"""(?:^|[\s;}])(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""",
            re.sub(r"/\*.*?\*/", "", module.read_text(), flags=re.DOTALL),
        )
        if not (module.parent / target).is_file()
    ]
    assert not missing
