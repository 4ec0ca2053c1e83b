"""A whole 1v1 mid match between two agents, each on its own connection to a server.

Prints the scoreboard and leaves in a folder: the replay, a picture of the end, and a plot of
gold, experience and last hits over time.

    python examples/mid_1v1.py --seed 2 --heroes npc_dota_hero_lina npc_dota_hero_sniper
"""

import argparse
import json
import pathlib

from last_hitter import LastHitter
import matplotlib
import matplotlib.pyplot as plt
import numpy as np
from PIL import Image
from tqdm import tqdm

import dota_env_rpc

SIDES = ("Radiant", "Dire")
SEATS = (0, 5)
COLORS = ("#4f9d3a", "#c8452f")
# What is plotted: the column of `state`, its scale there, and how it is called.
CURVES = (
    ("net_worth", 10000.0, "net worth (gold)"),
    ("experience", 10000.0, "experience"),
    ("last_hits", 100.0, "last hits"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--heroes", nargs=2, default=["npc_dota_hero_nevermore", "npc_dota_hero_lina"],
        metavar=("RADIANT", "DIRE"))
    parser.add_argument(
        "--minutes", type=float, default=10.0,
        help="when kills, then last hits and denies, decide; tournaments use 10")
    parser.add_argument("--out", type=pathlib.Path, help="folder for what the match leaves")
    arguments = parser.parse_args()
    out = arguments.out or pathlib.Path(f"match-{arguments.seed}")
    settings = {
        "seed": arguments.seed, "heroes": arguments.heroes, "agents": 2,
        "tie_seconds": arguments.minutes * 60.0, "record": True,
    }

    with dota_env_rpc.serve(port=0) as server:
        print(f"Serving on {server.address}")
        curves, facts = play(server.address, settings)
    print_scoreboard(facts, arguments.heroes)

    out.mkdir(parents=True, exist_ok=True)
    replay = dota_env_rpc.Replay.from_bytes(facts["replay"].tobytes())
    replay.save(out / "replay.npz")
    draw_end(replay, out / "end.png")
    plot(curves, arguments.heroes, out / "curves.png")
    print(f"Left in {out}/: " + ", ".join(
        f"{path.name} ({path.stat().st_size / 1000:.0f} kB)" for path in sorted(out.iterdir())))


def play(address: str, settings: dict) -> tuple[list, dict]:
    """Plays a match over gRPC.

    Returns both seats' `state` at each step by name of column, and what a spectator can read at
    the end.
    """
    radiant = dota_env_rpc.connect(address, create=settings, join={"seat": 0})
    dire = dota_env_rpc.connect(address, world=radiant.world, join={"seat": 5})
    seats = (radiant, dire)
    columns = json.loads(radiant.read_property("seat.columns"))
    agents = [LastHitter(columns) for _ in seats]
    state = [column["name"] for tensor in columns["tensors"] if tensor["name"] == "state"
             for column in tensor["columns"]]

    timesteps = [seat.reset() for seat in seats]
    curves = []
    end = settings["tie_seconds"]
    with tqdm(total=round(end), unit=" game s", bar_format=(
            "{l_bar}{bar}| {n_fmt}/{total_fmt} s of the game clock [{elapsed}]")) as bar:
        while not timesteps[0].last():
            chosen = [agent.act(timestep.observation)
                      for agent, timestep in zip(agents, timesteps, strict=True)]
            # The match moves when both have asked, so both ask before either waits.
            for seat, action in zip(seats, chosen, strict=True):
                seat.send_step(action)
            timesteps = [seat.receive_step() for seat in seats]
            curves.append([dict(zip(state, timestep.observation["state"].tolist(), strict=True))
                           for timestep in timesteps])
            clock = max(curves[-1][0]["clock"] * 600.0, 0.0)
            bar.update(round(min(clock, end)) - bar.n)
    facts = {name: radiant.read_property(f"match.{name}") for name in (
        "winner", "reason", "seconds", "replay", "kills", "deaths", "last_hits", "denies",
        "net_worth", "level")}
    for seat in (dire, radiant):
        seat.close()
    return curves, facts


def print_scoreboard(facts: dict, heroes: list[str]) -> None:
    """Prints who won and why, and a line for each side."""
    print(f"\n{'':9}{'hero':22}{'K/D':>6}{'LH':>5}{'DN':>5}{'net worth':>11}{'level':>7}")
    for side, seat, hero in zip(SIDES, SEATS, heroes, strict=True):
        score = f"{facts['kills'][seat]}/{facts['deaths'][seat]}"
        print(f"{side:9}{hero.removeprefix('npc_dota_hero_'):22}{score:>6}"
              f"{facts['last_hits'][seat]:5}{facts['denies'][seat]:5}"
              f"{facts['net_worth'][seat]:11}{facts['level'][seat]:7}")
    minutes, seconds = divmod(int(facts["seconds"]), 60)
    winner = {2: "Radiant wins", 3: "Dire wins"}.get(int(facts["winner"]), "Nobody wins")
    reason = str(facts["reason"]).lower().replace("_", " ")
    print(f"\n{winner} at {minutes}:{seconds:02d}: {reason}\n")


def draw_end(replay: dota_env_rpc.Replay, path: pathlib.Path) -> None:
    """Draws how the match ended: the whole map, and the surroundings of Radiant's hero.

    The server has told the replay; playing it in this process ends in the same match.
    """
    backend = replay.play()
    cameras = (dota_env_rpc.Camera(backend.patch, 800),
               dota_env_rpc.Camera(backend.patch, 800, 4000.0))
    pictures = [camera.draw(backend.tables[0:1], SEATS[0], fog=False) for camera in cameras]
    Image.fromarray(np.hstack(pictures)).save(path)


def plot(curves: list, heroes: list[str], path: pathlib.Path) -> None:
    """Draws both sides' gold, experience and last hits over time."""
    plt.style.use("dark_background")
    matplotlib.rcParams.update({"axes.spines.top": False, "axes.spines.right": False})
    figure, axes = plt.subplots(1, len(CURVES), figsize=(13, 4), layout="constrained")
    for axis, (name, scale, title) in zip(axes, CURVES, strict=True):
        for place, (side, hero, color) in enumerate(zip(SIDES, heroes, COLORS, strict=True)):
            minutes = [both[place]["clock"] * 10.0 for both in curves]
            axis.plot(minutes, [both[place][name] * scale for both in curves], color=color,
                      linewidth=2, label=f"{side}: {hero.removeprefix('npc_dota_hero_')}")
        axis.set_title(title)
        axis.set_xlabel("minutes")
        axis.grid(alpha=0.2)
        axis.margins(x=0.01)
    axes[0].legend(frameon=False)
    figure.savefig(path, dpi=110)
    plt.close(figure)


if __name__ == "__main__":
    matplotlib.use("Agg")
    main()
