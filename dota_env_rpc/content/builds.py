"""In which order heroes that follow a script learn their abilities and buy their items.

A hero's content file may name its own: `SKILLS`, abilities and talents in the order of their
points, and `BUYS`, whole items in the order in which they are bought.
"""

from collections.abc import Mapping, Sequence

from dota_env_rpc.content.expression import ContentError
from dota_env_rpc.data.patch import Patch
from dota_env_rpc.data.records import HURTS, MAX_ITEM_BUILD, MAX_SKILL_BUILD
from dota_env_rpc.match.enums import Attribute
from dota_env_rpc.match.tables import ATTRIBUTE_SLOT

MOST_LEVEL = 30
# Source: guess, for all builds: what is common in the middle lane.
START = ("item_tango", "item_flask", "item_branches", "item_branches", "item_circlet",
         "item_faerie_fire")
BANDS = {
    Attribute.STRENGTH: "item_bracer", Attribute.AGILITY: "item_wraith_band",
    Attribute.INTELLIGENCE: "item_null_talisman", Attribute.ALL: "item_bracer",
}
LATER = {
    Attribute.STRENGTH: ("item_sange", "item_black_king_bar"),
    Attribute.AGILITY: ("item_yasha", "item_black_king_bar"),
    Attribute.INTELLIGENCE: ("item_kaya", "item_black_king_bar"),
    Attribute.ALL: ("item_sange", "item_black_king_bar"),
}


class Builds:
    """Works out the builds of a patch's heroes and fills them into its record."""

    def __init__(self, patch: Patch, record):
        """Begins.

        Args:
            patch: Names and tables.
            record: The PATCH record to fill; its behavior and uses are there.
        """
        self._patch = patch
        self._record = record
        # As plain numbers: they are looked at for every point of every hero.
        self._numbers = {name: record.abilities[name].tolist() for name in (
            "max_level", "required_level", "levels_between", "talent", "ultimate", "linked",
            "learnable")}
        record.skill_builds[:] = -1
        record.item_builds[:] = -1

    def fill(self, hero: str, skills: Sequence[str], items: Sequence[str]) -> None:
        """Fills both builds of a hero.

        Args:
            hero: Its name.
            skills: Its own order of points, or ().
            items: Its own order of items, or ().

        Raises:
            ContentError: a build names what the hero cannot learn, or the shop does not sell.
        """
        row = self._patch.definition(hero)
        slots = self._named_slots(hero, row, skills)
        slots += self._order_of_points(row, slots)
        self._record.skill_builds[row, :len(slots)] = slots
        common = [item for item in self._common_items(row) if self._works(item)]
        parts = self._parts(hero, items or common)
        self._record.item_builds[row, :len(parts)] = parts

    # Abilities.

    def _named_slots(self, hero: str, row: int, skills: Sequence[str]) -> list[int]:
        known = {self._patch.ability_names[ability]: slot for slot, ability
                 in enumerate(self._record.definitions[row].abilities) if ability >= 0}
        for name in skills:
            if name not in known or not self._may_learn(row, known[name]):
                raise ContentError(f"{hero}: SKILLS: it cannot learn {name!r}")
        return [known[name] for name in skills]

    def _may_learn(self, row: int, slot: int) -> bool:
        ability = self._record.definitions[row].abilities[slot]
        behavior = self._record.ability_behaviors[ability]
        return ability >= 0 and bool(
            slot == ATTRIBUTE_SLOT or (
                behavior.is_simulated and self._numbers["learnable"][ability]
                and not behavior.granted_by))

    def _order_of_points(self, row: int, begun: list[int]) -> list[int]:
        """Returns the slots of the points after those of `begun`, one for each level.

        At each level the first of these that can be had: the ultimate, a talent, the basic
        ability that damages most, another one, attributes. Source: guess.
        """
        definition = self._record.definitions[row]
        abilities, talents = definition.abilities.tolist(), definition.talent_slots.tolist()
        learned = dict.fromkeys(range(ATTRIBUTE_SLOT + 1), 0)
        for slot in begun:
            self._learn(abilities, slot, learned)
        slots = sorted(
            (slot for slot in range(ATTRIBUTE_SLOT + 1) if self._may_learn(row, slot)),
            key=lambda slot: self._rank(abilities[slot], slot))
        order = []
        for level in range(len(begun) + 1, MOST_LEVEL + 1):
            for slot in slots:
                if self._has_level(abilities, talents, slot, learned, level):
                    order.append(slot)
                    self._learn(abilities, slot, learned)
                    break
        return order[:MAX_SKILL_BUILD - len(begun)]

    def _learn(self, abilities: list[int], slot: int, learned: dict[int, int]) -> None:
        """Counts a point, also for the abilities that share the level of this one."""
        linked = slot
        while linked >= 0:
            learned[linked] += 1
            ability = self._numbers["linked"][abilities[linked]]
            linked = abilities.index(ability) if ability >= 0 and ability in abilities else -1
            linked = -1 if linked == slot else linked

    def _rank(self, ability: int, slot: int) -> tuple:
        use = self._record.ability_uses[ability]
        if slot == ATTRIBUTE_SLOT:
            return (3,)
        if self._numbers["talent"][ability]:
            return 1, self._talent_rank(ability), slot
        if self._numbers["ultimate"][ability]:
            return 0, slot
        hurts = bool(use.purpose & HURTS)
        return 2, not hurts, -use.damage[0], slot

    def _talent_rank(self, ability: int) -> bool:
        """Prefers of a tier's two the talent that adds to what damages."""
        entry = next(
            talent for hero in self._patch.abilities["talents"].values() for talent in hero
            if talent["name"] == self._patch.ability_names[ability])
        return not any(
            self._record.ability_uses[self._patch.ability(name)].purpose & HURTS
            for name, *_ in entry["effects"] if name in self._patch.abilities["abilities"])

    def _has_level(self, abilities: list[int], talents: list[int], slot: int,
                   learned: Mapping[int, int], level: int) -> bool:
        ability = abilities[slot]
        if slot == ATTRIBUTE_SLOT:
            return (learned[slot] < self._record.rules.hero_attribute_points_max
                    and level >= self._record.rules.hero_attribute_point_min_level)
        if self._numbers["talent"][ability]:
            other = talents[talents.index(slot) ^ 1]
            if other >= 0 and learned[other]:
                return False
        first, between = (
            self._numbers[name][ability] for name in ("required_level", "levels_between"))
        return (learned[slot] < self._numbers["max_level"][ability]
                and level >= first + learned[slot] * between)

    # Items.

    def _common_items(self, row: int) -> tuple[str, ...]:
        attribute = Attribute(int(self._record.definitions[row].primary_attribute))
        return (*START, "item_boots", BANDS[attribute], "item_magic_wand", "item_power_treads",
                *LATER[attribute])

    def _works(self, item: str) -> bool:
        return bool(self._record.item_behaviors[self._patch.item(item)].is_simulated)

    def _parts(self, hero: str, items: Sequence[str]) -> list[int]:
        """Returns rows of what is bought one by one, so that all of `items` come about."""
        parts: list[str] = []
        spare: list[str] = []
        for item in items:
            if not self._patch.items["items"].get(item, {}).get("purchasable"):
                raise ContentError(f"{hero}: BUYS: the shop does not sell {item!r}")
            for part in self._leaves(item, spare):
                parts.append(part)
            spare.append(item)
        if len(parts) > MAX_ITEM_BUILD:
            raise ContentError(f"{hero}: BUYS: more than {MAX_ITEM_BUILD} things are bought")
        return [self._patch.item(part) for part in parts]

    def _leaves(self, item: str, spare: list[str]) -> list[str]:
        """Returns what must be bought for an item; takes out of `spare` what is there for it."""
        components = self._patch.items["items"][item].get("components")
        if not components:
            if self._patch.items["items"][item].get("shop") == "secret":
                raise ContentError(f"BUYS: {item!r} is sold in a secret shop, where no script goes")
            return [item]
        leaves = []
        for part in components[0]:
            if part in spare:
                spare.remove(part)
            else:
                leaves += self._leaves(part, spare)
        return leaves
