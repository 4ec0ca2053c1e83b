"""Serves Gymnasium environments to Gymie's clients: `python -m dota_env_rpc.bridges.gymie`.

See docs/gymie.md.
"""

import argparse
import asyncio
from collections.abc import Callable
import concurrent.futures
import contextlib
import dataclasses
import functools
import inspect
import queue
import re
import signal
import sys
import threading
from typing import Any
import uuid

from absl import logging
import gymnasium

from dota_env_rpc.compile import ensure_compiled
import dota_env_rpc.gym
from dota_env_rpc.protocols.gymie import (
    INVALID_DATA,
    Refusal,
    read_action,
    read_call,
    space_info,
    write_json,
)

try:
    from aiohttp import WSCloseCode, WSMsgType, web
except ImportError as error:
    raise ImportError(
        "dota_env_rpc.bridges.gymie needs aiohttp: pip install 'dota_env_rpc[bridges]'"
        ) from error

PATH = "/gym"
DEFAULT_HOST, DEFAULT_PORT = "127.0.0.1", 5000
_CLOSE_SECONDS = 5.0  # for a peer to agree that a socket is closed
_GREETING = "Gymie is running..."
# How Gymnasium's ids are made; those without a version are Gymnasium's latest, if there is one.
_ID = re.compile(r"(?:[\w-]+/)?[\w.-]+?-v\d+")
_LARGEST_SEED = 2**63 - 1
# Settings of our environments that a peer may not choose: where they connect to.
_OWN_REFUSED = ("address", "world", "connection")


@dataclasses.dataclass(frozen=True)
class Limits:
    """What peers may use, and how long they may take.

    Attributes:
        sockets: Open at once.
        instances: Environments of one socket at once.
        message_bytes: Longest message.
        handshake_seconds: From connecting to a whole HTTP request.
        call_seconds: For an environment to do what a message asks.
        reply_seconds: For a peer to take a reply.
        idle_seconds: From a reply to the next message.
    """

    sockets: int = 64
    instances: int = 16
    message_bytes: int = 1 << 20
    handshake_seconds: float = 10.0
    call_seconds: float = 300.0
    reply_seconds: float = 60.0
    idle_seconds: float = 3600.0


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
    if settings and (not ours or not settings.keys().isdisjoint(_OWN_REFUSED)):
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
        self.action_space.seed(seed % 2**32)
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
        except Exception as error:
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
        self._env(instance_id).close()
        del self._envs[instance_id]
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
            except Exception:
                logging.exception("an environment could not be closed")
        self._envs.clear()


class _WrongParameters(Exception):
    """A method does not take the parameters that were given."""


class _Worker:
    """A thread that does one thing after the other.

    Unlike those of a ThreadPoolExecutor, it does not keep the process from ending.
    """

    def __init__(self):
        self._jobs: queue.SimpleQueue = queue.SimpleQueue()
        threading.Thread(target=self._work, name="gymie socket", daemon=True).start()

    def do(self, function: Callable, *arguments: Any) -> concurrent.futures.Future:
        """Returns the future of `function(*arguments)`."""
        future: concurrent.futures.Future = concurrent.futures.Future()
        self._jobs.put((future, functools.partial(function, *arguments)))
        return future

    def stop(self) -> None:
        """Ends the thread when all is done."""
        self._jobs.put(None)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            future, call = job
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(call())
            except BaseException as error:
                future.set_exception(error)


class Server:
    """Answers Gymie's clients, in a thread of its own. `serve` starts it.

    Attributes:
        host, port: Where it listens.
        url: Where clients connect to.
    """

    def __init__(self, host: str, port: int, limits: Limits):
        """Starts to listen.

        Raises:
            OSError: it cannot listen there.
        """
        self._limits = limits
        self._sockets: dict[web.WebSocketResponse, asyncio.Transport] = {}
        self._silent: set[asyncio.Protocol] = set()  # connections that have asked for nothing yet
        self._loop = asyncio.new_event_loop()
        self._web = None
        self._thread = threading.Thread(target=self._loop.run_forever, name="gymie", daemon=True)
        self._thread.start()
        try:
            self._listener = self._await(self._listen(host, port))
        except BaseException:
            self._end()
            raise
        self.host, self.port = self._listener.sockets[0].getsockname()[:2]
        shown = f"[{self.host}]" if ":" in self.host else self.host
        self.url = f"ws://{shown}:{self.port}{PATH}"

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *error) -> None:
        self.close()

    def close(self) -> None:
        """Closes all sockets, and their instances as soon as these let themselves be closed."""
        if self._loop.is_closed():
            return
        self._await(self._shut())
        self._end()

    def _await(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()

    def _end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _listen(self, host: str, port: int) -> asyncio.Server:
        self._web = web.Server(self._handle, access_log=None)
        return await self._loop.create_server(self._connected, host, port)

    async def _shut(self) -> None:
        self._listener.close()
        await asyncio.gather(*(
            _close_socket(socket, transport, WSCloseCode.GOING_AWAY, b"the server ends")
            for socket, transport in self._sockets.items() if socket.prepared))
        await self._web.shutdown(timeout=1.0)

    def _connected(self) -> asyncio.Protocol:
        """Returns the protocol of a new connection, which has to ask for something soon."""
        protocol = self._web()
        self._silent.add(protocol)
        self._loop.call_later(self._limits.handshake_seconds, self._check, protocol)
        return protocol

    def _check(self, protocol: asyncio.Protocol) -> None:
        if protocol in self._silent:
            self._silent.remove(protocol)
            protocol.force_close()

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        self._silent.discard(request.protocol)
        if request.path == PATH:
            if len(self._sockets) < self._limits.sockets:
                return await self._serve(request)
            response = web.Response(status=503, text="too many sockets are open")
        else:
            response = web.Response(text=_GREETING)
        response.force_close()
        return response

    async def _serve(self, request: web.BaseRequest) -> web.WebSocketResponse:
        """Answers the messages of one socket, one after the other."""
        limits = self._limits
        socket = web.WebSocketResponse(max_msg_size=limits.message_bytes, compress=False)
        transport = self._sockets[socket] = request.transport
        session, worker = Session(limits.instances), _Worker()
        try:
            await socket.prepare(request)
            while True:
                message = await self._receive(socket)
                if message is None:
                    break
                reply = await self._answer(worker, session, message)
                await asyncio.wait_for(socket.send_str(reply), limits.reply_seconds)
        except Refusal as refusal:
            await _close_socket(socket, transport, refusal.code, refusal.reason_bytes())
        except asyncio.TimeoutError:  # the peer does not take its reply
            transport.abort()
        except ConnectionError:
            pass
        finally:
            worker.do(session.close_all)
            worker.stop()
            del self._sockets[socket]
        return socket

    async def _receive(self, socket: web.WebSocketResponse) -> str | bytes | None:
        """Returns the next message, or None when there will be none."""
        try:
            message = await socket.receive(self._limits.idle_seconds)
        except asyncio.TimeoutError:
            raise Refusal(WSCloseCode.POLICY_VIOLATION,
                          f"no message for {self._limits.idle_seconds:g} s") from None
        return message.data if message.type in (WSMsgType.TEXT, WSMsgType.BINARY) else None

    async def _answer(self, worker: _Worker, session: Session, message: str | bytes) -> str:
        reply = asyncio.wrap_future(worker.do(session.answer, message))
        try:
            return await asyncio.wait_for(reply, self._limits.call_seconds)
        except asyncio.TimeoutError:
            raise Refusal(
                INVALID_DATA, f"Unknown error: not done within {self._limits.call_seconds:g} s"
                ) from None


async def _close_socket(
        socket: web.WebSocketResponse, transport: asyncio.Transport, code: int,
        reason: bytes) -> None:
    """Closes a socket; cuts it off if the peer does not take part in that."""
    with contextlib.suppress(asyncio.TimeoutError, ConnectionError):
        await asyncio.wait_for(socket.close(code=code, message=reason), _CLOSE_SECONDS)
    transport.abort()


def serve(host: str = DEFAULT_HOST, port: int = DEFAULT_PORT, limits: Limits = Limits()) -> Server:
    """Starts to answer Gymie's clients, beside what this program does.

    Args:
        host: Address to listen on.
        port: Port to listen on; 0 takes a free one.
        limits: What peers may use, and how long they may take.

    Raises:
        OSError: it cannot listen there.
    """
    ensure_compiled()
    return Server(host, port, limits)


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
