"""When a match is over, who has won, and why."""

from dota_env_rpc.match.enums import NUM_SEATS, EventKind, GameState, Team, WinReason
from dota_env_rpc.match.rule import rule
from dota_env_rpc.sim.events import tell


@rule
def end_match(state, winner, reason):
    """Ends the match, once. winner: a Team, NONE for a draw."""
    tables = state.tables
    if tables.game_state == GameState.POST_GAME:
        return
    tables.game_state = GameState.POST_GAME
    tables.winner = winner
    tables.win_reason = reason
    tell(tables, EventKind.MATCH_END, 0, 0, -1, reason, float(winner))


@rule
def decide_tie(state):
    """Decides a match whose time is up: kills first, then last hits and denies together."""
    tables = state.tables
    lead = tables.team_kills[0] - tables.team_kills[1]
    reason = WinReason.TIME_KILLS
    if lead == 0:
        reason = WinReason.TIME_LAST_HITS
        for seat in range(NUM_SEATS):
            player = tables.players[seat]
            if player.hero != 0:
                score = player.last_hits + player.denies
                lead += score if seat < 5 else -score
    if lead == 0:
        end_match(state, Team.NONE + 0, WinReason.DRAW)
    else:
        end_match(state, Team.GOODGUYS + (0 if lead > 0 else 1), reason)
