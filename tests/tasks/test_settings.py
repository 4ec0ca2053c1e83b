"""How settings are read."""

import math

import numpy as np
import pytest

from dota_env_rpc.tasks.settings import Setting, SettingError, parse_settings

SCHEMA = {setting.name: setting for setting in (
    Setting("ticks", "int64", 4, "Ticks.", 1, 900),
    Setting("limit", "float64", 1.5, "Limit.", 0.0),
    Setting("mode", "string", "a", "Mode.", choices=("a", "b")),
    Setting("fast", "bool", False, "Speed."),
    Setting("seats", "int64s", (), "Seats.", 0, 9),
    Setting("extras", "strings", (), "Extras.", choices=("rgb", "events")),
    Setting("bot", "string", "idle", "Bot.", choices=("idle", "laner"), prefix="http://"),
    Setting("hero", "string", "hero_0", "Hero.", choices=tuple(f"hero_{i}" for i in range(20))),
)}


def parsed(name, value):
    return parse_settings(SCHEMA, {name: value})[name]


def test_what_is_not_given_is_the_default():
    assert parse_settings(SCHEMA, {}) == {
        "ticks": 4, "limit": 1.5, "mode": "a", "fast": False, "seats": (), "extras": (),
        "bot": "idle", "hero": "hero_0"}


@pytest.mark.parametrize("value", [
    7, 7.0, np.int8(7), np.float64(7), np.array(7), np.array([7.0]), [7], np.uint64(7)])
def test_whole_numbers_come_in_any_type_that_holds_them(value):
    assert parsed("ticks", value) == 7
    assert isinstance(parsed("ticks", value), int)


@pytest.mark.parametrize("value", [
    7.5, 0, 901, "7", None, [7, 8], [], math.nan, math.inf, 1j, [[7]], 2**80])
def test_other_values_for_a_whole_number_are_refused(value):
    with pytest.raises(SettingError, match="'ticks'.*a whole number from 1 to 900") as error:
        parsed("ticks", value)
    assert error.value.name == "ticks"


def test_a_limit_may_be_infinite():
    assert parsed("limit", math.inf) == math.inf


@pytest.mark.parametrize("value", [math.nan, -0.1, "1", None])
def test_other_values_for_a_number_are_refused(value):
    with pytest.raises(SettingError, match="'limit'.*a number, at least 0"):
        parsed("limit", value)


@pytest.mark.parametrize("value", ["b", b"b", np.array("b"), np.array(["b"], object), np.str_("b")])
def test_strings_come_as_text_or_arrays(value):
    assert parsed("mode", value) == "b"


@pytest.mark.parametrize("value", ["c", 1, b"\xff", ["a", "b"], True])
def test_other_values_for_a_choice_are_refused(value):
    with pytest.raises(SettingError, match="'mode'.*a string among 'a', 'b'"):
        parsed("mode", value)


def test_a_name_that_is_nearly_right_is_suggested():
    with pytest.raises(SettingError, match="did you mean 'hero_"):
        parsed("hero", "heroe_1")


@pytest.mark.parametrize("value", ["10", "Hero 10", "hero_10"])
def test_the_end_of_a_name_suggests_all_of_it(value):
    heroes = {"hero": Setting("hero", "string", "", "Hero.", choices=tuple(
        f"npc_hero_{i}" for i in range(20)))}
    with pytest.raises(SettingError, match=r"did you mean 'npc_hero_10'\?"):
        parse_settings(heroes, {"hero": value})


@pytest.mark.parametrize("value, expected", [(True, True), (0, False), (1.0, True), ([1], True)])
def test_truth_comes_as_bool_or_number(value, expected):
    assert parsed("fast", value) is expected


@pytest.mark.parametrize("value", ["true", 2, None])
def test_other_values_for_truth_are_refused(value):
    with pytest.raises(SettingError, match="'fast'.*true or false"):
        parsed("fast", value)


@pytest.mark.parametrize("value", [(0, 5), [0, 5], np.array([0, 5]), np.array([0.0, 5.0])])
def test_lists_of_numbers_come_in_any_sequence(value):
    assert parsed("seats", value) == (0, 5)


def test_one_number_is_a_list_of_one():
    assert parsed("seats", 5) == (5,)


@pytest.mark.parametrize("value", ["rgb,events", "rgb, events", ["rgb", "events"],
                                   np.array(["rgb", "events"])])
def test_lists_of_strings_come_as_a_list_or_with_commas(value):
    assert parsed("extras", value) == ("rgb", "events")


def test_an_empty_string_is_an_empty_list():
    assert parsed("extras", "") == ()


def test_a_wrong_string_in_a_list_is_refused():
    with pytest.raises(SettingError, match="'extras' is 'gbr'"):
        parsed("extras", ["rgb", "gbr"])


def test_an_unknown_name_is_refused_and_a_close_one_suggested():
    with pytest.raises(SettingError, match="unknown setting 'tick'; did you mean 'ticks'"):
        parse_settings(SCHEMA, {"tick": 1})


def test_a_setting_of_another_place_is_refused_with_that_place():
    with pytest.raises(SettingError, match="setting 'tick' is given elsewhere"):
        parse_settings(SCHEMA, {"tick": 1}, {"tick": "given elsewhere", "ticks": "here too"})
    assert parse_settings(SCHEMA, {"ticks": 1}, {"ticks": "here too"})["ticks"] == 1


def test_no_string_is_counted_among_the_known_ones():
    heroes = {"hero": Setting("hero", "string", "", "Hero.", choices=(
        "", *(f"npc_hero_{i}" for i in range(20))))}
    with pytest.raises(SettingError, match="one of 20 that are known"):
        parse_settings(heroes, {"hero": "zzzzzzzzz"})


def test_an_unknown_name_that_is_like_none_tells_all():
    with pytest.raises(SettingError, match="known are bot, extras, fast, hero"):
        parse_settings(SCHEMA, {"zzzzzz": 1})


@pytest.mark.parametrize("value", ["laner", "http://127.0.0.1/", b"http://127.0.0.1/"])
def test_beside_the_choices_there_may_be_what_begins_so(value):
    assert parsed("bot", value) == (value if isinstance(value, str) else value.decode())


def test_what_begins_otherwise_is_told_both():
    with pytest.raises(SettingError, match="among 'idle', 'laner', or beginning with 'http://'"):
        parsed("bot", "ftp://127.0.0.1/")
