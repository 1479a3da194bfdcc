"""Optimizers, one file per family, and their catalogue."""

from descent_lab.catalog import Catalog
from descent_lab.machine.rules import Optimizer
from descent_lab.optimizers.adaptive import (
    adabelief,
    adadelta,
    adagrad,
    adam,
    adamax,
    adamw,
    amsgrad,
    nadam,
    radam,
    rmsprop,
    yogi,
)
from descent_lab.optimizers.curvature import cg, lbfgs, newton
from descent_lab.optimizers.direct import nelder_mead, random_search
from descent_lab.optimizers.gradient import gd, momentum, nesterov, sgd
from descent_lab.optimizers.layers import muon
from descent_lab.optimizers.sign import lion, rprop

OPTIMIZERS: Catalog[Optimizer] = Catalog(
    "optimizer",
    *(gd, sgd, momentum, nesterov),
    *(adagrad, adadelta, rmsprop),
    *(adam, adamw, amsgrad, adamax, nadam, radam, adabelief, yogi),
    *(lion, rprop),
    muon,
    *(newton, lbfgs, cg),
    *(nelder_mead, random_search),
)
