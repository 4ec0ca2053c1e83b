"""Writes docs/fidelity.md: how true the simulator is to the game, and what it guesses.

    python -m dota_env_rpc.content.fidelity > docs/fidelity.md
"""

from collections.abc import Iterable, Sequence
import sys

from dota_env_rpc.content.game import Game, load_game
from dota_env_rpc.data.patch import Rule

GENERATED = (
    "Written by `python -m dota_env_rpc.content.fidelity`; numbers belong in the patch's "
    "rules.json, words in that module.")

MEASURED = (
    ("middle waves come within 500 units of each other", "18 to 19 s, in the river",
     "paths of the 7.41 map at 325 units a second"),
    ("first creep deaths", "27 to 38 s", "35 s on the map of 2018, where waves met later"),
    ("walk from the fountain to (0, 0) at speed 300", "31 to 36 s", "paths of the 7.41 map"),
    ("creeps alone take a middle tier 1 tower", "10 to 20 min, median of several matches",
     "about 15 min on the server of 2018"),
)

DAMAGE_ORDER = (
    "base damage: a whole number drawn evenly between the attacker's two ends, when the swing "
    "starts; the main attribute is part of both ends",
    "plus bonus damage",
    "times the largest critical strike, drawn when the swing starts",
    "at the hit, invulnerability, the uphill miss of ranged attackers, evasion and blindness, "
    "which end it",
    "plus the fountain's stacks, for its own attacks; plus what attacks add against this target",
    "less the largest damage block, that of melee heroes among them, and what adds to blocks",
    "times the factor of the two classes, taken when the attack point is reached",
    "from here on spells too: nothing at all against the invulnerable, and of pure and reflected "
    "damage against who is immune to debuffs",
    "times what the dealer's bonuses make of it, spell amplification among them; illusions deal "
    "their part",
    "times `1 - 0.06 A / (1 + 0.06 |A|)` for armor A, or less magic resistance, but for that of "
    "debuff immunity where the damage pierces it",
    "times what the target's bonuses make of it; illusions take their part; less what is blocked "
    "of any damage; nothing of what is avoided",
    "less what barriers hold",
    "nothing against the glyphed; half against what backdoor protection guards; no more than "
    "what keeps the target alive leaves",
    "hit points; an attack or spell that takes the last of them queues a death; then lifesteal",
)

TICK_ORDER = (
    "orders, before the tick: the side that goes first alternates; immediate ones (training, "
    "glyph, buyback) are done at once, others are what the hero does from this tick on, and "
    "draw or drop aggro at once",
    "the clock, the state of the match, day and night",
    "respawns, of couriers too, passive gold, regeneration",
    "waves that are due",
    "every third tick auras, every sixth backdoor protection",
    "modifiers: delayed actions, intervals, ends; then numbers that changed are worked out",
    "each unit in turn, by row, upward or downward as the random stream says: it chooses a "
    "target, turns, walks, casts or goes on with its attack; blows land here, and what they and "
    "casts set off is done at once",
    "who is knocked back or pulled moves; projectiles fly and hit",
    "deaths, in the order in which they happened: experience, gold, streaks, fallen buildings, "
    "the end of the match; what modifiers do at a death",
    "the fog of war, every `vision.interval`",
    "the decision of a match whose time is up",
)

# What is not in the numbers: (what, how it is here, what would settle it).
BEHAVIOR = (
    ("target of a creep", "the nearest of the first class within acquisition range, looked for "
     "every `aggro.reacquire_interval`; kept until it dies, hides or leaves acquisition range + "
     "250; a creep that cannot reach it looks again; who attacks a hero of its side within "
     "`aggro.alert_radius` comes first, who attacks another ally does not; "
     "`aggro.crowd_distance` makes the creeps of a wave pair off; of those equally far within 1 "
     "unit one is drawn",
     "a replay's attack targets"),
    ("leash of a creep", "it gives up a target `aggro.chase_leash` from where it left its path, "
     "then walks to the waypoint it was on its way to", "a replay of a chase"),
    ("cooldown of drawing aggro", "kept for each creep", "a test in a lobby with two heroes"),
    ("siege creeps", "can be drawn like other lane creeps", "a test in a lobby"),
    ("when creeps alone mind a hero before the first siege wave", "an enemy lane creep within "
     "acquisition range counts as near", "a test in a lobby"),
    ("hero protection by towers", "at the start of a swing, within the tower's attack range of "
     "the attacker", "a test in a lobby; 500 is published too"),
    ("who moves through whom", "hard circles; a walker waits for who moves, else steps aside by "
     "0.5 to 2.7 rad, on the shorter side first; lane creeps of one side that fight nobody do not "
     "jostle", "a replay of a creep block"),
    ("turning", "the turn rate is radians a tick; a unit acts within `attack.facing_tolerance`",
     "a recording of turns in 0.033 s frames"),
    ("formation of a wave", "melee abreast around the spawn point, ranged and siege behind; a "
     "column past their own buildings; abreast again beyond their tier 1 tower",
     "positions of a replay at the horn"),
    ("hero spawn points", "free places of the fountain area", "positions of a replay"),
    ("attack timer", "an attack that follows the last without a pause keeps the fraction of a "
     "tick, both for its interval and for its attack point; a swing broken off leaves the timer "
     "free", "attack events of a replay; `dota_attack_timer_buffer_ticks 3` is not used"),
    ("losing sight of the target before the attack point", "breaks off the swing",
     "a test in a lobby"),
    ("melee blow at a far target", "it misses beyond reach + 350, if the target got there within "
     "the last tick; before, + 250 breaks off the swing", "a test with a blinking target"),
    ("heroes without an order", "stand, and attack nobody; stop and hold are the same",
     "the player's auto-attack setting decides in the game"),
    ("attack-move", "takes creeps and buildings as creeps do, follows its target without limit, "
     "draws no creeps", "a test in a lobby"),
    ("attack order on an ally that may not be denied", "the hero follows it",
     "a test in a lobby"),
    ("queue of orders", "holds 16; what has become impossible is left out", "a test in a lobby"),
    ("other targets of a glyphed tower", "the nearest, each with damage of its own",
     "a test in a lobby"),
    ("uphill", "any higher ground level of the map's cells, at the hit; towers never miss",
     "a test at the ramps"),
    ("attacks by the unseen", "show a circle around where the attacker stood, and only when "
     "they hurt; so do spells on a unit, from within `attack.reveal_range`, whether they hurt or "
     "not; nothing else does", "a test in a lobby"),
    ("buildings in the fog", "are always told to both teams", "the minimap shows them as last "
     "seen"),
    ("kill gold that several share", "the kill, its streak and first blood are split among who "
     "hurt the victim in the last 20 s; without any such hero all enemies share the kill alone",
     "kill messages of replays"),
    ("streak experience", "is given whole to each receiver", "kill messages of replays"),
    ("comeback", "as of the moment before the kill is paid", "kill messages of replays"),
    ("rounding", "gold and experience are rounded down each time they are given; maximum health "
     "and mana are rounded down; the main attribute's damage is rounded down",
     "kill messages and the HUD"),
    ("level-up", "keeps the parts of health and mana", "the HUD"),
    ("buying what is made of parts", "buys at once the parts that the player does not have yet, "
     "or nothing; the order of the game's own shop takes one part at a time",
     "nothing: it is a service to agents"),
    ("which item parts become that fit several", "the one with the lowest number; it lies in the "
     "first slot that held a part", "a test in a lobby"),
    ("no room for what is bought", "at home it goes to the stash; at a secret shop, and with a "
     "full stash, the purchase is refused", "a test in a lobby"),
    ("selling from the stash", "from anywhere, but not by the dead", "a test in a lobby"),
    ("stock", "is counted from the start of the pre-game; the time of the next piece starts with "
     "the purchase that leaves room for it", "the shop at 2:15"),
    ("scrolls got for nothing", "are worth nothing, to net worth and when sold; a stack's worth "
     "is spread evenly over its charges", "the shop"),
    ("gold of a sale", "is unreliable, refunds too", "the HUD"),
    ("items of others", "neither combine nor stack and cannot be sold, unless they are shared by "
     "all; enemies pick up no more than what the dead lose", "a test in a lobby"),
    ("items on the ground", "are always told to the side that dropped them; nobody can attack "
     "them", "a test in a lobby"),
    ("couriers", "every player has one in 1v1 mid too, from the start on; nothing but attacks "
     "hurts them, and those of illusions do as little as creeps'; the gold of their death is "
     "unreliable; they give and take within `item.reach`, and turn back when their hero dies on "
     "their way; their abilities are used without a target; they do not deliver by themselves, "
     "and not to others", "a test in a lobby"),
    ("summons, illusions and dominated creeps", "without an order they fight whom they meet and "
     "follow their hero, and so they do again when an order is done or stopped; they have no "
     "queue", "the player's settings decide in the game"),
    ("a cast that is ordered again", "goes on if slot, target and place are the same, rather than "
     "begin its cast point anew; a caster who is rooted out of range waits until it can come near",
     "a replay of a key that is pressed often"),
    ("how laners judge", "spells that would leave less than 40 % of the mana are kept to kill and "
     "to live; two attacks go with spells to a kill; whoever is within 700 may attack before a "
     "cast ends; a tree is worth 600 of way, a scroll 4,000; from 10:00 on the bigger wave is "
     "pushed; a siege goes on beside a foe of up to 1.5 times the hero's health; couriers keep 150 "
     "farther off than foes reach and wait 800 from their hero; a salve is ordered below 55 % of "
     "the health, and mending to 60 % in 16 s is as good as home",
     "nothing: they are players, not rules"),
    ("random numbers", "one stream for everything, so that only whole matches can be compared",
     "nothing: the game's are not published"),
    ("a cast that a stun or an interruption breaks off", "is over: the hero goes on with its queue",
     "a test in a lobby"),
    ("casting beside a channel", "where the channel allows it; what is out of range is refused, "
     "as the hero may not walk", "a test in a lobby"),
    ("reincarnation", "raises no events of a death; the largest time counts where several could",
     "a test in a lobby"),
    ("sight of who flies", "is not cut by trees, walls or higher ground", "a test in a lobby"),
    ("runes that nobody has taken", "those of bounty in the jungles stay beside newer ones; in the "
     "river each gives way to the next, also where Meat Hook has dragged it to",
     "a replay of the first ten minutes"),
    ("runes of power", "are drawn evenly, with their place, among those that have not come since "
     "all seven had", "rune spawns of many replays"),
    ("going for a rune", "ends when the side loses sight of it", "a test in a lobby"),
    ("what a team knows of runes", "what it last saw at each place; a new rune of the river makes "
     "both places unknown", "the bot interface of a live game"),
    ("bots", "take no runes", "nothing: they are players, not rules"),
    ("middle towers as seen by creeps", "no leash to the lane: a pushed wave fights on under the "
     "tower", "a replay"),
)

MISSING = (
    "neutral creeps, neutral items, Roshan, scan, outposts, wisdom shrines, lotus pools and other "
    "objects of the map",
    "attacks on runes, which deny them",
    "abilities of heroes without content, and what docs/coverage.md tells of the others and of "
    "items",
    "the lower attack speed limit of heroes whose base attack speed is not 100",
    "the speed of side-lane creeps when they leave their base",
    "autoattack settings of heroes",
)


def page(patch: Game) -> str:
    """Returns the page about a patch, in Markdown."""
    rules = patch.rules
    guesses = [rule for rule in rules if rule.confidence == "guess"]
    topics = list(dict.fromkeys(rule.name.partition(".")[0] for rule in rules))
    parts = [
        "# Fidelity",
        GENERATED,
        f"The simulator plays patch {patch.name}. What the game's files tell of heroes, units, "
        "buildings and the map is taken from them as it is (see dota_env_rpc/data/"
        f"{patch.name}/README.md). The engine's own rules are not in those files: this page lists "
        "each of their numbers with its source, what had to be guessed and what would settle it, "
        "and what is missing.",
        "Confidence: **sure** numbers are read in game files, console variables, patch notes or "
        "measured; **probable** ones have one good source; **guess** means that none was found, "
        "or that sources disagree.",
        "## Measured",
        "Facts that nothing is tuned to; tests hold the simulator to them.",
        _table(("what", "within", "measured"), MEASURED),
        "## Damage order",
        "What becomes of one attack, step by step.",
        _list(DAMAGE_ORDER),
        "## Motion",
        "Who is knocked back, pulled or thrown moves in a straight line at an even speed, through "
        "units and over ground that cannot be walked, does nothing else, and is put on the nearest "
        "free ground where it ends. That nobody stops on the way is a guess.",
        "## Tick order",
        "What happens within a thirtieth of a second. The engine's own order is not known; this "
        "one is a guess that favors neither side.",
        _list(TICK_ORDER),
        "## Guessed behavior",
        _table(("what", "here", "what would settle it"), BEHAVIOR),
        "## Abilities and items",
        "What the numbers of an ability or item leave open, and how it is here. What is missing of "
        "one is told in docs/coverage.md.",
        *_choices(patch),
        "## Guessed numbers",
        _table(("name", "value", "note"), (
            (f"`{rule.name}`", _value(rule), _join(rule.source, rule.note)) for rule in guesses)),
        "## Missing",
        "\n".join(f"- {line};" for line in MISSING[:-1]) + f"\n- {MISSING[-1]}.",
        "## All numbers",
    ]
    for topic in topics:
        parts += [
            f"### {topic}",
            _table(("name", "value", "confidence", "source", "note"), (
                (f"`{rule.name}`", _value(rule), rule.confidence, rule.source, rule.note)
                for rule in rules if rule.name.partition(".")[0] == topic)),
        ]
    return "\n\n".join(parts) + "\n"


def _choices(game: Game) -> list[str]:
    """Returns a heading and a list for each hero and file of items that has choices."""
    parts = []
    for name, choices in game.choices.items():
        if choices:
            heading = game.display_name(name) if name.startswith("npc_") else (
                "Runes" if name == "runes" else f"Items: {name}")
            parts += [f"### {heading}", "\n".join(f"- {choice}" for choice in choices)]
    return parts


def _value(rule: Rule) -> str:
    values = rule.value if isinstance(rule.value, tuple) else (rule.value,)
    return " ".join([", ".join(f"{value:.6g}" for value in values), *rule.unit.split()])


def _join(*parts: str) -> str:
    return "; ".join(part for part in parts if part and part != "guess")


def _list(lines: Sequence[str]) -> str:
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


if __name__ == "__main__":
    sys.stdout.write(page(load_game()))
