"""Many minima: where one ends depends on where, and with what, one begins."""

from descent_lab.surfaces.surface import surface

himmelblau = surface(
    "himmelblau", "Himmelblau's function",
    "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
    group="Many minima",
    window=((-5.5, 5.5), (-5.0, 5.0)),
    start=(-0.4, -0.8),
    minima=((3.0, 2.0), (-2.805118086952745, 3.131312518250573),
            (-3.779310253377747, -3.2831859912861696), (3.5844283403304917, -1.8481265269644034)),
    saddles=((0.08667750455539636, 2.884254701174776), (-3.0730257507643897, -0.08135304428796751),
             (3.385154183607021, 0.07385187983774928), (-0.12796134673068005, -1.9537149802445766)),
    teaches="Four minima, equally good: a hair's difference in the start decides which one you reach.",
)  # fmt: skip

six_hump_camel = surface(
    "six_hump_camel", "Six-hump camel",
    "(4 - 2.1x^2 + x^4/3) x^2 + x y + (-4 + 4y^2) y^2",
    group="Many minima",
    window=((-2.1, 2.1), (-1.3, 1.3)),
    start=(1.9, 0.9),
    minima=((0.08984201310031806, -0.7126564030207396), (-0.08984201310031806, 0.7126564030207396),
            (1.703606714969981, -0.7960835686726252), (-1.703606714969981, 0.7960835686726252),
            (1.6071047529201976, 0.5686514548841314), (-1.6071047529201976, -0.5686514548841314)),
    saddles=((0.0, 0.0), (-1.1092053368047863, 0.7682680925095398), (1.1092053368047863, -0.7682680925095398),
             (-1.638067984189779, -0.2286740690443941), (1.638067984189779, 0.2286740690443941),
             (-1.296070267167109, -0.6050843880386585), (1.296070267167109, 0.6050843880386585)),
    teaches="Six hollows, two of them deepest: momentum rolls through the shallow ones.",
)  # fmt: skip

# Where 4t^3 - 32t + 5 = 0: the function is the same along both axes.
_DEEP, _TOP, _SHALLOW = -2.9035340277711774, 0.1567312567803401, 2.746802770990837

styblinski_tang = surface(
    "styblinski_tang", "Styblinski-Tang function",
    "(x^4 - 16x^2 + 5x + y^4 - 16y^2 + 5y)/2",
    group="Many minima",
    window=((-4.5, 4.5), (-4.5, 4.5)),
    start=(0.3, 0.6),
    minima=((_DEEP, _DEEP), (_SHALLOW, _DEEP), (_DEEP, _SHALLOW), (_SHALLOW, _SHALLOW)),
    saddles=((_TOP, _DEEP), (_DEEP, _TOP), (_TOP, _SHALLOW), (_SHALLOW, _TOP)),
    teaches="Four hollows of different depth: downhill leads to the nearest, not to the best.",
)  # fmt: skip

rastrigin = surface(
    "rastrigin", "Rastrigin's function",
    "20 + x^2 - 10cos(2pi x) + y^2 - 10cos(2pi y)",
    group="Many minima",
    window=((-3.2, 3.2), (-3.2, 3.2)),
    start=(-2.3, 1.7),
    minima=((0.0, 0.0),),
    teaches="An egg box in a bowl: every dimple is a minimum, and almost all of them are the wrong one.",
)  # fmt: skip

ackley = surface(
    "ackley", "Ackley's function",
    "-20exp(-0.2sqrt((x^2 + y^2)/2)) - exp((cos(2pi x) + cos(2pi y))/2) + e + 20",
    group="Many minima",
    window=((-4.0, 4.0), (-4.0, 4.0)),
    start=(-2.7, 1.9),
    minima=((0.0, 0.0),),
    kinks=((0.0, 0.0),),
    teaches="A rippled plain with one deep hole that comes to a point: far away the ripples hide the slope.",
)  # fmt: skip

levy = surface(
    "levy", "Levy's function",
    "sin(pi (1 + (x - 1)/4))^2 + ((x - 1)/4)^2 (1 + 10sin(pi (1 + (x - 1)/4) + 1)^2)"
    " + ((y - 1)/4)^2 (1 + sin(2pi (1 + (y - 1)/4))^2)",
    group="Many minima",
    window=((-9.0, 9.0), (-9.0, 9.0)),
    start=(-7.0, -6.0),
    minima=((1.0, 1.0),),
    teaches="Waves along one axis, a quiet bowl along the other: half of the problem is easy.",
)  # fmt: skip

hills = surface(
    "hills", "Hilly country",
    "3(1 - x)^2 exp(-x^2 - (y + 1)^2) - 10(x/5 - x^3 - y^5) exp(-x^2 - y^2) - exp(-(x + 1)^2 - y^2)/3"
    " + 0.05(x^2 + y^2)",
    group="Many minima",
    window=((-3.0, 3.0), (-3.0, 3.0)),
    start=(0.1, 1.35),
    minima=((0.22820002677898493, -1.619950043126255), (-1.3383568883014618, 0.20457320069049834),
            (0.29496699009365396, 0.31563137339880465), (2.581849406229877, 1.1562396591902964)),
    saddles=((0.4154916436078544, -0.3998501688437823), (-1.8382400365947111, -1.8210675093549915),
             (2.870771569673811, -0.11035726919420423), (-0.26829187126936876, 0.4639625909131593),
             (1.111801161624343, 0.8583913658297927)),
    teaches="Hills and hollows like the chapter's non-convex surface: where you start decides where you end.",
)  # fmt: skip
