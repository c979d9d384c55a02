"""What git knows of the data: which rows changed with which commit, and on which day.

The branch is followed as it was published, from one state to the next along first parents: what
a merge brought in changed on the day of the merge. Two states of a table are compared record by
record, so what stands still is neither parsed nor kept, however large it is.

Nothing is guessed. Where the repository does not reach back far enough (a shallow clone, a missing
object, a file that cannot be taken apart), the history ends there, and says why. A package that
moved to another folder keeps its past.
"""

from plansite.data.history.history import History, read_history, why_unknown
from plansite.data.history.repository.log import Commit
from plansite.data.history.walk import Step

__all__ = ["Commit", "History", "Step", "read_history", "why_unknown"]
