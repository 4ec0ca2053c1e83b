"""A picture of the ground: heights, cliffs, river, lanes, trees, seen from above."""

import functools

import numpy as np

from dota_env_rpc.match.coordinates import CELL, GRID_ORIGIN, GRID_SIZE

PIXELS = 4  # a cell's side
SIZE = GRID_SIZE * PIXELS
UNITS_PER_PIXEL = CELL / PIXELS

# Colors by level of height, for Radiant's part of the map and Dire's.
_RADIANT = ((47, 92, 99), (84, 112, 62), (112, 131, 76), (143, 141, 112), (152, 150, 124))
_DIRE = ((47, 88, 98), (97, 91, 70), (121, 109, 84), (126, 112, 106), (138, 123, 116))
_ROCK = (64, 62, 60)
_OUTSIDE = (22, 24, 27)
_PATH = (141, 124, 91)
_CROWN_RADIANT = (46, 82, 41)
_CROWN_DIRE = (88, 66, 39)
_LANE_WIDTH = 260.0
_TREE_RADIUS = 62.0


@functools.lru_cache(maxsize=4)
def ground(patch) -> np.ndarray:
    """Returns the ground of a patch's map: uint8 (SIZE, SIZE, 3), row 0 in the south.

    patch: Patch.
    """
    numbers = patch.record
    height = np.array(numbers.elevation, np.float32).reshape(GRID_SIZE, GRID_SIZE)
    blocked = np.unpackbits(np.array(numbers.blocked), bitorder="little")
    blocked = blocked[:GRID_SIZE * GRID_SIZE].reshape(GRID_SIZE, GRID_SIZE).astype(np.float32)
    height = np.clip(height, 0, 5)

    smooth = _blur(_enlarge(height), PIXELS)
    rocky = _blur(_enlarge(blocked), PIXELS // 2)
    grain = _blur(np.random.default_rng(0).normal(size=(SIZE, SIZE)).astype(np.float32), 1)
    patches = _blur(np.random.default_rng(1).normal(size=(SIZE, SIZE)).astype(np.float32), 14)
    line = np.arange(SIZE, dtype=np.float32)
    dire = 1.0 / (1.0 + np.exp(-(line[:, None] + line[None, :] - SIZE) / 60.0 - patches * 12.0))

    image = _ramp(smooth, _RADIANT) * (1 - dire[..., None])
    image += _ramp(smooth, _DIRE) * dire[..., None]
    _mix(image, _PATH, 0.55 * _near_lanes(numbers) * (smooth > 0.45) * (1 - rocky))
    _mix(image, _ROCK, rocky * 0.85)
    outside = _blur((_blur(blocked, 5) > 0.97).astype(np.float32), 3)
    _mix(image, _OUTSIDE, 0.9 * _enlarge_smoothly(outside))

    # Light from the northwest.
    slope = np.gradient(smooth, axis=0) - np.gradient(smooth, axis=1)
    shade = 1.0 - np.clip(slope * 1.6, -0.5, 0.45) + 0.10 * grain + 0.35 * patches
    image *= np.clip(shade, 0.4, 1.5)[..., None]
    _plant(image, numbers, dire)
    return np.clip(image, 0, 255).astype(np.uint8)


def _enlarge(cells: np.ndarray) -> np.ndarray:
    return np.repeat(np.repeat(cells, PIXELS, axis=0), PIXELS, axis=1)


def _enlarge_smoothly(cells: np.ndarray) -> np.ndarray:
    return _blur(_enlarge(cells), PIXELS)


def _blur(image: np.ndarray, radius: int) -> np.ndarray:
    """Returns `image` blurred by two passes of a box of 2 radius + 1."""
    width = 2 * radius + 1
    for _ in range(2):
        for axis in (0, 1):
            padded = np.pad(
                image, [(radius + 1, radius) if a == axis else (0, 0) for a in (0, 1)], "edge")
            total = np.cumsum(padded, axis=axis, dtype=np.float64)
            high = np.take(total, range(width, total.shape[axis]), axis=axis)
            low = np.take(total, range(total.shape[axis] - width), axis=axis)
            image = ((high - low) / width).astype(np.float32)
    return image


def _ramp(values: np.ndarray, colors) -> np.ndarray:
    """Returns (..., 3) colors in between those of the whole numbers from 0."""
    levels = np.arange(len(colors))
    table = np.array(colors, np.float32)
    return np.stack(
        [np.interp(values, levels, table[:, channel]) for channel in range(3)],
        axis=-1).astype(np.float32)


def _mix(image: np.ndarray, color, share: np.ndarray) -> None:
    image += share[..., None] * (np.array(color, np.float32) - image)


def _near_lanes(numbers) -> np.ndarray:
    """Returns (SIZE, SIZE), 1 on the lanes' paths and falling to 0 beside them."""
    line = GRID_ORIGIN + (np.arange(GRID_SIZE) + 0.5) * CELL
    nearest = np.full((GRID_SIZE, GRID_SIZE), np.inf, np.float32)
    for lane in numbers.lanes.reshape(-1):
        xs = np.concatenate([[lane.spawn_x], lane.x[:lane.num_points]])
        ys = np.concatenate([[lane.spawn_y], lane.y[:lane.num_points]])
        for x, y, x_next, y_next in zip(xs[:-1], ys[:-1], xs[1:], ys[1:], strict=True):
            dx, dy = x_next - x, y_next - y
            along = ((line[None, :] - x) * dx + (line[:, None] - y) * dy) / (dx * dx + dy * dy)
            along = np.clip(along, 0.0, 1.0)
            away = np.hypot(
                line[None, :] - x - along * dx, line[:, None] - y - along * dy)
            np.minimum(nearest, away, out=nearest)
    return _enlarge_smoothly(np.clip(1.3 - nearest / _LANE_WIDTH, 0.0, 1.0).astype(np.float32))


def _plant(image: np.ndarray, numbers, dire: np.ndarray) -> None:
    """Draws the trees, those in the north first, so that nearer ones cover them."""
    radius = _TREE_RADIUS / UNITS_PER_PIXEL
    reach = int(radius) + 3
    offsets = np.arange(-reach, reach + 1)
    away = np.hypot(offsets[None, :], offsets[:, None])
    crown = np.clip(radius - away + 0.5, 0, 1)[..., None]
    light = np.clip(
        0.55 * radius - np.hypot(offsets[None, :] + 1.2, offsets[:, None] - 1.2) + 0.5, 0, 1
    )[..., None]
    tints = np.random.default_rng(2).uniform(0.8, 1.2, len(numbers.tree_x))
    colors = np.array([_CROWN_RADIANT, _CROWN_DIRE], np.float32)
    for tree in np.argsort(-np.array(numbers.tree_y)):
        column = int((numbers.tree_x[tree] - GRID_ORIGIN) / UNITS_PER_PIXEL)
        row = int((numbers.tree_y[tree] - GRID_ORIGIN) / UNITS_PER_PIXEL)
        if not (reach + 2 < row < SIZE - reach - 3 and reach + 2 < column < SIZE - reach - 3):
            continue
        share = dire[row, column]
        color = tints[tree] * ((1 - share) * colors[0] + share * colors[1])
        shadow = image[row - reach - 2:row + reach - 1, column - reach + 2:column + reach + 3]
        shadow *= 1 - 0.45 * crown
        block = image[row - reach:row + reach + 1, column - reach:column + reach + 1]
        block += crown * (0.75 * color - block)
        block += light * (1.45 * color - block)
