"""The compliance classes that dm_env_rpc ships, for every kind of world."""

import threading

from absl.testing import absltest
from dm_env_rpc.v1.compliance import (
    create_destroy_world,
    join_leave_world,
    reset,
    reset_world,
    step,
)
import grpc
from raw_client import Client, packed

from dota_env_rpc.server.server import serve

INVALID_WORLD_SETTINGS = {
    "sead": 1, "seed": -1, "Seed": 1, "max_seconds": "soon", "ticks_per_step": 0,
    "num_matches": 0, "kills_to_win": 1.5, "step_timeout": float("nan"), "agents": 3,
    "reward.smiles": 1.0, "reward.win": [1, 2, 3], "": 0, "task": "chess",
    "heroes": ["npc_dota_hero_lina", "npc_dota_hero_gandalf"], "bots": "laner",
    "start_seconds": float("inf"), "patch": "6.81",
}
INVALID_JOIN_SETTINGS = {
    "seat": 10, "seats": [0, 0], "chair": 1, "hero": "npc_dota_hero_gandalf",
    "action_space": "telepathy", "observations": "the_future", "Seat": 0,
    "team": "radiant", "seed": 1, "": "", "heroes": "npc_dota_hero_lina", "rgb_size": 0,
}


class OneSeat:
    """A world with one client. Variants change the settings."""

    world_settings = {}
    join_settings = {}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = serve(port=0)
        cls.client = Client(cls.server.address)
        cls.world = cls.client.create(**cls.world_settings)

    @classmethod
    def tearDownClass(cls):
        cls.client.close()
        cls.server.close()
        super().tearDownClass()

    @property
    def connection(self):
        return self.client.connection


class TwoSeats(OneSeat):
    """A world whose other seat is stepped by another client all the time."""

    world_settings = {"agents": 2}
    join_settings = {"seat": 0}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = Client(cls.server.address)
        cls.other.join(cls.world, seat=5)
        cls.thread = threading.Thread(target=cls.step_on)
        cls.thread.start()

    @classmethod
    def step_on(cls):
        try:
            while True:
                cls.other.step([1])
        except grpc.RpcError:
            pass  # closed

    @classmethod
    def tearDownClass(cls):
        cls.other.close()
        cls.thread.join()
        super().tearDownClass()


class Discrete(OneSeat):
    join_settings = {"action_space": "discrete"}


class Batch(OneSeat):
    world_settings = {"num_matches": 3}


class BothSeats(OneSeat):
    join_settings = {"seats": [0, 5], "observations": "events"}


class Suites:
    """Held in a class so that they are collected in combination with a world only."""

    class CreateDestroy(create_destroy_world.CreateDestroyWorld):
        required_world_settings = {}
        invalid_world_settings = packed(INVALID_WORLD_SETTINGS)
        has_multiple_world_support = True

        def create_world(self, settings):
            return super().create_world({**packed(self.world_settings), **settings})

    class JoinLeave(join_leave_world.JoinLeaveWorld):
        invalid_join_settings = packed(INVALID_JOIN_SETTINGS)

        @property
        def world_name(self):
            return self.world

        def join_world(self, world_name, settings=None):
            return super().join_world(
                world_name=world_name, settings={**packed(self.join_settings), **(settings or {})})

    class Joined:
        """Joins as the variant says, and leaves."""

        def join_world(self):
            return self.client.join(self.world, **self.join_settings)

        def tearDown(self):
            self.client.leave()
            super().tearDown()

    class Reset(Joined, reset.Reset):
        pass

    class ResetWorld(Joined, reset_world.ResetWorld):

        @property
        def world_name(self):
            return self.world

    class Step(Joined, step.Step):

        def setUp(self):
            super().setUp()
            self.joined_specs = self.join_world()

        @property
        def specs(self):
            return self.joined_specs


def _combine():
    for world in (OneSeat, TwoSeats, Discrete, Batch, BothSeats):
        for suite in (Suites.CreateDestroy, Suites.JoinLeave, Suites.Reset, Suites.ResetWorld,
                      Suites.Step):
            yield type(f"{world.__name__}{suite.__name__}Test", (world, suite), {})


globals().update({case.__name__: case for case in _combine()})

if __name__ == "__main__":
    absltest.main()
