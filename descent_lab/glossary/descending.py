"""Terms of the descent itself: what is walked on, what a step is, and what becomes of it."""

from __future__ import annotations

from descent_lab.glossary.pictures import gorge, jump, parabola, saddle, tangent, two_valleys
from descent_lab.glossary.term import Heading

descending = Heading("Descending")

DESCENDING = (
    descending(
        "loss", "Loss",
        "One number for how wrong the present weights are: training looks for the weights with the smallest one.",
        latex=("f(w)",), see=("loss-surface", "gradient", "mse", "cross-entropy"),
    ),
    descending(
        "loss-surface", "Loss surface",
        "The loss over all values of the weights, like the height of a landscape: low ground is good.",
        see=("loss", "local-minimum", "saddle"), draw=gorge,
    ),
    descending(
        "log-scale", "Logarithmic scale",
        "Equal distances are equal ratios, so that a fall from 100 to 10 looks like one from 0.1 to 0.01.",
        see=("loss",),
    ),
    descending(
        "weight", "Weight",
        "A number that training may change; a model is told from another of its kind by its weights alone.",
        latex=("w",), see=("bias", "gradient", "first-weights"),
    ),
    descending(
        "gradient", "Gradient",
        "For every weight, how steeply the loss rises with it; the opposite way is steepest downhill.",
        latex=(r"g = \nabla f(w)",), see=("loss", "learning-rate", "hessian"), draw=tangent,
    ),
    descending(
        "optimizer", "Optimizer",
        "The rule that makes a step of the weights out of the gradient and what it remembers of earlier ones.",
        see=("gradient", "gd", "momentum", "adam"),
    ),
    descending(
        "step", "Step",
        "One turn of an optimizer's rule: the gradient is taken, and all weights move once.",
        see=("learning-rate", "epoch"), draw=parabola(5, 0.2),
    ),
    descending(
        "learning-rate", "Learning rate",
        "How far each step goes: too small takes for ever, too large jumps over the valley and out of it.",
        latex=(r"w \leftarrow w - \alpha g",), see=("gradient", "schedule", "divergence"), draw=parabola(5, 0.9),
    ),
    descending(
        "beta1", "β₁, the memory of slopes",
        "How slowly Adam forgets past gradients: 0.9 averages over about the last ten of them.",
        latex=(r"m \leftarrow \beta_1 m + (1 - \beta_1) g",), see=("adam", "momentum", "beta2"),
    ),
    descending(
        "beta2", "β₂, the memory of sizes",
        "How slowly Adam forgets how large gradients were: 0.999 averages over about the last thousand squares.",
        latex=(r"v \leftarrow \beta_2 v + (1 - \beta_2) g^2",), see=("adam", "beta1", "epsilon"),
    ),
    descending(
        "rho", "ρ, the memory of squares",
        "How slowly the average of squared gradients, by which steps are divided, forgets the past.",
        latex=(r"v \leftarrow \rho v + (1 - \rho) g^2",), see=("rmsprop", "adadelta", "beta2"),
    ),
    descending(
        "epsilon", "ε, epsilon",
        "A small number added below the line, so that nothing is divided by zero where gradients vanish.",
        latex=(r"\frac{g}{\sqrt{v} + \varepsilon}",), see=("adam", "rmsprop", "adagrad"),
    ),
    descending(
        "weight-decay", "Weight decay",
        "Every step shrinks all weights by a small share, whatever the gradient says; large weights need a reason.",
        latex=(r"w \leftarrow w - \alpha \lambda w",), see=("adamw", "ridge", "overfitting"),
    ),
    descending(
        "gradient-noise", "Gradient noise",
        "A random vector added to every gradient, as if each step had seen a few examples only.",
        latex=(r"g = \nabla f(w) + \sigma z",), see=("sgd", "mini-batch", "seed"),
    ),
    descending(
        "damping", "Damping",
        "A number added to the curvature, so that Newton's step stays short where the surface is nearly flat.",
        latex=(r"w \leftarrow w - \alpha (H + \lambda I)^{-1} g",), see=("newton", "hessian"),
    ),
    descending(
        "memory", "Memory of an optimizer",
        "What an optimizer keeps from earlier gradients, often their average, and lets push along with the newest.",
        see=("momentum", "beta1"),
    ),
    descending(
        "minimum", "Minimum",
        "A place that is lower than all places around it; the lowest one of all is the global minimum.",
        see=("local-minimum", "saddle"), draw=two_valleys(deeper=True),
    ),
    descending(
        "local-minimum", "Local minimum",
        "The floor of a valley that is not the deepest: every way out of it begins uphill.",
        latex=(r"\nabla f(w) = 0",), see=("minimum", "saddle", "momentum"), draw=two_valleys(deeper=False),
    ),
    descending(
        "saddle", "Saddle point",
        "A flat place that is lowest along one direction and highest along another, like a mountain pass.",
        latex=(r"\nabla f(w) = 0",), see=("local-minimum", "plateau", "hessian"), draw=saddle,
    ),
    descending(
        "plateau", "Plateau",
        "Nearly level ground: the gradient is so small that plain gradient descent hardly moves.",
        see=("saddle", "gradient", "momentum"),
    ),
    descending(
        "convergence", "Convergence",
        "The steps become ever smaller and the weights settle at one place, in the best case a minimum.",
        see=("divergence", "minimum"), draw=parabola(7, 0.25),
    ),
    descending(
        "divergence", "Divergence",
        "Every step lands higher than the last, and the weights grow without end; the learning rate is too large.",
        see=("learning-rate", "convergence"), draw=parabola(6, 1.04, -0.85),
    ),
    descending(
        "outcome", "Outcome",
        "What has become of an optimizer: it runs, has settled, is stuck on level ground, or has left all bounds.",
        see=("convergence", "divergence", "plateau"),
    ),
    descending(
        "goal", "Goal",
        "A loss close to the lowest: the first step below it is when an optimizer has arrived.",
        see=("loss", "minimum"),
    ),
    descending(
        "distance", "Distance",
        "How far the weights are, in a straight line, from the best ones that are known.",
        latex=(r"\sqrt{(w_1 - w_1^*)^2 + (w_2 - w_2^*)^2 + \ldots}",), see=("minimum", "loss"),
    ),
    descending(
        "hessian", "Hessian",
        "All second derivatives in a table: how the gradient changes with every weight, the surface's curvature.",
        latex=(r"H_{ij} = \frac{\partial^2 f}{\partial w_i \partial w_j}",),
        see=("newton", "condition-number", "gradient"),
    ),
    descending(
        "newton", "Newton's method",
        "Jumps to where the gradient would be zero if the surface were a parabola; on a saddle that is the saddle.",
        latex=(r"w \leftarrow w - \alpha H^{-1} g",), see=("hessian", "damping", "lbfgs"), draw=jump,
    ),
    descending(
        "condition-number", "Condition number",
        "How many times longer than wide a bowl is, as a square root: the larger, the slower gradient descent.",
        latex=(r"\sqrt{\frac{\lambda_{\max}}{\lambda_{\min}}}",),
        see=("hessian", "standardise", "momentum"), draw=gorge,
    ),
    descending(
        "seed", "Seed",
        "The number that all random draws begin with: the same seed gives the same draws, bit for bit.",
        see=("gradient-noise", "first-weights"),
    ),
    descending(
        "tune", "Fair tuning",
        "Every optimizer gets its best learning rate by the same search and the same number of tries.",
        see=("learning-rate", "hyper-parameter"),
    ),
)  # fmt: skip
