"""The message file, its committed module, and the script that writes them."""

import importlib.resources
import pathlib
import re

from google.protobuf import descriptor_pb2
import pytest

from dota_env_rpc.protocols import DotaService_pb2 as service
from dota_env_rpc.protocols import dota_gcmessages_common_bot_script_pb2 as bot_script
from dota_env_rpc.protocols import dota_shared_enums_pb2 as shared_enums
from dota_env_rpc.protocols import generate

ROOT = pathlib.Path(str(importlib.resources.files("dota_env_rpc"))).parent
# In the order of generate.PROTOS.
MODULES = (bot_script, shared_enums, service)


def facts(**messages):
    """Returns a table of messages in which the root holds the given ones."""
    inner = {f"{generate.ROOT}.{name}": fields for name, fields in messages.items()}
    return {"world_messages": {generate.ROOT: [], **inner},
            "world_enums": {}, "world_enums_new_2026": {}}


def line_of(**changes):
    """Returns the line of one field."""
    field = {"name": "id", "number": 7, "type": "uint32", "label": "optional", **changes}
    text = generate.world_text(facts(Thing=[field]))
    return next(line.strip() for line in text.splitlines() if " = 7" in line)


def without_json_names(file):
    """Takes out names that follow from others, which modules leave out."""
    def strip(message):
        for field in message.field:
            field.ClearField("json_name")
        for nested in message.nested_type:
            strip(nested)
    for message in file.message_type:
        strip(message)
    return file


def test_the_committed_modules_are_made_of_the_message_files(tmp_path):
    output = tmp_path / "set.bin"
    generate.compile_protos(ROOT, f"--descriptor_set_out={output}")
    files = descriptor_pb2.FileDescriptorSet.FromString(output.read_bytes()).file
    assert len(files) == len(MODULES) == len(generate.PROTOS)
    for compiled, module in zip(files, MODULES, strict=True):
        committed = descriptor_pb2.FileDescriptorProto.FromString(
            module.DESCRIPTOR.serialized_pb)
        assert without_json_names(compiled) == committed


def test_the_committed_stub_is_made_of_the_message_file(tmp_path):
    generate.compile_protos(ROOT, f"--grpc_python_out={tmp_path}", protos=(generate.SERVICE,))
    name = generate.SERVICE.replace(".proto", "_pb2_grpc.py")
    # The generator's own version is written into it.
    made, committed = (
        re.sub(r"GRPC_GENERATED_VERSION = .*", "", (folder / name).read_text())
        for folder in (tmp_path, ROOT))
    for word in ("reset", "observe", "act"):
        method = f"'/DotaService/{word}',"
        assert method in made and method in committed
        assert [line for line in made.splitlines() if f"{word} = channel" in line] == [
            line for line in committed.splitlines() if f"{word} = channel" in line]


@pytest.mark.parametrize("proto", generate.PROTOS)
def test_the_committed_modules_are_fit_for_the_oldest_protobuf_that_is_supported(proto):
    text = (ROOT / proto.replace(".proto", "_pb2.py")).read_text()
    assert "# Protobuf Python Version: 5.29.0" in text


def test_a_message_file_that_protoc_refuses_is_told(tmp_path):
    path = tmp_path / generate.WORLD_STATE
    path.parent.mkdir(parents=True)
    path.write_text("massage Typo {}")
    with pytest.raises(RuntimeError, match="protoc refuses"):
        generate.compile_protos(
            tmp_path, f"--descriptor_set_out={tmp_path / 'set.bin'}",
            protos=(generate.WORLD_STATE,))


@pytest.mark.parametrize("changes, line", [
    ({}, "optional uint32 id = 7;"),
    ({"label": "required", "label_2026": "optional"}, "optional uint32 id = 7;"),
    ({"default": "3"}, "optional uint32 id = 7 [default = 3];"),
    ({"type_2026": "int32", "default_2026": "-1"}, "optional int32 id = 7 [default = -1];"),
    ({"type": "CMsgBotWorldState.Thing", "label": "repeated"}, "repeated Thing id = 7;"),
    ({"oneof": "ActionData"}, "uint32 id = 7;"),
])
def test_a_field_is_written_as_the_newer_game_has_it(changes, line):
    assert line_of(**changes) == line


def test_an_enum_has_the_values_that_came_later():
    table, name = facts(), f"{generate.ROOT}.CourierState"
    table["world_enums"] = {name: {"IDLE": 0}}
    table["world_enums_new_2026"] = {name: {"AT_SECRET_SHOP": 7}}
    assert "  enum CourierState {\n    IDLE = 0;\n    AT_SECRET_SHOP = 7;\n  }" in (
        generate.world_text(table))


def test_fields_of_a_oneof_lie_in_it():
    fields = [{"name": name, "number": number, "type": "int32", "label": "optional",
               "oneof": "ActionData"} for number, name in enumerate(("walk", "stop"), start=1)]
    assert "    oneof ActionData {\n      int32 walk = 1;\n      int32 stop = 2;\n    }" in (
        generate.world_text(facts(Action=fields)))


def test_a_message_in_one_that_is_missing_is_told():
    with pytest.raises(ValueError, match=r"CMsgBotWorldState\.Action\.Stop lies in"):
        generate.world_text(facts(**{"Action.Stop": []}))


def test_the_message_is_that_of_the_newer_game():
    message = bot_script.CMsgBotWorldState(glyph_cooldown_enemy=0.5)
    assert message.glyph_cooldown_enemy == 0.5
    assert message.Ability().ability_id == -1
    assert message.Player().primary_unit_handle == 4294967295
    assert message.COURIER_STATE_AT_SECRET_SHOP == 7


def test_the_service_is_in_no_package_and_has_its_three_methods():
    """Source: TimZaman/dotaservice 733db26."""
    [found] = service.DESCRIPTOR.services_by_name.values()
    assert found.full_name == "DotaService"
    assert {name: (method.input_type.name, method.output_type.name)
            for name, method in found.methods_by_name.items()} == {
        "reset": ("GameConfig", "InitialObservation"),
        "observe": ("ObserveConfig", "Observation"), "act": ("Actions", "Empty")}


def test_the_service_knows_the_heroes_that_came_later():
    assert service.Hero.Value("NPC_DOTA_HERO_LINA") == 25
    assert service.Hero.Value("NPC_DOTA_HERO_KEZ") == 145


def test_a_config_has_the_defaults_of_the_service():
    config = service.GameConfig()
    assert (config.host_timescale, config.host_mode, config.game_mode) == (
        1, service.HOST_MODE_DEDICATED, shared_enums.DOTA_GAMEMODE_MO)
    assert (service.RADIANT_WIN, service.DIRE_WIN, service.RESOURCE_EXHAUSTED) == (12, 13, 8)
