"""Terms of learning from data: losses and penalties, sets and folds, networks and their layers, searches."""

from __future__ import annotations

from functools import partial

import numpy as np

from descent_lab.glossary.pictures import curve, effective_batch, error, softmax
from descent_lab.glossary.samples import (
    batches,
    dropped,
    early_stop,
    fits,
    folds,
    network,
    overfitted,
    residuals,
    shares,
)
from descent_lab.glossary.term import Heading

fitting, judging = Heading("Fitting"), Heading("Judging")
networks, searching = Heading("Networks"), Heading("Searching")

FITTING = (
    fitting(
        "regression", "Regression",
        "A formula for numbers: from the inputs of a sample it predicts a value.",
        latex=(r"\hat{y} = w_1 x + w_0",), see=("residual", "mse", "exact-answer"), draw=residuals,
    ),
    fitting(
        "residual", "Residual",
        "What a prediction misses: the value that was predicted minus the one that is right.",
        latex=(r"r_i = \hat{y}_i - y_i",), see=("mse", "mae", "outlier"), draw=residuals,
    ),
    fitting(
        "outlier", "Outlier",
        "A sample far from where the others lie; squared errors let it pull the whole line.",
        see=("residual", "mae", "huber"),
    ),
    fitting(
        "slope", "Slope and intercept",
        "The two weights of a line: how much it rises for a step to the right, and its height at zero.",
        latex=(r"\hat{y} = w_1 x + w_0",), see=("regression", "bias"), draw=residuals,
    ),
    fitting(
        "exact-answer", "Exact answer",
        "The weights with the smallest loss, from a formula or solved to the end, with no step by step.",
        latex=(r"w^* = (X^T X)^{-1} X^T y",), see=("mse", "regression"),
    ),
    fitting(
        "degree", "Degree",
        "The highest power of x in the curve: 1 is a line, and every further one allows another bend.",
        latex=(r"\hat{y} = w_0 + w_1 x + \ldots + w_d x^d",), see=("overfitting", "ridge"), draw=partial(fits, 3),
    ),
    fitting(
        "ridge", "Ridge (L2)",
        "A penalty on the squares of the weights: all of them shrink, none quite to zero, and curves calm down.",
        latex=(r"f(w) + \lambda \sum_i w_i^2",), see=("lasso", "weight-decay", "overfitting"),
        draw=curve(lambda w: w * w, (-1.6, 1.6), (-0.15, 2.0)),
    ),
    fitting(
        "lasso", "Lasso (L1)",
        "A penalty on the sizes of the weights: those that help little become exactly zero.",
        latex=(r"f(w) + \lambda \sum_i |w_i|",), see=("ridge", "overfitting"),
        draw=curve(np.abs, (-1.6, 1.6), (-0.15, 2.0), lambda w: w * w),
    ),
    fitting(
        "delta", "Huber's δ",
        "Residuals below δ count squared, larger ones straight, so that outliers pull less.",
        see=("huber", "outlier", "residual"),
        draw=error("huber"),
    ),
    fitting(
        "standardise", "Standardise",
        "Every input is moved and scaled to mean 0 and spread 1, which makes a long bowl rounder.",
        latex=(r"x' = \frac{x - \bar{x}}{s}",), see=("condition-number", "degree"),
    ),
    fitting(
        "input-noise", "Input noise",
        "Something random is added to every input at every step of training, so that no sample is learned by heart.",
        latex=(r"x + \sigma z",), see=("regularisation", "overfitting"),
    ),
    fitting(
        "regularisation", "Regularisation",
        "Whatever keeps a model from following its samples too closely: penalties, dropout, noise, stopping early.",
        see=("ridge", "lasso", "dropout", "early-stopping"),
    ),
    fitting(
        "mini-batch", "Mini-batch",
        "The few samples that one step looks at: its gradient is cheap, and a noisy guess at the gradient of all.",
        see=("epoch", "sgd", "gradient-noise"), draw=batches,
    ),
    fitting(
        "epoch", "Epoch",
        "As many steps as it takes to look at every training sample once.",
        latex=(r"\text{steps of an epoch} = \lceil \text{samples} / \text{batch size} \rceil",),
        see=("mini-batch", "step"),
    ),
    fitting(
        "stochastic", "Stochastic",
        "With chance in it: the gradient of a few samples, solid, wanders around the path of all, faint.",
        see=("sgd", "mini-batch"), draw=effective_batch,
    ),
)  # fmt: skip

JUDGING = (
    judging(
        "training-set", "Training set",
        "The samples that the optimizer sees: weights are changed to fit these alone.",
        see=("validation-set", "test-set", "overfitting"), draw=partial(shares, 0),
    ),
    judging(
        "validation-set", "Validation set",
        "Samples kept back to judge while learning: on these the model is chosen and training is stopped.",
        see=("training-set", "test-set", "early-stopping"), draw=partial(shares, 1),
    ),
    judging(
        "test-set", "Test set",
        "Samples that nothing looks at before the end: only their loss says honestly how well it does on new ones.",
        see=("training-set", "validation-set", "cross-validation"), draw=partial(shares, 2),
    ),
    judging(
        "overfitting", "Overfitting",
        "A model fits its training samples so closely that it follows their noise, and does worse on new ones.",
        see=("regularisation", "validation-set", "degree"), draw=overfitted,
    ),
    judging(
        "early-stopping", "Early stopping",
        "Training ends, and goes back to its best weights, when the validation loss has not improved for a while.",
        see=("patience", "validation-set", "overfitting"), draw=early_stop,
    ),
    judging(
        "patience", "Patience",
        "How many steps early stopping waits for a better validation loss before it gives up.",
        see=("early-stopping", "validation-set"), draw=early_stop,
    ),
    judging(
        "cross-validation", "Cross-validation",
        "Samples are dealt into folds; each is the validation set once, and the mean of all judges the model.",
        see=("fold", "validation-set", "hyper-parameter"), draw=folds,
    ),
    judging(
        "fold", "Fold",
        "One of the equal heaps of samples in cross-validation, which judges a model that learned from all others.",
        see=("cross-validation",), draw=folds,
    ),
    judging(
        "accuracy", "Accuracy",
        "The share of samples whose class is predicted rightly.",
        see=("cross-entropy", "test-set"),
    ),
)  # fmt: skip

NETWORKS = (
    networks(
        "neural-network", "Neural network",
        "Layers of neurons: each adds up what comes in times its weights, bends the sum, and hands it on.",
        see=("hidden-layer", "activation", "weight"), draw=network,
    ),
    networks(
        "hidden-layer", "Hidden layer",
        "A layer of neurons between inputs and outputs; without one, a network can only draw straight borders.",
        latex=(r"a = \varphi(W x + b)",), see=("neural-network", "neuron", "activation"), draw=network,
    ),
    networks(
        "neuron", "Neuron",
        "Adds up its inputs times its weights, and its bias; the activation bends the sum.",
        latex=(r"z = \sum_i w_i x_i + b",), see=("activation", "bias", "hidden-layer"),
    ),
    networks(
        "bias", "Bias",
        "A weight whose input is always 1: it moves a line, or where a neuron begins to answer.",
        latex=(r"b",), see=("weight", "neuron"),
    ),
    networks(
        "activation", "Activation",
        "The bent curve through which a neuron hands on its sum; without bends, all layers together are one.",
        latex=(r"a = \varphi(z)",), see=("relu", "tanh", "sigmoid"),
        draw=curve(np.tanh, (-4, 4), (-1.2, 2.5), lambda z: np.maximum(z, 0)),
    ),
    networks(
        "dropout", "Dropout",
        "Every step of training switches off a random share of the neurons, so that none leans on another.",
        see=("regularisation", "hidden-layer", "overfitting"), draw=dropped,
    ),
    networks(
        "softmax", "Softmax",
        "Turns outputs of any size into probabilities: all above zero, together one, the largest favoured.",
        latex=(r"p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}",), see=("cross-entropy", "sigmoid", "output"), draw=softmax,
    ),
    networks(
        "cross-entropy", "Cross-entropy",
        "The loss of classes: minus the logarithm of the probability that the network gave the right one.",
        latex=(r"-\ln p_{\text{right}}",), see=("softmax", "loss", "accuracy"),
        draw=curve(lambda p: -np.log(np.maximum(p, 1e-9)), (0, 1), (-0.1, 4)),
    ),
    networks(
        "output", "Output",
        "What the last layer says: a number, or the probability of each class.",
        see=("softmax", "sigmoid", "cross-entropy"), draw=network,
    ),
    networks(
        "first-weights", "First weights",
        "Random numbers to begin with: their spread decides whether signals fade or swell from layer to layer.",
        see=("initialisation-xavier", "initialisation-he", "seed"),
    ),
    networks(
        "backpropagation", "Backpropagation",
        "The chain rule from the loss back to the inputs: one walk through all layers gives the whole gradient.",
        latex=(r"\frac{\partial L}{\partial w} = \frac{\partial L}{\partial z} \frac{\partial z}{\partial w}",),
        see=("gradient", "neural-network"),
    ),
    networks(
        "class-noise", "Noise of samples",
        "How far samples are moved at random: the more, the less even the best model can tell them apart.",
        see=("overfitting", "seed"),
    ),
    networks(
        "plane", "A plane through the weights",
        "A network has more weights than a map has directions: this shows the loss along two directions only.",
        see=("loss-surface", "principal-directions"),
    ),
    networks(
        "principal-directions", "Principal directions",
        "The few directions along which something moves most, the first the most of all; the plane of paths has two.",
        see=("plane",),
    ),
)  # fmt: skip

SEARCHING = (
    searching(
        "hyper-parameter", "Hyper-parameter",
        "A setting that training itself does not change, such as learning rate or layers; it is found by trying.",
        see=("learning-rate", "validation-set", "random-search"),
    ),
    searching(
        "grid-search", "Grid search",
        "Tries every combination of the chosen values, which become many as more things are varied.",
        see=("hyper-parameter", "halving"),
    ),
    searching(
        "halving", "Successive halving",
        "All tries are trained for a while, the best third three times as long, and so on.",
        see=("hyper-parameter", "early-stopping"),
    ),
    searching(
        "try", "Try",
        "One choice of hyper-parameters, trained and judged.",
        see=("hyper-parameter", "seed"),
    ),
)  # fmt: skip
