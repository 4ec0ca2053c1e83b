r"""Writes message files of the game and of DotaService from tables, and their Python modules.

    python -m dota_env_rpc.protocols.generate FOLDER

FOLDER holds messages.json and enums.json. messages.json tells for each message its fields with
name, number, type, label, default and oneof as TimZaman/dotaservice had them in 2019 (733db26),
and under `since`, `type_2026`, `label_2026` and `default_2026` what SteamDatabase/Protobufs has
since changed (8fb43df). The newer definition is written. enums.json tells the enums that the game
shares, and the ids of the heroes that came later.

Needs grpcio-tools. Protobuf loads modules made by its own or an older version only, so the
committed modules are made by grpcio-tools 1.71, which writes for protobuf 5.29.
"""

from collections.abc import Iterable, Mapping
import importlib.resources
import json
import pathlib
import sys

FOLDER = "dota_env_rpc/protocols"
WORLD_STATE = f"{FOLDER}/dota_gcmessages_common_bot_script.proto"
SHARED_ENUMS = f"{FOLDER}/dota_shared_enums.proto"
SERVICE = f"{FOLDER}/DotaService.proto"
PROTOS = (WORLD_STATE, SHARED_ENUMS, SERVICE)
ROOT = "CMsgBotWorldState"
# The enums that the messages use, of all that the game shares.
SHARED = ("DOTA_GameMode", "DOTA_GameState")


def world_text(facts: Mapping) -> str:
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
    return _file(
        "What a bot of one team may know of a match, as the game itself tells it.",
        [_message(ROOT, messages, enums, "")])


def enums_text(shared: Mapping) -> str:
    """Returns the file with the enums that the game shares with others.

    Args:
        shared: `shared_2019` and `shared_2026_new_or_changed`: numbers by value name, by enum.
    """
    return _file("Enumerations that the messages of the game share.", [
        _enum(name, {**shared["shared_2019"][name],
                     **shared["shared_2026_new_or_changed"].get(name, {})}, "")
        for name in SHARED])


def service_text(facts: Mapping, heroes: Mapping[str, int]) -> str:
    """Returns the file with the service DotaService and its messages.

    Args:
        facts: `service`: its methods; `service_messages` and `service_enums`: as those of the
            world.
        heroes: Ids of all heroes by name; those that the service does not know are added.
    """
    enums = {name: dict(values) for name, values in facts["service_enums"].items()}
    known = set(enums["Hero"].values())
    enums["Hero"].update(
        (name.upper(), number) for name, number in sorted(heroes.items(), key=lambda hero: hero[1])
        if number not in known)
    service = [f"service {facts['service'][0]['service']} {{"] + [
        f"  rpc {method['method']}({method['request']}) returns ({method['response']});"
        for method in facts["service"]] + ["}"]
    return _file(
        "DotaService of TimZaman/dotaservice: a match that is reset, observed and acted in.",
        [*(_enum(name, values, "") for name, values in enums.items()),
         *(_message(name, facts["service_messages"], {}, "")
           for name in facts["service_messages"]), service],
        imports=(WORLD_STATE, SHARED_ENUMS))


def _file(title: str, blocks: list[list[str]], imports: Iterable[str] = ()) -> str:
    lines = [f"// {title}", "// Written by dota_env_rpc/protocols/generate.py.", "",
             'syntax = "proto2";', ""]
    for path in imports:
        lines.append(f'import "{path}";')
    if imports:
        lines.append("")
    for block in blocks:
        lines += [*block, ""]
    return "\n".join(lines[:-1]) + "\n"


def _message(name: str, messages: Mapping, enums: Mapping, indent: str) -> list[str]:
    inner = indent + "  "
    blocks = [_enum(enum, values, inner) for enum, values in enums.items() if _is_in(enum, name)]
    blocks += [
        _message(other, messages, enums, inner) for other in messages if _is_in(other, name)]
    fields = messages[name]
    prefix = ROOT + "." if name.split(".")[0] == ROOT else ""
    plain = [inner + _field(field, prefix) for field in fields if "oneof" not in field]
    if plain:
        blocks.append(plain)
    for oneof in dict.fromkeys(field["oneof"] for field in fields if "oneof" in field):
        blocks.append([
            f"{inner}oneof {oneof} {{",
            *(f"{inner}  {_field(field, prefix)}"
              for field in fields if field.get("oneof") == oneof),
            f"{inner}}}"])
    if not blocks:
        return [f"{indent}message {_last(name)} {{}}"]
    lines = [f"{indent}message {_last(name)} {{"]
    for block in blocks:
        lines += [*block, ""]
    lines.pop()
    return [*lines, f"{indent}}}"]


def _enum(name: str, values: Mapping[str, int], indent: str) -> list[str]:
    return [
        f"{indent}enum {_last(name)} {{",
        *(f"{indent}  {value} = {number};" for value, number in values.items()),
        f"{indent}}}"]


def _field(field: Mapping, prefix: str) -> str:
    label = field.get("label_2026", field["label"])
    kind = field.get("type_2026", field["type"]).removeprefix(prefix)
    default = field.get("default_2026", field.get("default"))
    return (
        ("" if "oneof" in field else f"{label} ") + f"{kind} {field['name']} = {field['number']}"
        + (f" [default = {default}]" if default is not None else "") + ";")


def _is_in(name: str, parent: str) -> bool:
    return name.rpartition(".")[0] == parent


def _last(name: str) -> str:
    return name.rpartition(".")[2]


def compile_protos(root: pathlib.Path, *outputs: str, protos: Iterable[str] = PROTOS) -> None:
    """Runs protoc on message files.

    Args:
        root: Folder that holds the package.
        *outputs: What to make, as protoc's options, such as "--python_out=FOLDER".
        protos: Their paths in the package.

    Raises:
        RuntimeError: protoc refuses a file; it has printed why.
    """
    from grpc_tools import protoc
    known = importlib.resources.files("grpc_tools") / "_proto"
    if protoc.main(["protoc", f"-I{root}", f"-I{known}", *outputs, *protos]):
        raise RuntimeError(f"protoc refuses {', '.join(protos)}")


def generate(facts: pathlib.Path, root: pathlib.Path) -> None:
    """Writes the message files and their modules into the package that lies in `root`."""
    messages, enums = (
        json.loads((facts / name).read_text(encoding="utf-8"))
        for name in ("messages.json", "enums.json"))
    for path, text in (
            (WORLD_STATE, world_text(messages)), (SHARED_ENUMS, enums_text(enums)),
            (SERVICE, service_text(messages, enums["hero_ids"]))):
        (root / path).write_text(text, encoding="utf-8")
    compile_protos(root, f"--python_out={root}")
    compile_protos(root, f"--grpc_python_out={root}", protos=(SERVICE,))


if __name__ == "__main__":
    generate(pathlib.Path(sys.argv[1]), pathlib.Path(__file__).resolve().parents[2])
