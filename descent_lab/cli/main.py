"""The command line: `descent-lab serve | warm | race | tune | regress | train | search | look | link | list`."""

import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Annotated

import typer
from typer.exceptions import TyperException

from descent_lab.cli import link, listing, race, regress, search, table, train
from descent_lab.refusals import Refusal

app = typer.Typer(
    name="descent-lab",
    help="See how optimizers train.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def main() -> None:
    """Run the command line. A refusal is one line on stderr and exit status 2."""
    try:
        status = app(standalone_mode=False)
    except typer.Abort:
        status = 130
    except TyperException as error:
        print(f"descent-lab: {one_line(error.format_message())}", file=sys.stderr)
        status = 2
    except Refusal as error:
        print(f"descent-lab: {one_line(str(error))}", file=sys.stderr)
        status = 2
    except BrokenPipeError:  # whoever read us has read enough
        sys.stdout = None
        status = 0
    except OSError as error:  # what is written has no place: a full disk
        print(f"descent-lab: {one_line(error.strerror or str(error))}", file=sys.stderr)
        sys.stdout = None
        status = 1
    sys.exit(status or 0)


def one_line(text: str) -> str:
    """A message without breaks."""
    return " ".join(text.split())


app.command("list")(listing.list_items)
app.command("race")(race.race)
app.command("tune")(race.tune)
app.command("regress")(regress.regress)
app.command("train")(train.train)
app.command("search")(search.search)
app.command("link")(link.link)
app.command("look")(table.look)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for everybody.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port; 0 takes any free one.", min=0, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="Processes that share the work.", min=1)] = 1,
    open: Annotated[
        bool, typer.Option("--open", help="Open the page in the browser, if there is one.")
    ] = False,
) -> None:
    """Serve the pages, the API and the stream."""
    server = import_module(f"{application()}.serve")
    try:
        server.serve(host, port, workers, open)
    except server.PortTaken as error:
        print(f"descent-lab: {error}", file=sys.stderr)
        raise typer.Exit(2) from error


def application() -> str:
    """The package of the web application: inside this one when installed from a wheel, beside it in the source tree."""
    return "descent_lab.app" if find_spec("descent_lab.app") else "app"


@app.command()
def warm() -> None:
    """Compile every kernel now, so that the first race after an installation is instant."""
    from descent_lab.warm import warm_all

    warm_all()


@app.callback()
def version_option() -> None:
    """See how optimizers train: race them down a loss surface."""


if __name__ == "__main__":
    main()
