"""Serves Gymnasium environments to Gymie's clients: `python -m dota_env_rpc.bridges.gymie`.

See docs/gymie.md.
"""

import argparse
from collections.abc import Callable
import inspect
import re
import signal
import sys
import threading
from typing import Any
import uuid

from absl import logging

from dota_env_rpc.bots.http_bot import SCHEME
from dota_env_rpc.bridges.websocket import Limits, Server
from dota_env_rpc.compile import ensure_compiled
from dota_env_rpc.protocols.gymie import (
    INVALID_DATA,
    Refusal,
    read_action,
    read_call,
    space_info,
    write_json,
)

try:
    import gymnasium
except ImportError as error:
    raise ImportError(
        "dota_env_rpc.bridges.gymie needs Gymnasium: pip install 'dota_env_rpc[bridges]'"
        ) from error
import dota_env_rpc.gym

PATH = "/gym"
DEFAULT_HOST, DEFAULT_PORT = "127.0.0.1", 5000
_GREETING = "Gymie is running..."
# How Gymnasium's ids are made; those without a version are Gymnasium's latest, if there is one.
_ID = re.compile(r"(?:[\w-]+/)?[\w.-]+?-v\d+")
_LARGEST_SEED = 2**63 - 1
# Settings that say where our environments connect to, which peers may not choose.
_CONNECTING = ("address", "world", "connection")


class InstanceNotFound(Exception):
    """A socket has no such instance."""


class EnvironmentMalformed(Exception):
    """The id of an environment is none."""


class EnvironmentNotFound(Exception):
    """No environment has this id."""


class WrongAction(Exception):
    """An environment does not take the action."""


def get_env(env_id: str, seed: int | None = None, **settings):
    """Makes an environment of Gymnasium.

    Args:
        env_id: Its id.
        seed: Seed of its first reset, and of its sampled actions.
        **settings: Of dota_env_rpc's own environments; see docs/settings.md.

    Raises:
        EnvironmentMalformed: `env_id` is no id.
        EnvironmentNotFound: there is no environment of this id.
        TypeError: `seed` is no seed, or `settings` are not for this environment.
    """
    if not isinstance(env_id, str) or ":" in env_id:  # "module:id" would import a module
        raise EnvironmentMalformed(env_id)
    if seed is not None and (type(seed) is not int or not 0 <= seed <= _LARGEST_SEED):
        raise TypeError(f"seed is {seed!r}, but must be from 0 to {_LARGEST_SEED}")
    ours = env_id in dota_env_rpc.gym.IDS.values()
    connects = (not settings.keys().isdisjoint(_CONNECTING)
                or SCHEME in str(settings.get("bots", "")))
    if settings and (not ours or connects):
        raise TypeError(f"{env_id} takes no {', '.join(settings)}")
    try:
        env = gymnasium.make(env_id, **settings)
    except gymnasium.error.UnregisteredEnv as error:
        unknown = EnvironmentNotFound if _ID.fullmatch(env_id) else EnvironmentMalformed
        raise unknown(env_id) from error
    except gymnasium.error.Error as error:
        if _ID.fullmatch(env_id):
            raise
        raise EnvironmentMalformed(env_id) from error
    return env if seed is None else _Seeded(env, seed)


def process_step(step: tuple) -> tuple:
    """Returns what a client is told of a step: observation, reward, done and info.

    Args:
        step: Observation, reward, done and info as the environment tells them.
    """
    observation, reward, done, info = step
    return observation, float(reward), bool(done), info


class _Seeded(gymnasium.Wrapper):
    """Gives a seed to the first reset."""

    def __init__(self, env: gymnasium.Env, seed: int):
        super().__init__(env)
        self.action_space.seed(seed)
        self._seed: int | None = seed

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None):
        seed, self._seed = self._seed if seed is None else seed, None
        return super().reset(seed=seed, options=options)


_hooks: dict[str, Callable] = {"get_env": get_env, "process_step": process_step}


def override(func_name: str) -> Callable[[Callable], Callable]:
    """Returns a decorator that puts a function in the place of "get_env" or "process_step".

    With it other makers of environments are served, also those with Gym's older interface.

    Raises:
        ValueError: there is no such function.
    """
    if func_name not in _hooks:
        raise ValueError(f"{func_name!r} is none of {', '.join(map(repr, _hooks))}")

    def replace(function: Callable) -> Callable:
        _hooks[func_name] = function
        return function
    return replace


class Session:
    """The instances of one socket, and what its messages do with them.

    Everything is called in one thread, one after the other.
    """

    def __init__(self, max_instances: int):
        """Stores how many instances there may be at once."""
        self._max_instances = max_instances
        self._envs: dict[str, Any] = {}
        self._methods: dict[str, Callable] = {
            method.__name__: method for method in (
                self.make, self.step, self.reset, self.close, self.observation_space,
                self.action_space, self.action_sample)}

    def answer(self, message: str | bytes) -> str:
        """Returns the reply to a message.

        Raises:
            Refusal: there is none.
        """
        method, params = read_call(message)
        if not isinstance(method, str) or method not in self._methods:
            raise Refusal(INVALID_DATA, f"Method `{method}` not found")
        try:
            return self._call(self._methods[method], params)
        except InstanceNotFound as error:
            reason = f"Instance `{error}` not found"
        except EnvironmentMalformed as error:
            reason = f"Environment `{error}` is malformed"
        except EnvironmentNotFound as error:
            reason = f"Environment `{error}` not found"
        except WrongAction as error:
            reason = f"Action `{error}` is wrong"
        except _WrongParameters:
            reason = f"Parameters `{params}` are wrong"
        except BaseException as error:  # an environment's sys.exit() is not the server's
            logging.exception("%s failed", method)
            reason = f"Unknown error: {error}"
        raise Refusal(INVALID_DATA, reason)

    def _call(self, method: Callable, params: Any) -> str:
        try:
            bound = inspect.signature(method).bind(**params)
        except TypeError as error:
            raise _WrongParameters from error
        return method(*bound.args, **bound.kwargs)

    def make(self, /, env_id, **settings) -> str:
        """Makes an instance; returns its id."""
        if len(self._envs) >= self._max_instances:
            raise RuntimeError(f"no more than {self._max_instances} instances at once; close one")
        try:
            env = _hooks["get_env"](env_id, **settings)
        except TypeError as error:
            logging.info("an environment was not made: %s", error)
            raise _WrongParameters from error
        instance_id = uuid.uuid4().hex
        self._envs[instance_id] = env
        return instance_id

    def step(self, /, instance_id, action, render=False) -> str:
        """Plays a step; returns observation, reward, whether it is done, and info."""
        env = self._env(instance_id)
        if render and getattr(env, "render_mode", "human") is not None:
            env.render()
        try:
            space = getattr(env, "action_space", None)
            result = env.step(action if space is None else read_action(space, action))
        except Exception as error:
            logging.info("an action was wrong: %s", error)
            raise WrongAction(action) from error
        if len(result) == 5:
            observation, reward, terminated, truncated, info = result
            done = bool(terminated or truncated)
            if done:
                info = {**info, "TimeLimit.truncated": bool(truncated and not terminated)}
            result = observation, reward, done, info
        return write_json(_hooks["process_step"](result))

    def reset(self, /, instance_id) -> str:
        """Starts an episode; returns its first observation."""
        result = self._env(instance_id).reset()
        if isinstance(result, tuple) and len(result) == 2 and isinstance(result[1], dict):
            result, _ = result  # Gymnasium's info
        return write_json(result)

    def close(self, /, instance_id) -> str:
        """Closes an instance."""
        self._env(instance_id)
        self._envs.pop(instance_id).close()
        return write_json(True)

    def observation_space(self, /, instance_id) -> str:
        """Returns what its observations are."""
        return write_json(space_info(self._env(instance_id).observation_space))

    def action_space(self, /, instance_id) -> str:
        """Returns what its actions are."""
        return write_json(space_info(self._env(instance_id).action_space))

    def action_sample(self, /, instance_id) -> str:
        """Returns a random action."""
        return write_json(self._env(instance_id).action_space.sample())

    def _env(self, instance_id: Any):
        if not isinstance(instance_id, str) or instance_id not in self._envs:
            raise InstanceNotFound(instance_id)
        return self._envs[instance_id]

    def close_all(self) -> None:
        """Closes all instances."""
        for env in self._envs.values():
            try:
                env.close()
            except BaseException:
                logging.exception("an environment could not be closed")
        self._envs.clear()


class _WrongParameters(Exception):
    """A method does not take the parameters that were given."""


def serve(
        host: str = DEFAULT_HOST, port: int = DEFAULT_PORT,
        limits: Limits | None = None) -> Server:
    """Starts to answer Gymie's clients, beside what this program does.

    Args:
        host: Address to listen on.
        port: Port to listen on; 0 takes a free one.
        limits: What peers may use, and how long they may take; None for Limits().

    Raises:
        OSError: it cannot listen there.
    """
    ensure_compiled()
    limits = limits or Limits()
    return Server(host, port, PATH, _GREETING, lambda: Session(limits.instances), limits)


def start(host: str = DEFAULT_HOST, port: int = DEFAULT_PORT) -> None:
    """Answers Gymie's clients until SIGTERM or SIGINT.

    Raises:
        OSError: it cannot listen there.
    """
    stopping = threading.Event()
    before = {}
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            before[number] = signal.signal(number, lambda *_: stopping.set())
    try:
        with serve(host, port) as server:
            print(f"Serving on {server.url}", flush=True)
            stopping.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def main() -> None:
    """Serves as the command line says."""
    parser = argparse.ArgumentParser(
        prog="python -m dota_env_rpc.bridges.gymie",
        description="Serves Gymnasium environments to Gymie's clients.")
    parser.add_argument("-l", "--host", default=DEFAULT_HOST, help="address to listen on")
    parser.add_argument(
        "-p", "--port", default=DEFAULT_PORT, type=int, choices=range(65536), metavar="PORT",
        help="port to listen on; 0 takes a free one")
    arguments = parser.parse_args()
    try:
        start(arguments.host, arguments.port)
    except OSError as error:
        sys.exit(f"gymie: cannot listen on {arguments.host}:{arguments.port}: {error}")


if __name__ == "__main__":
    main()
