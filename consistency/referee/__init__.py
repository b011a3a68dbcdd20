"""A judge from outside: asked for a second opinion on conflicts and developments, where one is configured.

A referee moves the confidence of a change, and its nature only where the rules are not sure; it deletes nothing, so
that no article talks itself out of a conflict. `chat` asks a server of the reader's own; nothing else sends anything.
"""

from consistency.referee.client import Chat, Cost, chat
from consistency.referee.opinion import SURE, Opinion, Question, Referee, consult, find_questions, weigh

__all__ = [
    "SURE",
    "Chat",
    "Cost",
    "Opinion",
    "Question",
    "Referee",
    "chat",
    "consult",
    "find_questions",
    "weigh",
]
