"""What pictures show."""

import numpy as np
import pytest

from dota_env_rpc.match.enums import Rune, UnitType
from dota_env_rpc.match.tables import MAX_UNITS
from dota_env_rpc.tasks.drawing import Camera
from dota_env_rpc.testing.board import DIRE, RADIANT

SIZE = 96
SPAN = 3000.0


@pytest.fixture
def camera(board):
    return Camera(board.patch, SIZE, SPAN)


def pixel(picture, at, hero=(0.0, 0.0)):
    """Returns the color of a place on the map, as whole numbers."""
    column = int((at[0] - hero[0]) / SPAN * SIZE + SIZE / 2)
    row = int(SIZE / 2 - (at[1] - hero[1]) / SPAN * SIZE)
    return picture[row, column].astype(int)


@pytest.mark.parametrize("team, strongest", [(RADIANT, 1), (DIRE, 0)])
def test_units_wear_the_color_of_their_side(board, camera, team, strongest):
    board.hero(0)
    board.unit(UnitType.TOWER, (600.0, 500.0), team=team, collision_radius=144.0)
    color = pixel(camera.draw(board.tables, 0), (600.0, 500.0))
    assert color[strongest] > 1.5 * max(np.delete(color, strongest))


def test_what_the_team_does_not_see_is_not_drawn(board, camera):
    board.hero(0)
    before = camera.draw(board.tables, 0)
    board.unit(UnitType.TOWER, (600.0, 500.0), team=DIRE, visible_to=1 << DIRE)
    np.testing.assert_array_equal(camera.draw(board.tables, 0), before)


def test_without_fog_all_is_drawn(board, camera):
    board.hero(0)
    before = camera.draw(board.tables, 0, fog=False)
    board.unit(UnitType.TOWER, (600.0, 500.0), team=DIRE, visible_to=1 << DIRE)
    assert (camera.draw(board.tables, 0, fog=False) != before).any()


def test_the_picture_follows_the_hero(board, camera):
    hero = board.hero(0, (2000.0, 2000.0))
    board.unit(UnitType.TOWER, (2600.0, 2500.0), team=DIRE, collision_radius=144.0)
    color = pixel(camera.draw(board.tables, 0), (2600.0, 2500.0), (hero.x, hero.y))
    assert color[0] > 1.5 * max(color[1:])


def test_a_weak_unit_has_a_short_health_bar(board, camera):
    board.hero(0)
    tower = board.unit(
        UnitType.TOWER, (600.0, 300.0), team=DIRE, collision_radius=144.0, health=90.0)
    strong = camera.draw(board.tables, 0).astype(int)
    tower.health = 10.0
    weak = camera.draw(board.tables, 0).astype(int)
    assert (strong[..., 0] - weak[..., 0]).sum() > 0


def test_a_projectile_is_drawn(board, camera):
    hero = board.hero(0)
    creep = board.unit(UnitType.LANE_CREEP, (900.0, 0.0), team=DIRE)
    before = camera.draw(board.tables, 0)
    projectile = board.projectile(creep, hero, 10.0)
    projectile.x = 500.0
    assert (camera.draw(board.tables, 0) != before).any()


@pytest.mark.parametrize("kind, strongest", [(Rune.HASTE, 0), (Rune.REGENERATION, 1)])
def test_a_rune_in_sight_is_drawn_in_its_color(board, camera, kind, strongest):
    board.hero(0)
    before = camera.draw(board.tables, 0)
    board.match.has_runes = 1
    rune = board.match.runes[2]
    rune.handle, rune.kind, rune.x, rune.y = MAX_UNITS + 2, kind, 700.0, 400.0
    np.testing.assert_array_equal(camera.draw(board.tables, 0), before)
    rune.visible_to = 1 << RADIANT
    color = pixel(camera.draw(board.tables, 0), (700.0, 400.0))
    assert color[strongest] > 1.5 * max(np.delete(color, strongest))


def test_what_is_far_from_own_units_is_darker(board, camera):
    hero = board.hero(0, vision_day=3000.0, vision_night=3000.0)
    bright = camera.draw(board.tables, 0).astype(int)
    hero.vision_night = 200.0
    dark = camera.draw(board.tables, 0).astype(int)
    assert dark[5, 5].sum() < 0.7 * bright[5, 5].sum()


def test_night_is_darker_than_day(board, camera):
    board.hero(0)
    board.match.is_day = 1
    day = camera.draw(board.tables, 0, fog=False).mean()
    board.match.is_day = 0
    assert camera.draw(board.tables, 0, fog=False).mean() < day


def test_units_at_the_edge_of_the_map_fit(board):
    board.hero(0, (-10496.0, 10432.0))
    picture = Camera(board.patch, SIZE, SPAN).draw(board.tables, 0)
    assert picture.shape == (SIZE, SIZE, 3)


@pytest.mark.parametrize("name, size", [("rgb", 64), ("minimap", 128)])
def test_pictures_enter_the_spec_on_request(board, name, size):
    board.hero(0)
    seat = board.seat(0, observations=(name,), rgb_size=64)
    assert seat.observation_specs[name].shape == (size, size, 3)
    assert seat.buffers[name].any()
    assert name not in board.seat(0).observation_specs
