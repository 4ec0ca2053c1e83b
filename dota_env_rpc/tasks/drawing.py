"""Pictures of a match from above: ground, buildings, units with health bars, projectiles, fog."""

import math

import numpy as np

from dota_env_rpc.match.coordinates import GRID_ORIGIN, WORLD_MAX, WORLD_MIN
from dota_env_rpc.match.enums import STRUCTURE, Team, UnitType
from dota_env_rpc.match.rule import address, array_of, entry, record_at, rule
from dota_env_rpc.match.tables import MAX_RUNES, MAX_UNITS, TABLES
from dota_env_rpc.tasks.terrain import SIZE, UNITS_PER_PIXEL, ground

WHOLE_MAP = WORLD_MAX - WORLD_MIN

_tables_at = record_at(TABLES)

_HERO = int(UnitType.HERO)
_TOWER = int(UnitType.TOWER)
_BARRACKS = int(UnitType.BARRACKS)
_FORT = int(UnitType.FORT)
_GOODGUYS = int(Team.GOODGUYS)
_BADGUYS = int(Team.BADGUYS)

_FOG_CELLS = 64  # fog is worked out on this many cells a side and smoothed
_FOG_LIGHT = 0.5
_NIGHT = (0.62, 0.70, 0.92)

_RADIANT_COLOR = (92.0, 200.0, 72.0)
_DIRE_COLOR = (214.0, 66.0, 50.0)
_NEUTRAL_COLOR = (214.0, 178.0, 84.0)
# By Rune.
_RUNE_COLORS = (
    (70.0, 110.0, 255.0), (255.0, 60.0, 50.0), (255.0, 220.0, 60.0), (170.0, 80.0, 230.0),
    (60.0, 220.0, 90.0), (255.0, 170.0, 30.0), (240.0, 90.0, 220.0), (90.0, 220.0, 255.0),
    (255.0, 255.0, 255.0), (120.0, 160.0, 170.0))


class Camera:
    """Draws what lies in a square of the map, again and again."""

    def __init__(self, patch, size: int, span: float = WHOLE_MAP, bars: bool = True):
        """Looks at a square `span` map units wide with `size` pixels a side.

        patch: Patch. With less than the whole map, the square follows the seat's hero. bars:
        whether to draw health bars.
        """
        self.size = size
        self._span = min(span, WHOLE_MAP)
        self._bars = int(bars)
        self._ground = _reduced(ground(patch), self._span / size)
        self._image = np.zeros((size, size, 3), np.float32)
        self._fog = np.ones((_FOG_CELLS, _FOG_CELLS), np.float32)

    def draw(self, tables, seat: int, fog: bool = True, out: np.ndarray | None = None):
        """Draws one moment.

        Args:
            tables: TABLES records (1,).
            seat: Player slot whose hero is marked and, with fog, whose team is looking.
            fog: Whether to leave out what the team does not see, and to darken where it has no
                unit near.
            out: Where to draw; None for a new array.

        Returns:
            uint8 (size, size, 3), red, green and blue, north up: `out`.
        """
        if out is None:
            out = np.empty((self.size, self.size, 3), np.uint8)
        player = tables[0].players[seat]
        hero = tables[0].units[int(player.hero) % MAX_UNITS]
        half = self._span / 2
        west, south = (
            min(max(float(place), WORLD_MIN + half), WORLD_MAX - half) - half
            for place in (hero.x, hero.y))
        draw_match(
            out, self._image, self._fog, self._ground, address(tables), seat, int(fog),
            self._bars, west, south, self._span / self.size)
        return out


def _reduced(image: np.ndarray, units_per_pixel: float) -> np.ndarray:
    """Returns `image` halved until its pixels are about as large as those wanted."""
    while units_per_pixel > 1.5 * UNITS_PER_PIXEL * SIZE / len(image):
        even = image[:len(image) // 2 * 2, :len(image) // 2 * 2].astype(np.uint16)
        even = even[0::2] + even[1::2]
        image = ((even[:, 0::2] + even[:, 1::2]) // 4).astype(np.uint8)
    return np.ascontiguousarray(image)


@rule
def _blend(image, row, column, color, share):
    """Mixes a share of `color` into a pixel. color: three numbers from 0 to 255."""
    for channel in range(3):
        image[row, column, channel] += share * (color[channel] - image[row, column, channel])


@rule
def _disc(image, x, y, radius, color, share):
    """Draws a disc with soft edges. x, y, radius: pixels."""
    size = image.shape[0]
    for row in range(max(int(y - radius - 1.0), 0), min(int(y + radius + 2.0), size)):
        for column in range(max(int(x - radius - 1.0), 0), min(int(x + radius + 2.0), size)):
            dx = column + 0.5 - x
            dy = row + 0.5 - y
            cover = radius + 0.5 - math.sqrt(dx * dx + dy * dy)
            if cover > 0.0:
                _blend(image, row, column, color, share * min(cover, 1.0))


@rule
def _ring(image, x, y, radius, width, color, share):
    """Draws a circle's line with soft edges. x, y, radius, width: pixels."""
    size = image.shape[0]
    reach = radius + width
    for row in range(max(int(y - reach - 1.0), 0), min(int(y + reach + 2.0), size)):
        for column in range(max(int(x - reach - 1.0), 0), min(int(x + reach + 2.0), size)):
            dx = column + 0.5 - x
            dy = row + 0.5 - y
            off = abs(math.sqrt(dx * dx + dy * dy) - radius)
            cover = 0.5 * width + 0.5 - off
            if cover > 0.0:
                _blend(image, row, column, color, share * min(cover, 1.0))


@rule
def _square(image, x, y, reach, color, share):
    """Draws a square standing on a corner, as far as `reach` pixels from its center."""
    size = image.shape[0]
    for row in range(max(int(y - reach - 1.0), 0), min(int(y + reach + 2.0), size)):
        for column in range(max(int(x - reach - 1.0), 0), min(int(x + reach + 2.0), size)):
            cover = reach + 0.5 - abs(column + 0.5 - x) - abs(row + 0.5 - y)
            if cover > 0.0:
                _blend(image, row, column, color, share * min(cover, 1.0))


@rule
def _box(image, left, bottom, width, height, color, share):
    """Draws an upright rectangle of whole pixels."""
    size = image.shape[0]
    for row in range(max(bottom, 0), min(bottom + height, size)):
        for column in range(max(left, 0), min(left + width, size)):
            _blend(image, row, column, color, share)


@rule
def _line(image, x, y, x_end, y_end, width, color, share):
    """Draws a straight line with soft edges. All in pixels."""
    size = image.shape[0]
    dx = x_end - x
    dy = y_end - y
    length = dx * dx + dy * dy
    low = int(min(y, y_end) - width - 1.0)
    high = int(max(y, y_end) + width + 2.0)
    left = int(min(x, x_end) - width - 1.0)
    right = int(max(x, x_end) + width + 2.0)
    for row in range(max(low, 0), min(high, size)):
        for column in range(max(left, 0), min(right, size)):
            px = column + 0.5 - x
            py = row + 0.5 - y
            along = 0.0
            if length > 0.0:
                along = min(max((px * dx + py * dy) / length, 0.0), 1.0)
            px -= along * dx
            py -= along * dy
            cover = 0.5 * width + 0.5 - math.sqrt(px * px + py * py)
            if cover > 0.0:
                _blend(image, row, column, color, share * min(cover, 1.0))


@rule
def _draw_ground(image, ground_image, west, south, units_per_pixel):
    """Copies the ground that lies in the picture, smoothly enlarged or reduced."""
    size = image.shape[0]
    last = ground_image.shape[0] - 1
    step = units_per_pixel * ground_image.shape[0] / (SIZE * UNITS_PER_PIXEL)
    first_x = (west - GRID_ORIGIN) / units_per_pixel * step
    first_y = (south - GRID_ORIGIN) / units_per_pixel * step
    for row in range(size):
        y = min(max(first_y + (row + 0.5) * step - 0.5, 0.0), last - 0.001)
        below = int(y)
        up = y - below
        for column in range(size):
            x = min(max(first_x + (column + 0.5) * step - 0.5, 0.0), last - 0.001)
            before = int(x)
            along = x - before
            for channel in range(3):
                low = (ground_image[below, before, channel] * (1.0 - along)
                       + ground_image[below, before + 1, channel] * along)
                high = (ground_image[below + 1, before, channel] * (1.0 - along)
                        + ground_image[below + 1, before + 1, channel] * along)
                image[row, column, channel] = low * (1.0 - up) + high * up


@rule
def _draw_fog(image, fog, tables, team, west, south, units_per_pixel):
    """Darkens what lies beyond the sight of the team's units, height and trees not counted."""
    size = image.shape[0]
    cells = fog.shape[0]
    cell = size * units_per_pixel / cells
    fog[:] = _FOG_LIGHT
    for number in range(tables.num_rows):
        unit = tables.units[number]
        if unit.handle == 0 or unit.alive == 0 or unit.team != team:
            continue
        radius = unit.vision_day if tables.is_day else unit.vision_night
        x = (unit.x - west) / cell
        y = (unit.y - south) / cell
        reach = radius / cell
        for row in range(max(int(y - reach), 0), min(int(y + reach) + 1, cells)):
            for column in range(max(int(x - reach), 0), min(int(x + reach) + 1, cells)):
                dx = column + 0.5 - x
                dy = row + 0.5 - y
                away = math.sqrt(dx * dx + dy * dy)
                light = min(max(1.0 + (reach - away) * 0.25, _FOG_LIGHT), 1.0)
                if light > fog[row, column]:
                    fog[row, column] = light
    scale = cells / size
    for row in range(size):
        y = min(max((row + 0.5) * scale - 0.5, 0.0), cells - 1.001)
        below = int(y)
        up = y - below
        for column in range(size):
            x = min(max((column + 0.5) * scale - 0.5, 0.0), cells - 1.001)
            before = int(x)
            along = x - before
            low = fog[below, before] * (1.0 - along) + fog[below, before + 1] * along
            high = fog[below + 1, before] * (1.0 - along) + fog[below + 1, before + 1] * along
            light = low * (1.0 - up) + high * up
            for channel in range(3):
                image[row, column, channel] *= light


@rule
def _color_of(team):
    if team == _GOODGUYS:
        return _RADIANT_COLOR
    if team == _BADGUYS:
        return _DIRE_COLOR
    return _NEUTRAL_COLOR


@rule
def _radius_of(unit, units_per_pixel, size):
    """Returns how large a unit is drawn, in pixels: never too small to be seen."""
    kind = unit.unit_type
    least = 0.008
    if kind == _HERO:
        least = 0.022
    elif kind == _FORT:
        least = 0.018
    elif kind == _TOWER:
        least = 0.011
    elif unit.traits & STRUCTURE:
        least = 0.008
    return max(unit.collision_radius / units_per_pixel, least * size, 1.2)


@rule
def _draw_unit(image, unit, own, x, y, radius, pen):
    """Draws a unit's body. own: whether it is the seat's hero. pen: pixels of a thin line."""
    color = _color_of(unit.team)
    dark = (color[0] * 0.35, color[1] * 0.35, color[2] * 0.35)
    pale = (color[0] * 0.5 + 127.0, color[1] * 0.5 + 127.0, color[2] * 0.5 + 127.0)
    _disc(image, x + 0.25 * radius, y - 0.25 * radius, radius + pen, (0.0, 0.0, 0.0), 0.35)
    if unit.traits & STRUCTURE and unit.unit_type != _TOWER:
        _square(image, x, y, 1.35 * radius + 1.5 * pen, dark, 1.0)
        _square(image, x, y, 1.35 * radius, color, 1.0)
        if unit.unit_type == _FORT or unit.unit_type == _BARRACKS:
            _square(image, x, y, 0.6 * radius, pale, 1.0)
        return
    _disc(image, x, y, radius + pen, dark, 1.0)
    _disc(image, x, y, radius, color, 1.0)
    if unit.unit_type == _TOWER:
        _ring(image, x, y, 0.55 * radius, pen, pale, 1.0)
        return
    nose = 1.5 if unit.unit_type == _HERO else 1.25
    _line(image, x, y, x + nose * radius * math.cos(unit.facing),
          y + nose * radius * math.sin(unit.facing), max(0.35 * radius, pen), pale, 1.0)
    if unit.unit_type == _HERO:
        _disc(image, x, y, 0.5 * radius, pale, 1.0)
        if own:
            _ring(image, x, y, radius + 1.5 * pen, 1.5 * pen, (255.0, 255.0, 255.0), 1.0)


@rule
def _draw_bar(image, unit, own_side, x, y, radius, pen):
    """Draws a health bar above a unit, and a hero's mana bar under it."""
    hero = unit.unit_type == _HERO
    width = int(max((3.4 if hero else 2.6) * radius, 6.0))
    height = max(int(1.6 * pen + 0.5), 1) + (1 if hero else 0)
    left = int(x - width / 2)
    bottom = int(y + 1.5 * radius + pen)
    share = min(max(unit.health / max(unit.max_health, 1.0), 0.0), 1.0)
    color = (104.0, 222.0, 84.0) if own_side else (232.0, 74.0, 60.0)
    _box(image, left - 1, bottom - 1, width + 2, height + 2, (8.0, 10.0, 10.0), 0.9)
    _box(image, left, bottom, int(width * share + 0.5), height, color, 1.0)
    if hero and unit.max_mana > 0.0:
        mana = int(width * min(max(unit.mana / unit.max_mana, 0.0), 1.0) + 0.5)
        thin = max(height // 2, 1)
        _box(image, left - 1, bottom - thin - 2, width + 2, thin + 1, (8.0, 10.0, 10.0), 0.9)
        _box(image, left, bottom - thin - 1, mana, thin, (88.0, 140.0, 236.0), 1.0)


@rule
def _draw_projectile(image, projectile, west, south, units_per_pixel, pen):
    """Draws a projectile with the trail that it leaves."""
    x = (projectile.x - west) / units_per_pixel
    y = (projectile.y - south) / units_per_pixel
    dx = projectile.x_target - projectile.x
    dy = projectile.y_target - projectile.y
    away = max(math.sqrt(dx * dx + dy * dy), 1.0)
    trail = min(projectile.speed * 0.07 / units_per_pixel, 14.0 * pen)
    color = (255.0, 242.0, 150.0) if projectile.team == _GOODGUYS else (255.0, 164.0, 120.0)
    _line(image, x - dx / away * trail, y - dy / away * trail, x, y, pen, color, 0.55)
    _disc(image, x, y, 1.3 * pen, color, 1.0)


@entry
def draw_match(
        out: array_of("u1", 3), image: array_of("f4", 3), fog: array_of("f4", 2),
        ground_image: array_of("u1", 3), tables, seat, fogged, bars, west: float, south: float,
        units_per_pixel: float):
    """Draws one moment of a match into `out`, uint8 (size, size, 3), row 0 in the north.

    image: float32 (size, size, 3), scratch. fog: float32 (cells, cells), scratch.
    ground_image: uint8 (n, n, 3), the whole map, row 0 in the south. tables: what
    `match.rule.address` gives. west, south: the picture's corner in map units.
    """
    tables = _tables_at(tables)
    team = tables.players[seat].team
    size = image.shape[0]
    pen = max(size / 400.0, 0.8)
    _draw_ground(image, ground_image, west, south, units_per_pixel)
    if tables.is_day == 0:
        for row in range(size):
            for column in range(size):
                for channel in range(3):
                    image[row, column, channel] *= _NIGHT[channel]
    if fogged:
        _draw_fog(image, fog, tables, team, west, south, units_per_pixel)
    # Buildings under creeps under heroes, bars above all.
    for layer in range(4):
        for number in range(tables.num_rows):
            unit = tables.units[number]
            if unit.handle == 0 or unit.alive == 0:
                continue
            if fogged and not (unit.visible_to >> team) & 1:
                continue
            body = 0 if unit.traits & STRUCTURE else (2 if unit.unit_type == _HERO else 1)
            if layer < 3 and body != layer:
                continue
            x = (unit.x - west) / units_per_pixel
            y = (unit.y - south) / units_per_pixel
            radius = _radius_of(unit, units_per_pixel, size)
            if not (-3.0 * radius < x < size + 3.0 * radius
                    and -3.0 * radius < y < size + 3.0 * radius):
                continue
            if layer < 3:
                own = unit.handle == tables.players[seat].hero
                _draw_unit(image, unit, own, x, y, radius, pen)
            elif bars and (body == 2 or unit.health < unit.max_health):
                _draw_bar(image, unit, unit.team == team, x, y, radius, pen)
    if tables.has_runes:
        for number in range(MAX_RUNES):
            rune = tables.runes[number]
            if rune.handle != 0 and (not fogged or (rune.visible_to >> team) & 1):
                x = (rune.x - west) / units_per_pixel
                y = (rune.y - south) / units_per_pixel
                radius = max(40.0 / units_per_pixel, 2.0 * pen)
                _disc(image, x, y, radius + pen, (0.0, 0.0, 0.0), 0.7)
                _disc(image, x, y, radius, _RUNE_COLORS[rune.kind], 1.0)
    for number in range(tables.num_projectiles):
        projectile = tables.projectiles[number]
        if projectile.handle != 0 and (not fogged or (projectile.visible_to >> team) & 1):
            _draw_projectile(image, projectile, west, south, units_per_pixel, pen)
    for row in range(size):
        for column in range(size):
            for channel in range(3):
                value = min(max(image[row, column, channel], 0.0), 255.0)
                out[size - 1 - row, column, channel] = np.uint8(value)
