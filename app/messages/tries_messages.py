"""What is said of searches for hyper-parameters, by tries of what a setup has (see `requests` and `events`)."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from descent_lab.limits import MOST_VARIED
from descent_lab.setups.fields import Listed

from .base import AS_ASKED, STILL_TO_GO, Event, Finite, LearningJson, Message, Request, Text, Whole

JudgeName = Literal["training", "validation"]
Varied = Annotated[list[Text], Listed(), Field(max_length=MOST_VARIED)]


class Asked(Message):
    """What is varied in a search for hyper-parameters, and how the tries are judged."""

    vary: Varied = Field(
        description="What is tried of a field of the setup, or of a knob, as on the command line: `lr=1e-4..1:log`, "
        "`hidden=8|15,15`, `optimizer=adam,sgd`.",
        examples=[["lr=1e-3..1:log", "hidden=4|8"]],
    )
    tries: Whole | None = Field(
        default=None, description="How many are drawn, evenly over all that is varied; null for 50."
    )
    grid: bool = Field(default=False, description="Whether every combination of the values is tried instead.")
    seeds: Whole = Field(default=1, description="Each is trained so often, from other weights.")
    folds: Whole = Field(
        default=0, description="Of a cross-validation that judges; 0 for the validation set."
    )
    halving: bool = Field(
        default=False,
        description="Whether all are trained for a while only, and the best third three times as long, again.",
    )
    epochs: Whole | None = Field(default=None, description="Of each training; null for the setup's steps.")


class HyperSearchRequest(Request, Asked):
    """Which hyper-parameters train best: tries, judged by the validation loss, of which the best is asked once about
    the test set. Answered by any number of `trying`, then by `searched`."""

    type: Literal["search"]
    answer: ClassVar = "searched"
    setup: LearningJson = Field(description="A regression's or a network's, around which is searched.")


class TryOfSearch(Message):
    """A try of a search, by what was chosen for it."""

    setup: LearningJson = Field(description="As in the search.")
    vary: Varied = Field(description="As in the search.", examples=[["lr=1e-3..1:log"]])
    choices: dict[str, Any] = Field(description="Of a try that the search has told.", examples=[{"lr": 0.01}])
    steps: Whole = Field(description="That it was trained.")


class TrySetupRequest(Request, TryOfSearch):
    """The setup of one try of a search, and its link. Answered by `try_setup`."""

    type: Literal["try_setup"]
    answer: ClassVar = "try_setup"


TriesRequest = HyperSearchRequest | TrySetupRequest


class Try(Message):
    """What came of one try of a search."""

    number: int = Field(description="From 1, in the order in which they were drawn.")
    choices: dict[str, Any] = Field(
        description="The value of all that is varied; knobs that its optimizer has not are left out."
    )
    steps: int = Field(description="That it was trained.")
    loss: Finite = Field(
        description="By which it is judged, the mean over seeds and folds; null where one diverged."
    )
    spread: Finite = Field(description="Standard deviation of the same.")
    accuracy: Finite = Field(description="The mean, of classes.")
    diverged: int = Field(description="How many of its trainings did.")


class TryingEvent(Event):
    """How far a search has come, and what came of tries since the last word. With halving a try is told again when it
    has been trained for longer."""

    lasting: ClassVar = True

    type: Literal["trying"] = "trying"
    done: int = Field(description="Steps of trainings so far.")
    total: int = Field(description="Of how many, about.")
    seconds: float | None = Field(default=None, description=STILL_TO_GO)
    judge: JudgeName = Field(description="The set whose loss compares the tries.")
    count: int = Field(description="How many tries there are.")
    tries: list[Try] = Field(description="In the order in which they were done.")


class Seen(Message):
    """The setup of a try."""

    setup: dict[str, Any] = Field(description="The whole setup that trains it.")
    link: str | None = Field(description="Its link; null where its table is too large for one.")
    page: str | None = Field(description="Where it can be seen, from the server's own address on.")


class BestTry(Seen):
    """The try with the lowest loss."""

    number: int = Field(description="Of the try.")
    test: Finite = Field(
        description="Its loss on the test set; null where there is none, or where it diverged."
    )
    test_accuracy: Finite = Field(description="The same.")


class Rung(Message):
    """How many tries come how far, of successive halving."""

    tries: int = Field(description="That come so far.")
    share: float = Field(description="Of the steps, that they are trained.")


class FoundTries(Message):
    """All tries of a search, the best first, and the best of them."""

    varied: list[str] = Field(description="What was.")
    judge: JudgeName = Field(description="The set whose loss compares the tries.")
    seeds: int = Field(description=AS_ASKED)
    folds: int = Field(description=AS_ASKED)
    rungs: list[Rung] = Field(description="Of successive halving; one without it.")
    tried: list[Try] = Field(description="All of them, the best first.")
    best: BestTry | None = Field(description="The best; null where all diverged.")
    told: str = Field(description="What was judged and found, in sentences.")
    link: str | None = Field(
        description="That begins this search; null where its table is too large for one."
    )


class SearchedEvent(Event, FoundTries):
    """What a search has found."""

    type: Literal["searched"] = "searched"


class TrySetupEvent(Event, Seen):
    """The setup of a try."""

    type: Literal["try_setup"] = "try_setup"


TriesEvent = TryingEvent | SearchedEvent | TrySetupEvent
