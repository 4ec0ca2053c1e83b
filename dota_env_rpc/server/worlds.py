"""The worlds of a server, by name."""

from collections.abc import Callable, Mapping
import itertools
import threading

from absl import logging

from dota_env_rpc.server import errors
from dota_env_rpc.server.errors import RequestError
from dota_env_rpc.server.world import World, check_nothing, read_world_settings
from dota_env_rpc.tasks.settings import SettingError, unknown_text

DEFAULT_TASK = "mid_1v1"


class Worlds:
    """Makes worlds, finds them, and frees those that nobody has been joined to for long."""

    def __init__(self, tasks: Mapping, make_backend: Callable, max_worlds: int,
                 grace_seconds: float, match_timeout: float, check: Callable = check_nothing):
        """Stores what worlds are made with.

        Args:
            tasks: Task of each name.
            make_backend: Makes `(match settings, number of matches)` into a backend.
            max_worlds: How many may live at once.
            grace_seconds: How long a world lives that nobody is joined to.
            match_timeout: As in World.
            check: As in World.
        """
        self.max_worlds = max_worlds
        self._tasks = tasks
        self._make_backend = make_backend
        self._grace = grace_seconds
        self._match_timeout = match_timeout
        self.check = check
        self._lock = threading.Lock()
        self._worlds: dict[str, World] = {}
        self._in_making: set[str] = set()
        self._numbers = itertools.count(1)
        self._closing = threading.Event()
        self._sweeper = threading.Thread(target=self._sweep, name="worlds", daemon=True)

    def __len__(self) -> int:
        return len(self._worlds)

    def start(self) -> None:
        """Begins to free abandoned worlds."""
        self._sweeper.start()

    def create(self, given: dict, client: str) -> World:
        """Makes a world.

        Args:
            given: World settings as the client sent them.
            client: Who asks, for the log.

        Raises:
            RequestError: NOT_FOUND for an unknown task, INVALID_ARGUMENT for a wrong setting,
                PERMISSION_DENIED for one that this server does not allow, RESOURCE_EXHAUSTED
                when there are too many worlds.
        """
        name = given.get("task", DEFAULT_TASK)
        if not isinstance(name, str):
            raise RequestError(errors.INVALID_ARGUMENT, "setting 'task' must be one string")
        task = self._tasks.get(name)
        if task is None:
            raise RequestError(errors.NOT_FOUND, unknown_text("task", name, self._tasks))
        settings = read_world_settings(task, given)
        world = self.add(lambda name: World(
            name, task, settings, self._make_backend, self._match_timeout, self.check))
        logging.info("world created name=%s task=%s seed=%d matches=%d client=%s",
                     world.name, task.name, world.seed, world.num_matches, client)
        return world

    def add(self, make: Callable[[str], World], name: str = "") -> World:
        """Adds the world that `make(name)` returns, under a new name or the one that is given.

        Raises:
            RequestError: INVALID_ARGUMENT if the settings do not go together, ALREADY_EXISTS for
                a name that a world has, RESOURCE_EXHAUSTED when there are too many worlds.
        """
        with self._lock:
            if len(self._worlds) + len(self._in_making) >= self.max_worlds:
                raise RequestError(
                    errors.RESOURCE_EXHAUSTED,
                    f"the server has its {self.max_worlds} worlds; destroy one first")
            name = name or self._free_name()
            if self._is_taken(name):
                raise RequestError(errors.ALREADY_EXISTS, f"there is already a world {name!r}")
            self._in_making.add(name)
        try:
            world = make(name)
        except SettingError as error:
            raise RequestError(errors.INVALID_ARGUMENT, str(error)) from error
        else:
            with self._lock:
                self._worlds[name] = world
        finally:
            with self._lock:
                self._in_making.discard(name)
        return world

    def _free_name(self) -> str:
        names = (f"world-{number}" for number in self._numbers)
        return next(name for name in names if not self._is_taken(name))

    def _is_taken(self, name: str) -> bool:
        return name in self._worlds or name in self._in_making

    def get(self, name: str) -> World:
        """Returns the world `name`.

        Raises:
            RequestError: NOT_FOUND.
        """
        world = self._worlds.get(name)
        if world is None:
            raise RequestError(
                errors.NOT_FOUND, f"no world {name!r}; create_world makes one and names it")
        return world

    def destroy(self, name: str, client: str) -> None:
        """Frees the world `name`.

        Raises:
            RequestError: NOT_FOUND, or FAILED_PRECONDITION while clients are joined to it.
        """
        self.get(name).close()
        with self._lock:
            self._worlds.pop(name, None)
        logging.info("world destroyed name=%s client=%s", name, client)

    def close(self) -> None:
        """Stops to look after the worlds, and frees them."""
        self._closing.set()
        for world in list(self._worlds.values()):
            world.close(even_if_joined=True)

    def _sweep(self) -> None:
        while not self._closing.wait(min(1.0, self._grace / 4)):
            for name, world in list(self._worlds.items()):
                if world.abandoned_for() < self._grace:
                    continue
                try:
                    self.destroy(name, f"none for {self._grace:g} s")
                except RequestError:
                    continue  # joined or destroyed meanwhile
                except Exception:
                    logging.exception("world failed to close name=%s", name)
