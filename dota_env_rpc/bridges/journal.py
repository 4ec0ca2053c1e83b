"""The folder of one game: its log while it is played, and its replay."""

import pathlib

from dota_env_rpc.match.clock import clock_text

LOG, REPLAY = "log.txt", "replay.npz"
# A client that is refused thousands of orders does not fill the disk.
MAX_LINES = 20_000


class Journal:
    """Writes what happens in a game into its folder; without a folder it writes nothing."""

    def __init__(self, folder: pathlib.Path | None):
        """Begins the log anew.

        Raises:
            OSError: the folder cannot be made or written.
        """
        self._folder = folder
        self._file = None
        self._num_lines = 0
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / REPLAY).unlink(missing_ok=True)
            self._file = open(folder / LOG, "w", encoding="utf-8", buffering=1)

    def tell(self, tick: int, text: str) -> None:
        """Writes a line with the game's clock."""
        if self._file is None or self._num_lines > MAX_LINES:
            return
        self._num_lines += 1
        if self._num_lines > MAX_LINES:
            text = f"{MAX_LINES} lines are enough; what follows is not told"
        # Whatever clients write stays one line.
        self._file.write(f"{clock_text(tick)} {' '.join(text.splitlines())}\n")

    def close(self, replay=None) -> None:
        """Ends the log, and leaves the replay if there is one."""
        if self._file is not None:
            self._file.close()
            self._file = None
            if replay is not None:
                replay.save(self._folder / REPLAY)
