"""Dota 2 for reinforcement-learning agents, through DeepMind's dm_env_rpc protocol.

The names below are the public surface. Each is loaded when it is first used, so that
`import dota_env_rpc` is quick and a client does not load the simulator.
"""

import importlib

_HOMES = {
    "BatchEnvironment": "environment",
    "Camera": "tasks.drawing",
    "Environment": "environment",
    "EventKind": "match.enums",
    "Replay": "replay",
    "ReplayError": "replay",
    "UnitOrder": "match.enums",
    "UnitType": "match.enums",
    "connect": "client",
    "events_since": "match.tables",
    "make": "environment",
    "make_batch": "environment",
    "parallel_env": "gym.parallel",
    "serve": "serving",
}

# Modules that are public themselves.
_MODULES = ("gym",)

__all__ = sorted({*_HOMES, *_MODULES})


def __getattr__(name: str):
    if name in _MODULES:
        return importlib.import_module(f"{__name__}.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
