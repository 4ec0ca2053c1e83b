"""Plays a replay again: tells what happened, and draws it as an animated picture.

    python examples/replay_viewer.py match-1/replay.npz --gif match.gif --start 5 --end 6
"""

import argparse

from PIL import Image

import dota_env_rpc
from dota_env_rpc import EventKind

TEAMS = {2: "Radiant", 3: "Dire"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("replay", help="file that Replay.save has written")
    parser.add_argument("--gif", help="file to draw an animated picture into")
    parser.add_argument("--start", type=float, default=-1.5, help="first minute that is drawn")
    parser.add_argument("--end", type=float, default=1e9, help="last minute that is drawn")
    parser.add_argument("--seat", type=int, default=0, help="whose hero is in the middle")
    parser.add_argument("--span", type=float, default=3500.0, help="map units from side to side")
    arguments = parser.parse_args()

    replay = dota_env_rpc.Replay.load(arguments.replay)
    seats = {seat: hero.removeprefix("npc_dota_hero_")
             for seat, hero in enumerate(replay.settings.heroes) if hero}
    print(f"{' against '.join(seats.values())}, patch {replay.settings.patch}, "
          f"seed {replay.settings.seed}, {replay.num_steps} steps")
    backend = replay.backend()
    camera = dota_env_rpc.Camera(backend.patch, 480, arguments.span)
    tables = backend.tables[0]
    frames = []
    seen = int(tables.num_events)
    for step in range(replay.num_steps):
        backend.advance()
        for event in dota_env_rpc.events_since(tables, seen):
            line = in_words(event, seats)
            if line:
                print(f"{clock(event['tick']):>6}  {line}")
        seen = int(tables.num_events)
        drawn = arguments.start <= tables.tick / 1800 <= arguments.end
        if arguments.gif and drawn and step % 2 == 0:
            picture = camera.draw(backend.tables[0:1], arguments.seat, fog=False)
            # The octree keeps the few pixels in a side's color, and is thirty times as fast.
            frames.append(Image.fromarray(picture).quantize(128, Image.Quantize.FASTOCTREE))
    print(f"The match is the recorded one: digest {backend.digest()}")
    if arguments.gif:
        if not frames:
            parser.error("nothing lies between --start and --end")
        frames[0].save(
            arguments.gif, save_all=True, append_images=frames[1:], loop=0,
            duration=round(2000 * replay.settings.ticks_per_step / 30 / 4))
        print(f"{arguments.gif}: {len(frames)} pictures, four times as fast as the match")


def clock(tick: int) -> str:
    """Returns a tick as the game shows it."""
    seconds = abs(int(tick)) // 30
    return f"{'-' if tick < 0 else ''}{seconds // 60}:{seconds % 60:02d}"


def in_words(event, seats: dict[int, str]) -> str:
    """Returns what an event tells, or nothing for those that only fill the page."""
    player = seats.get(int(event["player"]), "nobody")
    if event["kind"] == EventKind.HERO_KILL:
        return f"{player} kills a hero for {event['value']:.0f} gold"
    if event["kind"] == EventKind.LAST_HIT:
        return f"{player} takes a last hit for {event['value']:.0f} gold"
    if event["kind"] == EventKind.DENY:
        return f"{player} denies a creep"
    if event["kind"] == EventKind.LEVEL_UP:
        return f"{player} reaches level {event['value']:.0f}"
    if event["kind"] == EventKind.BUILDING_LOST:
        return "a building falls"
    if event["kind"] == EventKind.MATCH_END:
        return f"the match ends; winner: {TEAMS.get(int(event['value']), 'nobody')}"
    return ""


if __name__ == "__main__":
    main()
