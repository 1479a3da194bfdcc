"""What a server allows and where it keeps things, from the environment: `DESCENT_LAB_MAX_STEPS=2000`, and so on."""

from functools import cache
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, NonNegativeFloat, PositiveFloat, PositiveInt, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from descent_lab.limits import PREFIX, Limits
from descent_lab.tables.store import Keeping

HERE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """`static` or `templates`: they lie beside the application, in the source tree as in the package installed."""
    return HERE.parent / name


class Settings(Limits, Keeping, BaseSettings):  # pyright: ignore[reportIncompatibleVariableOverride]
    """Limits and choices of one server. Every field is an environment variable with the prefix `DESCENT_LAB_`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    max_connections: PositiveInt = Field(2_000, description="Sockets open at once, for each worker.")
    max_trainings: PositiveInt = Field(
        64,
        description="Networks that learn at once, for each worker; others wait their turn and are told so.",
    )
    place_timeout: PositiveFloat = Field(
        30.0,
        description="Seconds that a training or tuning asked for by the API waits for a place; then the answer is 503.",
    )
    max_message_bytes: PositiveInt = Field(
        262_144, description="Size of one message to the socket or the API."
    )
    max_file_bytes: PositiveInt = Field(67_108_864, description="Size of a file that is brought.")
    max_messages_per_second: PositiveInt = Field(
        400, description="Messages of one socket that are read in a second; more wait."
    )
    max_messages_per_visitor: PositiveInt = Field(
        4_000, description="The same of all sockets of one visitor together: a class behind one address."
    )
    send_timeout: PositiveFloat = Field(
        30.0, description="Seconds that an answer waits for a client to read it."
    )
    idle_timeout: PositiveFloat = Field(
        3_600.0, description="Seconds without a message after which a socket closes."
    )

    drain: NonNegativeFloat = Field(
        0.0,
        description="Seconds between being told to end (SIGTERM) and ending, in which `/readyz` says so and nothing "
        "new is begun: as long as the proxy in front takes to notice.",
    )

    cluster: str | None = Field(
        None,
        description="Where searches for hyper-parameters are worked at: a Dask cluster, by its address, such as "
        "`tcp://scheduler:8786`. Else this machine works at them.",
    )

    proxies: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="Proxies that are believed when they say for whom they ask (`X-Forwarded-For`): addresses or "
        "networks, such as `10.0.0.0/8`, or `*`. Several are separated by commas.",
    )
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="Other sites whose pages may open the socket, such as `https://school.example`. "
        "Several are separated by commas.",
    )
    frame_ancestors: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="Sites that may embed the pages, such as `https://school.example`, or `*`. "
        "Several are separated by commas.",
    )
    cache: Path | None = Field(
        None,
        description="Folder for compiled kernels, lists and compressed files. Else the user's own cache folder.",
    )
    logs: Literal["plain", "json"] = Field(
        "plain",
        description="How what an operator should know is written: `plain`, or `json`, an object in a line.",
    )
    development: bool = Field(
        False, description="Read static files anew at every request, and let nobody keep them."
    )

    @field_validator("allowed_origins", "frame_ancestors", "proxies", mode="before")
    @classmethod
    def split_commas(cls, value: Any) -> Any:
        return (
            tuple(part.strip() for part in value.split(",") if part.strip())
            if isinstance(value, str)
            else value
        )

    @field_validator("allowed_origins", "frame_ancestors")
    @classmethod
    def check_sites(cls, sites: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(site if site == "*" else _site(site) for site in sites)

    @field_validator("proxies")
    @classmethod
    def check_networks(cls, networks: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(_network, networks))


def _network(text: str) -> str:
    """An address or a network; anything else would be believed of nobody."""
    if text != "*":
        ip_network(text)
    return text


def _site(text: str) -> str:
    """`scheme://host[:port]` in its plain form; anything else would not match, or would add rules to a header."""
    parts = urlsplit(text)
    plain = f"{parts.scheme}://{parts.netloc}".lower()
    odd = any(character.isspace() or character in ";,'\"" for character in text)
    if odd or not parts.scheme or not parts.netloc or text.rstrip("/").lower() != plain:
        raise ValueError(f"expected a site such as https://school.example, came {text!r}")
    return plain


@cache
def get_settings() -> Settings:
    """The settings of this process."""
    return Settings()  # pyright: ignore[reportCallIssue]
