"""Optimizers, one file per family, and their catalogue."""

from app.engine.catalog import Catalog
from app.engine.optimizers.adaptive import (
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
from app.engine.optimizers.curvature import cg, lbfgs, newton
from app.engine.optimizers.direct import nelder_mead, random_search
from app.engine.optimizers.gradient import gd, momentum, nesterov, sgd
from app.engine.optimizers.layers import muon
from app.engine.optimizers.sign import lion, rprop
from app.engine.rules import Optimizer

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
