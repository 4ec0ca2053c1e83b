"""What happened, told in the tables' ring of events."""

from dota_env_rpc.match.rule import rule
from dota_env_rpc.match.tables import MAX_EVENTS


@rule
def tell(tables, kind, subject, other, player, reason, value):
    """Adds an event. subject, other: handles; player: 0-9 or -1; see EventKind for the rest."""
    event = tables.events[tables.num_events % MAX_EVENTS]
    event.tick = tables.tick
    event.kind = kind
    event.subject = subject
    event.object = other
    event.player = player
    event.reason = reason
    event.value = value
    tables.num_events += 1
