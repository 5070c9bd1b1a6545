"""Colours: their partners in a dark theme, and how far apart they look, also to people who see fewer of them."""

from __future__ import annotations

import math
from collections.abc import Sequence

Triple = tuple[float, float, float]

DEFICIENCIES: dict[str, tuple[Triple, Triple, Triple]] = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
"""What each kind of colour blindness makes of linear RGB, as Machado, Oliveira and Fernandes (2009) model it."""


def for_the_dark(colour: str) -> str:
    """The partner of a colour on a dark ground: greys and tints are turned round, strong colours light enough."""
    lightness, a, b = oklab(colour)
    strong = min(1.0, max(0.0, (math.hypot(a, b) - 0.04) / 0.04))
    turned = min(0.96, 1 - 0.8 * lightness)
    lit = min(0.82, max(0.66, lightness, turned))
    target = (1 - strong) * turned + strong * lit
    for tenths in range(10, -1, -1):  # as much of its colour as a screen can show at that lightness
        rgb = _linear_from_oklab((target, a * tenths / 10, b * tenths / 10))
        if all(-0.002 <= part <= 1.002 for part in rgb):
            break
    return _hex(rgb)


def oklab(colour: str) -> Triple:
    """Lightness (0 to 1) and the two axes of hue in Ottosson's Oklab, from a colour such as #4a3fd1."""
    return _oklab_from_linear(_linear(colour))


def distance(one: str, other: str, deficiency: str = "") -> float:
    """How far apart two colours look, in hundredths of the way from black to white."""
    first, second = (_oklab_from_linear(_seen(_linear(colour), deficiency)) for colour in (one, other))
    return 100 * math.dist(first, second)


def _seen(rgb: Triple, deficiency: str) -> Triple:
    return _times(DEFICIENCIES[deficiency], rgb) if deficiency else rgb


def _linear(colour: str) -> Triple:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return _straight(red), _straight(green), _straight(blue)


def _straight(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _oklab_from_linear(rgb: Triple) -> Triple:
    long, middle, short = (math.cbrt(part) for part in _times(_TO_CONES, rgb))
    return _times(_TO_LAB, (long, middle, short))


def _linear_from_oklab(lab: Triple) -> Triple:
    long, middle, short = (part**3 for part in _times(_FROM_LAB, lab))
    return _times(_FROM_CONES, (long, middle, short))


def _hex(rgb: Triple) -> str:
    parts = (min(1.0, max(0.0, part)) for part in rgb)
    curved = (12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in parts)
    return "#" + "".join(f"{round(255 * part):02x}" for part in curved)


def _times(matrix: Sequence[Triple], vector: Triple) -> Triple:
    one, two, three = (sum(x * y for x, y in zip(row, vector, strict=True)) for row in matrix)
    return one, two, three


_TO_CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_FROM_LAB = (
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.2914855480),
)
_FROM_CONES = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)
