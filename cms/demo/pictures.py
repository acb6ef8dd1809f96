"""Pictures of the demo: calm, flat illustrations that this module draws from short scene files.

A scene, `content/pictures/<id>.txt`, has one command a line: its name, then colours (a name of
`COLOURS` or #rrggbb), then numbers in units of a 1600 x 1067 picture, x to the right and y down.
Lines that begin with "# " are remarks. What a command draws and the order of its numbers stand at
the method of the same name in `Canvas`. `repeat COUNT DX DY command ...` draws a command several
times, each time further on by DX, DY. Nothing is loaded from elsewhere and nothing is random.
"""

import io
import math
from collections.abc import Iterable
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1600, 1067
SCALE = 2  # drawn at twice the size, then reduced: that is what smooths the edges
FOLDER = Path(__file__).parent / "content" / "pictures"
PICTURES: tuple[str, ...] = tuple(sorted(path.stem for path in FOLDER.glob("*.txt")))

COLOURS = {
    **{"teal": "#0f4c5c", "ochre": "#e3a857", "brick": "#b5523b", "paper": "#f6f1e7"},
    **{"night": "#16302b", "mist": "#cfe0dd", "sage": "#7fa08c", "sand": "#efd9b0"},
    **{"rose": "#dd9a7f", "sea": "#3f7f8c", "rust": "#8f4231", "bark": "#5b3a2c"},
}
CLOTHES = tuple(COLOURS[name] for name in ("teal", "brick", "ochre", "sea", "sage", "rose"))
SKINS = ("#8d5a3c", "#e8bd98", "#5f3a26", "#c98f66", "#f0cfae")
HAIR = ("#16302b", "#3a2418", "#b5523b", "#5b5048")
FIELDS = ("#d9c27e", "#7fa08c", "#e9d7a8", "#9db58f", "#e3a857", "#b9c9a3", "#5f8f80", "#c9a25f")

Point = tuple[float, float]


class UnknownCommandError(ValueError):
    """A line of a scene names a command or colour that does not exist."""


def mix(first: str, second: str, share: float) -> str:
    """Return the colour that lies at `share` (0 to 1) of the way from `first` to `second`."""
    pairs = zip(bytes.fromhex(first[1:]), bytes.fromhex(second[1:]), strict=True)
    return "#" + bytes(round(a + (b - a) * share) for a, b in pairs).hex()


def pairs(numbers: Iterable[float]) -> list[Point]:
    """Return the flat row x, y, x, y ... as points."""
    flat = iter(numbers)
    return list(zip(flat, flat, strict=True))


def bend(start: Point, middle: Point, end: Point) -> list[Point]:
    """Return a quadratic curve from `start` to `end`, drawn towards `middle`, as points."""
    weights = [((1 - t) ** 2, 2 * t * (1 - t), t * t) for t in (i / 40 for i in range(41))]
    return [
        (a * start[0] + b * middle[0] + c * end[0], a * start[1] + b * middle[1] + c * end[1])
        for a, b, c in weights
    ]


def spread(count: int) -> list[Point]:
    """Return `count` evenly strewn points of the unit square (an additive recurrence)."""
    return [(i * 0.7548776662 % 1, i * 0.5698402910 % 1) for i in range(7, 7 + count)]


class Canvas:
    """A drawing surface of 1600 x 1067 units; its public methods are the commands of a scene."""

    def __init__(self) -> None:
        self._image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE))
        self._pen = ImageDraw.Draw(self._image)
        self._origin: Point = (0, 0)

    def _pixels(self, points: Iterable[Point]) -> list[Point]:
        left, top = self._origin
        return [((x + left) * SCALE, (y + top) * SCALE) for x, y in points]

    def sky(self, top: str, bottom: str) -> None:
        """Fill the whole picture with a soft transition."""
        for row in range(0, HEIGHT, 3):
            self.box(mix(top, bottom, row / HEIGHT), 0, row, WIDTH, 3)

    def box(
        self, fill: str, x: float, y: float, width: float, height: float, radius: float = 0
    ) -> None:
        """Fill a rectangle, with round corners if `radius` is given."""
        corners = self._pixels([(x, y), (x + width, y + height)])
        self._pen.rounded_rectangle(corners, radius * SCALE, fill=fill)

    def disc(self, fill: str, x: float, y: float, rx: float, ry: float | None = None) -> None:
        """Fill a circle, or an ellipse if `ry` is given, around its centre."""
        ry = rx if ry is None else ry
        self._pen.ellipse(self._pixels([(x - rx, y - ry), (x + rx, y + ry)]), fill=fill)

    def area(self, fill: str, *corners: float) -> None:
        """Fill a polygon."""
        self._pen.polygon(self._pixels(pairs(corners)), fill=fill)

    def line(self, fill: str, width: float, *corners: float) -> None:
        """Draw a line with round corners and ends."""
        points = pairs(corners)
        self._pen.line(self._pixels(points), fill, round(width * SCALE))
        for x, y in points:
            self.disc(fill, x, y, width / 2)

    def curve(self, fill: str, width: float, *stops: float) -> None:
        """Draw a curve: start, then for every part the point that bends it and its end."""
        points = pairs(stops)
        for part in range(0, len(points) - 2, 2):
            smooth = bend(*points[part : part + 3])
            self.line(fill, width, *(number for point in smooth for number in point))

    def glow(self, fill: str, x: float, y: float, radius: float, strength: float) -> None:
        """Lay a soft light of `strength` (0 to 1) around a point."""
        small = Image.new("L", (WIDTH // 8, HEIGHT // 8))
        edges = [(x - radius) / 8, (y - radius) / 8, (x + radius) / 8, (y + radius) / 8]
        ImageDraw.Draw(small).ellipse(edges, fill=round(255 * strength))
        soft = small.filter(ImageFilter.GaussianBlur(radius / 24))
        mask = soft.resize(self._image.size, Image.Resampling.BICUBIC)
        self._image.paste(Image.new("RGB", self._image.size, fill), mask=mask)

    def hill(self, fill: str, y: float, height: float, phase: float) -> None:
        """Draw a rolling line of hills that fills everything below it."""
        crest: list[float] = []
        for x in range(0, WIDTH + 20, 20):
            wave = math.sin(x / 260 + phase) + 0.5 * math.sin(x / 130 + 2 * phase)
            crest += [x, y - height * wave]
        self.area(fill, *crest, WIDTH, HEIGHT, 0, HEIGHT)

    def house(self, wall: str, roof: str, x: float, y: float, width: float, height: float) -> None:
        """Draw a half-timbered gable house that stands on `y`."""
        beam, eave, floors = "#33362d", y - height, max(2, round(height / 120))
        top, middle, step = eave - width * 0.75, x + width / 2, height / floors
        self.box(wall, x, eave, width, height)
        self.area(roof, x - 16, eave, middle, top, x + width + 16, eave)
        self.area(mix(wall, "#ffffff", 0.2), x + 14, eave, middle, top + 42, x + width - 14, eave)
        self.line(beam, 8, middle, top + 60, middle, eave)
        tie = eave - width * 0.3
        self.line(beam, 8, x + width * 0.26, tie, x + width * 0.74, tie)
        for floor in range(floors):
            base = eave + floor * step
            self.box(beam, x, base, width, 9)
            for part in range(3):
                left, dark = x + width * (0.1 + 0.29 * part), (floor * 2 + part + x // 9) % 4 == 0
                if floor == floors - 1 and part == 1:
                    self.box(beam, left - 6, y - step * 0.72, width * 0.22 + 12, step * 0.72, 6)
                    self.box(COLOURS["brick"], left, y - step * 0.66, width * 0.22, step * 0.66)
                    continue
                pane = COLOURS["sea" if dark else "sand"]
                self.box(beam, left - 5, base + step * 0.24, width * 0.22 + 10, step * 0.56, 3)
                self.box(pane, left, base + step * 0.29, width * 0.22, step * 0.46)
                self.box(beam, left + width * 0.1, base + step * 0.29, 4, step * 0.46)
        for edge in (x, x + width - 9):
            self.box(beam, edge, eave, 9, height)

    def person(self, x: float, y: float, size: float, look: float) -> None:
        """Draw a standing figure on the ground `y`; `look` picks clothes, skin and hair."""
        number = int(look)
        skin, night = SKINS[number % 5], COLOURS["night"]
        for side in (-1, 1):
            hip, foot = x + side * size * 0.06, x + side * size * 0.09
            self.line(night, size * 0.09, hip, y - size * 0.4, foot, y)
        coat = CLOTHES[number % 6]
        self.box(coat, x - size * 0.17, y - size * 0.76, size * 0.34, size * 0.48, size * 0.15)
        self.box(skin, x - size * 0.04, y - size * 0.82, size * 0.08, size * 0.1)
        self.disc(HAIR[number % 3], x, y - size * 0.9, size * 0.115)
        self.disc(skin, x, y - size * 0.875, size * 0.1)

    def bust(self, x: float, y: float, size: float, look: float, shade: float = -1) -> None:
        """Draw head and shoulders down to `y`; with a `shade` (0 to 1) seen from behind."""
        number, dark = int(look), max(0, shade)
        coat, skin, hair = (
            mix(colour, COLOURS["night"], dark)
            for colour in (CLOTHES[number % 6], SKINS[number % 5], HAIR[number % 4])
        )
        self.box(coat, x - size * 0.5, y - size * 0.75, size, size * 0.95, size * 0.36)
        neck = mix(skin, COLOURS["night"], 0.15)
        self.box(neck, x - size * 0.11, y - size * 0.95, size * 0.22, size * 0.3, size * 0.05)
        self.disc(hair, x, y - size * 1.2, size * 0.32)
        if number % 2:
            self.box(hair, x - size * 0.32, y - size * 1.2, size * 0.64, size * 0.4, size * 0.12)
        if shade < 0:
            self.disc(skin, x, y - size * 1.12, size * 0.25, size * 0.28)

    def pin(self, fill: str, x: float, y: float, size: float) -> None:
        """Draw a place marker whose tip is at x, y."""
        self.disc("#4c6a5e", x, y, 40 * size, 14 * size)
        self.area(fill, x - 56 * size, y - 105 * size, x, y, x + 56 * size, y - 105 * size)
        self.disc(fill, x, y - 125 * size, 62 * size)
        self.disc(COLOURS["paper"], x, y - 125 * size, 27 * size)

    def strew(self, fill: str, light: str, count: float, y: float, rx: float, ry: float) -> None:
        """Strew ellipses between `y` and the lower edge, larger towards the viewer."""
        for across, down in sorted(spread(int(count)), key=lambda point: point[1]):
            near = 0.3 + 0.7 * down
            colour = mix(fill, light, across)
            self.disc(colour, across * WIDTH, y + down * (HEIGHT - y), rx * near, ry * near)

    def fields(self, edge: str) -> None:
        """Cover the picture with patches of land seen from above, divided by `edge`."""
        corner = {
            (i, k): (
                i * 170 - 120 + 55 * math.sin(i * 2.3 + k * 1.7),
                k * 150 - 90 + 45 * math.sin(i * 1.9 - k * 2.6),
            )
            for i in range(13)
            for k in range(10)
        }
        for i, k in ((i, k) for i in range(12) for k in range(9)):
            fill = FIELDS[(i * 5 + k * 7 + i * k) % len(FIELDS)]
            (ax, ay), (bx, by) = corner[i, k], corner[i + 1, k]
            (cx, cy), (dx, dy) = corner[i + 1, k + 1], corner[i, k + 1]
            self.area(fill, ax, ay, bx, by, cx, cy, dx, dy)
            for t in (n / 9 for n in range(1, 9) if (i + k) % 2):
                upper, lower = (ax + (bx - ax) * t, ay + (by - ay) * t), (dx + (cx - dx) * t,)
                self.line(mix(fill, "#16302b", 0.1), 5, *upper, *lower, dy + (cy - dy) * t)
            self.line(edge, 7, ax, ay, bx, by, cx, cy, dx, dy, ax, ay)

    def crown(self, x: float, y: float, rx: float, ry: float, count: float) -> None:
        """Draw the crown of a tree whose leaves are small figures."""
        leaves = [(a * 2 - 1, b * 2 - 1) for a, b in spread(int(count))]
        for number, (a, b) in enumerate(leaf for leaf in leaves if math.hypot(*leaf) < 1):
            across, down, lean = x + a * rx, y + b * ry, a * 16
            tip, head = (across - lean, down + 62), (across, down - 12)
            sides = bend(tip, (across - 52, down + 8), head) + bend(
                head, (across + 52, down + 8), tip
            )
            self.area(CLOTHES[number * 5 % 6], *(value for point in sides for value in point))
            self.disc(SKINS[number % 5], across + lean * 0.4, down - 26, 17)

    def command(self, text: str) -> None:
        """Carry out one line of a scene."""
        name, *rest = text.split()
        if name == "repeat":
            count, dx, dy = int(rest[0]), float(rest[1]), float(rest[2])
            for step in range(count):
                self._origin = (step * dx, step * dy)
                self.command(" ".join(rest[3:]))
            self._origin = (0, 0)
            return
        if name.startswith("_") or name in {"command", "jpeg"} or not hasattr(self, name):
            raise UnknownCommandError(text)
        getattr(self, name)(*(self._value(word, text) for word in rest))

    @staticmethod
    def _value(word: str, text: str) -> str | float:
        if word.startswith("#") or word in COLOURS:
            return COLOURS.get(word, word)
        try:
            return float(word)
        except ValueError:
            raise UnknownCommandError(text) from None

    def jpeg(self) -> bytes:
        """Return the finished picture as JPEG without metadata."""
        small = self._image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        out = io.BytesIO()
        small.save(out, "JPEG", quality=86, optimize=True)
        return out.getvalue()


def draw(picture_id: str) -> bytes:
    """Return the picture as JPEG, 1600 x 1067, below 250 kB, without metadata.

    Raises KeyError for an id that is not in `PICTURES`, UnknownCommandError for a bad scene.
    """
    if picture_id not in PICTURES:
        raise KeyError(picture_id)
    canvas = Canvas()
    for line in (FOLDER / f"{picture_id}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("# "):
            canvas.command(line)
    return canvas.jpeg()
