"""Static files: our modules under the hash of the whole tree, libraries from their packages under their own hash.

An address names its content, so that browsers keep it for ever and relative imports between modules stay within one
version. Files are compressed once, into the cache folder, and the encoding is chosen by `Accept-Encoding`.
In development the tree is read anew at every request and nobody keeps it.
"""

import gzip
import hashlib
import importlib.util
import os
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import brotli
from fastapi import APIRouter, HTTPException, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse

PREFIX = "/static"
FOREVER = "public, max-age=31536000, immutable"
ALWAYS_ASK = "no-cache"

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
COMPRESSED_ALREADY = {".jpg", ".png", ".webp", ".woff2", ".ico"}

# Brotli at level 5 takes plotly.js from 4.8 to 1.1 MB in 0.15 s; level 11 gains a tenth more in ten seconds.
ENCODERS: Mapping[str, tuple[str, Callable[[bytes], bytes]]] = {
    "br": (".br", lambda data: brotli.compress(data, quality=5)),
    "gzip": (".gz", lambda data: gzip.compress(data, compresslevel=6, mtime=0)),
}

# name in an address: (package that carries it, path within the package)
LIBRARIES = {
    "plotly.js": ("plotly", "package_data/plotly.min.js"),
    "swagger-ui.js": ("fastapi_offline", "static/swagger-ui-bundle.js"),
    "swagger-ui.css": ("fastapi_offline", "static/swagger-ui.css"),
}


@cache
def library_path(name: str) -> Path:
    """Where the package of a library has its file; the package itself is not imported."""
    package, inside = LIBRARIES[name]
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"{name} comes with the package {package}, which is not installed")
    return Path(spec.origin).parent / inside


def content_hash(data: bytes) -> str:
    """Twelve hexadecimal digits that name this content."""
    return hashlib.sha256(data).hexdigest()[:12]


def preferred_encoding(accept: str) -> str | None:
    """The best of our encodings that an `Accept-Encoding` header takes, or None for the plain file."""
    weights: dict[str, float] = {}
    for part in accept.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weight = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            weights[name] = float(weight)
        except ValueError:
            weights[name] = 0.0
    anything = weights.get("*", 0.0)
    wanted = {name: weights.get(name, anything) for name in ENCODERS}
    best = max(wanted, key=wanted.__getitem__)  # br comes first, and wins when both weigh the same
    return best if wanted[best] > 0 else None


class Asset:
    """One file, its name by content and its compressed copies."""

    def __init__(self, path: Path, cache_folder: Path) -> None:
        self.path = path
        self.hash = content_hash(path.read_bytes())
        self.media_type = MEDIA_TYPES.get(path.suffix, "application/octet-stream")
        self._cache = cache_folder

    def encoded(self, encoding: str) -> Path | None:
        """The compressed copy, made at the first wish; None where the folder cannot be written."""
        suffix, compress = ENCODERS[encoding]
        copy = self._cache / f"{self.hash}{self.path.suffix}{suffix}"
        if not copy.exists():
            try:
                write_atomically(copy, compress(self.path.read_bytes()))
            except OSError:
                return None
        return copy

    async def response(self, request: Request, cache_control: str) -> Response:
        """The answer to GET or HEAD: 200, 206 or 304."""
        negotiable = self.path.suffix not in COMPRESSED_ALREADY
        encoding = preferred_encoding(request.headers.get("accept-encoding", "")) if negotiable else None
        copy = await run_in_threadpool(self.encoded, encoding) if encoding else None
        tag = f'"{self.hash}-{encoding}"' if copy else f'"{self.hash}"'
        headers = {"Cache-Control": cache_control, "ETag": tag}
        if negotiable:
            headers["Vary"] = "Accept-Encoding"
        if copy and encoding:
            headers["Content-Encoding"] = encoding
        if matches(request.headers.get("if-none-match"), tag):
            headers.pop("Content-Encoding", None)
            return Response(status_code=304, headers=headers)
        return FileResponse(copy or self.path, headers=headers, media_type=self.media_type)


def matches(if_none_match: str | None, tag: str) -> bool:
    """Whether the browser already has what this tag names."""
    if if_none_match is None:
        return False
    known = [part.strip().removeprefix("W/") for part in if_none_match.split(",")]
    return "*" in known or tag in known


def write_atomically(path: Path, data: bytes) -> None:
    """All of the file or nothing, also when several workers write it at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(draft).replace(path)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise


class Assets:
    """All static files of a server: their addresses for the templates, and the router that serves them."""

    def __init__(self, folder: Path, cache_folder: Path, development: bool = False) -> None:
        self.folder = folder
        self.cache_folder = cache_folder
        self.development = development
        self._files = {} if development else self._read_tree()
        self._libraries = {name: Asset(library_path(name), cache_folder) for name in LIBRARIES}
        tree = "".join(f"{name} {asset.hash}\n" for name, asset in self._files.items())
        self.version = "now" if development else content_hash(tree.encode())

    def _read_tree(self) -> dict[str, Asset]:
        files = sorted(
            path for path in self.folder.rglob("*") if path.is_file() and not path.name.startswith(".")
        )
        return {path.relative_to(self.folder).as_posix(): Asset(path, self.cache_folder) for path in files}

    def file(self, name: str) -> Asset | None:
        """The file of that name below the folder; nothing outside it can be named."""
        if not self.development:
            return self._files.get(name)
        path = (self.folder / name).resolve()
        inside = path.is_relative_to(self.folder.resolve()) and path.is_file()
        return Asset(path, self.cache_folder) if inside else None

    def address(self, name: str) -> str:
        """The address of one of our own files, for templates: `asset('pages/race.js')`."""
        if not self.development and name not in self._files:
            raise FileNotFoundError(f"there is no static file {name!r}")
        return f"{PREFIX}/{self.version}/{name}"

    def library_address(self, name: str) -> str:
        """The address of a library's file, for templates: `library('plotly.js')`."""
        stem, suffix = name.rsplit(".", 1)
        return f"{PREFIX}/lib/{stem}-{self._libraries[name].hash}.{suffix}"

    def router(self) -> APIRouter:
        """The routes below `/static`."""
        router = APIRouter(include_in_schema=False)
        libraries = {self.library_address(name): asset for name, asset in self._libraries.items()}

        @router.api_route(f"{PREFIX}/lib/{{name}}", methods=["GET", "HEAD"])
        async def library(request: Request, name: str) -> Response:
            asset = libraries.get(f"{PREFIX}/lib/{name}")
            if asset is None:
                raise HTTPException(404)
            return await asset.response(request, FOREVER)

        @router.api_route(f"{PREFIX}/{{version}}/{{name:path}}", methods=["GET", "HEAD"])
        async def file(request: Request, version: str, name: str) -> Response:
            asset = await run_in_threadpool(self.file, name) if version == self.version else None
            if asset is None:
                raise HTTPException(404)
            return await asset.response(request, ALWAYS_ASK if self.development else FOREVER)

        return router
