"""A bot of the dota2ai protocol that farms the middle lane, as a small web server.

It knows nothing of dota_env_rpc: it answers the five questions of the protocol (docs/dota2ai.md),
so it would play in the dota2ai mod for Dota 2 as well. It walks behind its own creeps, strikes
enemy creeps that are about to die, casts Dragon Slave when several stand together, and goes home
to heal.

    python examples/dota2ai_bot.py --port 8080

and then, in another program:

    dota_env_rpc.make("mid_1v1", bots=("laner", "http://127.0.0.1:8080/"))
"""

import argparse
import asyncio
import contextlib
import json
import math

from aiohttp import web

HERO = "npc_dota_hero_lina"
SIDES = {2: "good", 3: "bad"}
# Indices of abilities: Dragon Slave, Light Strike Array, Fiery Soul and Laguna Blade.
SLAVE, ARRAY, SOUL, LAGUNA = 0, 1, 2, 5
BUILD = (SLAVE, SOUL, SLAVE, ARRAY, SLAVE, LAGUNA, SLAVE, SOUL, SOUL, SOUL, ARRAY, LAGUNA)
SHOPPING = ("item_tango", "item_branches", "item_branches", "item_flask")
# Health of a creep that one hit takes, with some to spare for what the others do meanwhile.
LAST_HIT = 75
SAFE_BEHIND = 350.0  # how far the hero stays behind the foremost of its own creeps
NOOP = {"command": "NOOP"}


class Farmer:
    """One match as the bot remembers it."""

    def __init__(self):
        self.reset()

    def reset(self):
        """Forgets the match before."""
        self.team = None
        self.learned = 0
        self.bought = 0
        self.retreating = False

    def level_up(self):
        """Returns what to learn: the next of the build, then nothing."""
        if self.learned >= len(BUILD):
            return {"abilityIndex": -1}
        self.learned += 1
        return {"abilityIndex": BUILD[self.learned - 1]}

    def update(self, entities):
        """Returns the next command for a world of entities by handle."""
        # Nobody says who the bot is, but a match begins with nobody else in sight.
        hero = next((entity for entity in entities.values()
                     if entity.get("name") == HERO and self.team in (None, entity["team"])), None)
        if hero is None:
            return NOOP  # dead
        self.team = team = hero["team"]
        if self.bought < len(SHOPPING):
            self.bought += 1
            return {"command": "BUY", "item": SHOPPING[self.bought - 1]}
        home = named(entities, f"ent_dota_fountain_{SIDES[team]}")
        share = hero["health"] / hero["maxHealth"]
        self.retreating = share < 0.35 or (self.retreating and share < 0.9)
        if self.retreating:
            return move(home["origin"])
        foes = {handle: entity for handle, entity in entities.items()
                if entity.get("team") not in (None, team) and entity["type"] == "BaseNPC"
                and distance(entity, hero) < hero["attackRange"] + 300.0}
        dying = [handle for handle, entity in foes.items() if entity["health"] <= LAST_HIT]
        if dying:
            return {"command": "ATTACK", "target": min(
                dying, key=lambda handle: foes[handle]["health"])}
        slave = hero["abilities"][str(SLAVE)]
        if len(foes) >= 3 and slave["level"] > 0 and not slave["cooldownTimeRemaining"] and (
                hero["mana"] > 0.5 * hero["maxMana"]):
            x, y, z = next(iter(foes.values()))["origin"]
            return {"command": "CAST", "ability": SLAVE, "x": x, "y": y, "z": z}
        return move(self.post(entities, team, home))

    def post(self, entities, team, home):
        """Returns where to stand: behind the foremost of the own creeps, else at the tower."""
        creeps = [entity for entity in entities.values()
                  if entity.get("name") == "npc_dota_creep_lane" and entity["team"] == team
                  and on_lane(entity)]
        tower = named(entities, f"dota_{SIDES[team]}guys_tower1_mid") or home
        if not creeps:
            return tower["origin"]
        foremost = max(creeps, key=lambda creep: distance(creep, home))
        length = distance(foremost, home)
        share = max(length - SAFE_BEHIND, 0.0) / length
        return [a + (b - a) * share for a, b in zip(
            home["origin"], foremost["origin"], strict=True)]


def on_lane(entity):
    """Returns whether a creep marches in the middle lane, which runs from corner to corner."""
    x, y, _ = entity["origin"]
    return abs(x - y) < 2500.0


def named(entities, name):
    """Returns the entity of that name, or None."""
    return next((entity for entity in entities.values() if entity.get("name") == name), None)


def distance(a, b):
    """Returns the distance of two entities on the ground."""
    return math.dist(a["origin"][:2], b["origin"][:2])


def move(place):
    """Returns the command to walk to a place."""
    x, y, z = place
    return {"command": "MOVE", "x": x, "y": y, "z": z}


def application():
    """Returns the web application of a new bot."""
    farmer = Farmer()

    async def reset(request):
        del request
        farmer.reset()
        return web.Response()

    async def chat(request):
        said = await request.json()
        print(f"player {said['player']} says: {said['text']}", flush=True)
        return web.Response()

    async def select(request):
        del request
        return web.json_response({"hero": HERO, "command": "SELECT"})

    async def level_up(request):
        del request
        return web.json_response(farmer.level_up())

    async def update(request):
        world = json.loads(await request.read())
        return web.json_response(farmer.update(world["entities"]))

    app = web.Application(client_max_size=1 << 24)
    app.add_routes([
        web.post("/reset", reset), web.post("/chat", chat), web.post("/select", select),
        web.post("/levelup", level_up), web.post("/update", update)])
    return app


async def serve(host, port):
    """Answers questions until it is cancelled."""
    runner = web.AppRunner(application())
    await runner.setup()
    await web.TCPSite(runner, host, port).start()
    host, port = runner.addresses[0][:2]
    print(f"Listening on http://{host}:{port}/", flush=True)
    try:
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8080, help="port; 0 takes a free one")
    arguments = parser.parse_args()

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(arguments.host, arguments.port))


if __name__ == "__main__":
    main()
