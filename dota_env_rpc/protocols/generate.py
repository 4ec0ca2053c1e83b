r"""Writes a message file of the game from a table of its messages, and the Python module of it.

    python -m dota_env_rpc.protocols.generate FOLDER

FOLDER holds messages.json: for each message its fields with name, number, type, label, default
and oneof as TimZaman/dotaservice had them in 2019 (733db26), and under `since`, `type_2026`,
`label_2026` and `default_2026` what SteamDatabase/Protobufs has since changed (8fb43df). The
newer definition is written.

Needs grpcio-tools. Protobuf loads modules made by its own or an older version only, so the
committed module is made by grpcio-tools 1.71, which writes for protobuf 5.29.
"""

from collections.abc import Mapping
import importlib.resources
import json
import pathlib
import sys

PROTO = "dota_env_rpc/protocols/dota_gcmessages_common_bot_script.proto"
ROOT = "CMsgBotWorldState"


def proto_text(facts: Mapping) -> str:
    """Returns the file with CMsgBotWorldState and all that it holds.

    Args:
        facts: `world_messages`: fields by dotted message name; `world_enums`: numbers by value
            name, by dotted enum name; `world_enums_new_2026`: likewise, those that came later.

    Raises:
        ValueError: a message or enum lies in one that is not there.
    """
    messages = facts["world_messages"]
    enums = {
        name: {**values, **facts["world_enums_new_2026"].get(name, {})}
        for name, values in facts["world_enums"].items()}
    for name in (*messages, *enums):
        parent = name.rpartition(".")[0]
        if parent and parent not in messages:
            raise ValueError(f"{name} lies in {parent}, which is not among the messages")
    lines = [
        "// What a bot of one team may know of a match, as the game itself tells it.",
        "// Written by dota_env_rpc/protocols/generate.py.",
        "", 'syntax = "proto2";', "", *_message(ROOT, messages, enums, "")]
    return "\n".join(lines) + "\n"


def _message(name: str, messages: Mapping, enums: Mapping, indent: str) -> list[str]:
    inner = indent + "  "
    blocks = [_enum(enum, values, inner) for enum, values in enums.items() if _is_in(enum, name)]
    blocks += [
        _message(other, messages, enums, inner) for other in messages if _is_in(other, name)]
    fields = messages[name]
    plain = [inner + _field(field) for field in fields if "oneof" not in field]
    if plain:
        blocks.append(plain)
    for oneof in dict.fromkeys(field["oneof"] for field in fields if "oneof" in field):
        blocks.append([
            f"{inner}oneof {oneof} {{",
            *(f"{inner}  {_field(field)}" for field in fields if field.get("oneof") == oneof),
            f"{inner}}}"])
    lines = [f"{indent}message {_last(name)} {{"]
    for block in blocks:
        lines += [*block, ""]
    if blocks:
        lines.pop()
    return [*lines, f"{indent}}}"]


def _enum(name: str, values: Mapping[str, int], indent: str) -> list[str]:
    return [
        f"{indent}enum {_last(name)} {{",
        *(f"{indent}  {value} = {number};" for value, number in values.items()),
        f"{indent}}}"]


def _field(field: Mapping) -> str:
    label = field.get("label_2026", field["label"])
    kind = field.get("type_2026", field["type"]).removeprefix(ROOT + ".")
    default = field.get("default_2026", field.get("default"))
    return (
        ("" if "oneof" in field else f"{label} ") + f"{kind} {field['name']} = {field['number']}"
        + (f" [default = {default}]" if default is not None else "") + ";")


def _is_in(name: str, parent: str) -> bool:
    return name.rpartition(".")[0] == parent


def _last(name: str) -> str:
    return name.rpartition(".")[2]


def compile_proto(root: pathlib.Path, *outputs: str) -> None:
    """Runs protoc on the message file.

    Args:
        root: Folder that holds the package.
        *outputs: What to make, as protoc's options, such as "--python_out=FOLDER".

    Raises:
        RuntimeError: protoc refuses the file; it has printed why.
    """
    from grpc_tools import protoc
    known = importlib.resources.files("grpc_tools") / "_proto"
    if protoc.main(["protoc", f"-I{root}", f"-I{known}", *outputs, PROTO]):
        raise RuntimeError(f"protoc refuses {PROTO}")


def generate(facts: pathlib.Path, root: pathlib.Path) -> None:
    """Writes the message file and its module into the package that lies in `root`."""
    messages = json.loads((facts / "messages.json").read_text(encoding="utf-8"))
    (root / PROTO).write_text(proto_text(messages), encoding="utf-8")
    compile_proto(root, f"--python_out={root}")


if __name__ == "__main__":
    generate(pathlib.Path(sys.argv[1]), pathlib.Path(__file__).resolve().parents[2])
