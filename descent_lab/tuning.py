"""Tuning of whatever a setup describes, a race or a training, within the limits."""

from __future__ import annotations

from descent_lab.checks import within
from descent_lab.limits import Limits
from descent_lab.networks.network import Network
from descent_lab.races import tuning as races
from descent_lab.refusals import Refusal
from descent_lab.setups.search_space import Tuning
from descent_lab.setups.setup import Setup
from descent_lab.training import tuning as trainings
from descent_lab.training.many_lanes import Progress


def tune(setup: Setup, budget: int | None, limits: Limits, progress: Progress | None = None) -> Tuning:
    """The best learning rate (and momentum) of every entrant. budget: settings tried for each, None for the usual."""
    if isinstance(setup.problem, Network):
        return _tuned_training(setup, budget, limits, progress)
    tries = within(races.BUDGET if budget is None else budget, 1, limits.max_tune_budget, "budget")
    work = tries * setup.cost
    if work > limits.max_tune_lane_steps:
        raise Refusal("too much tuning", field="budget", most=limits.max_tune_lane_steps, work=work)
    return races.tune(setup, tries, progress)


def _tuned_training(setup: Setup, budget: int | None, limits: Limits, progress: Progress | None) -> Tuning:
    """In as many of the training's steps as the limits allow."""
    tries = within(trainings.BUDGET if budget is None else budget, 1, limits.max_tune_budget, "budget")
    allowed = limits.max_search // (trainings.lanes_of(setup, tries) * setup.network.cost)
    if allowed < min(trainings.FEWEST, setup.steps):
        raise Refusal("too few steps of tuning", field="budget", tries=tries, allowed=allowed)
    return trainings.tune_network(setup, min(setup.steps, allowed), tries, progress)
