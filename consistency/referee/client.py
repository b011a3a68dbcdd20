"""A referee that is a language model on a server of the reader's own; the standard library does the talking."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import socket
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlsplit

import attrs

from consistency.errors import ConsistencyError, SettingsError
from consistency.model import Comparison
from consistency.referee import ledger, messages
from consistency.referee.opinion import Opinion, Question, find_questions

_ANSWER_TOKENS = 40  # of one verdict, its JSON included
_CHARACTERS = 3  # of a token, rather few of them
_LARGEST_REPLY = 1_000_000  # bytes
_PAUSE = 0.2  # seconds before the second try, doubled before each further one


class _NoAnswerError(Exception):
    """Why nothing came back, and whether that may pass."""

    def __init__(self, reason: str, passes: bool = True) -> None:
        super().__init__(reason)
        self.passes = passes


@attrs.frozen
class Cost:
    """What asking costs: questions that no file answers, requests without retries, and tokens there and back, roughly.

    >>> Cost().requests
    0
    """

    questions: int = 0
    requests: int = 0
    tokens: int = 0


@attrs.frozen
class Chat:
    """A referee that asks a server; made by `chat`, which says what the fields are.

    >>> chat("http://localhost:11434/v1", "qwen3:8b", verdicts=None).estimate([])
    Cost(questions=0, requests=0, tokens=0)
    """

    url: str
    model: str
    verdicts: str | None
    timeout: float
    batch: int
    retries: int
    limit: int
    key: str = attrs.field(repr=False)
    known: dict[str, Opinion | None] = attrs.field(repr=False, eq=False)

    @property
    def signature(self) -> str:
        """The model and the hash of what it is told, for the signature of a comparison."""
        return f"chat({'_'.join(self.model.split())},{hashlib.sha256(messages.INSTRUCTIONS.encode()).hexdigest()[:6]})"

    def __call__(self, questions: Sequence[Question], /) -> list[Opinion | None]:
        """Return the opinions, from the file of verdicts where it has them."""
        for batch in self._pack(questions):
            answers = self._ask(batch)
            self.known.update((name, answers.get(name)) for name in batch)
            if self.verdicts is not None:
                ledger.append(self.verdicts, ((name, question, self.known[name]) for name, question in batch.items()))
        opinions = [self.known[self._name(question)] for question in questions[: self.limit]]
        return [*opinions, *[None] * (len(questions) - len(opinions))]

    def estimate(self, comparisons: Iterable[Comparison]) -> Cost:
        """Return what it would cost to ask about comparisons that were made without a referee; nothing is sent."""
        cost = Cost()
        for batch in (batch for found in comparisons for batch in self._pack(find_questions(found))):
            sent = len(messages.INSTRUCTIONS) + len(messages.write(batch.values()))
            tokens = sent // _CHARACTERS + _ANSWER_TOKENS * (len(batch) + 1)
            cost = Cost(cost.questions + len(batch), cost.requests + 1, cost.tokens + tokens)
        return cost

    def _pack(self, questions: Sequence[Question]) -> Iterator[dict[str, Question]]:
        """Yield what is to be asked, by name, a request each."""
        new = {
            name: question for question in questions[: self.limit] if (name := self._name(question)) not in self.known
        }
        for start in range(0, len(new), self.batch):
            yield dict([*new.items()][start : start + self.batch])

    def _name(self, question: Question) -> str:
        asked = "\n".join((messages.INSTRUCTIONS, self.model, messages.write([question])))
        return hashlib.sha256(asked.encode()).hexdigest()[:24]

    def _ask(self, batch: dict[str, Question]) -> dict[str, Opinion]:
        """Return the opinions that came; a question that was not answered is asked again with those left over."""
        if not self.url:
            raise ConsistencyError(f"{self.verdicts}: lacks {len(batch)} verdicts; ask a server, and commit the file")
        answers: dict[str, Opinion] = {}
        for attempt in range(self.retries + 1):
            left = {name: question for name, question in batch.items() if name not in answers}
            try:
                found = messages.read_reply(self._send(messages.write(left.values()), len(left)), len(left))
            except _NoAnswerError as error:
                if attempt == self.retries or not error.passes:
                    raise ConsistencyError(f"{self.url}: {error}; mend that, or leave the referee out") from None
                time.sleep(_PAUSE * 2**attempt)
                continue
            answers |= {name: found[number] for number, name in enumerate(left, 1) if number in found}
            if len(answers) == len(batch):
                break
        return answers

    def _send(self, lines: str, count: int) -> bytes:
        """Return what the server replies to one request, which goes there and nowhere else: no proxy, no redirect."""
        import http.client

        body = {
            "model": self.model,
            "messages": [{"role": "system", "content": messages.INSTRUCTIONS}, {"role": "user", "content": lines}],
            "response_format": {"type": "json_schema", "json_schema": messages.demand()},
            "max_tokens": _ANSWER_TOKENS * (count + 1),
            "temperature": 0,
            "seed": 0,
            "stream": False,
        }
        place = urlsplit(self.url)
        headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {self.key}"} if self.key else {})}
        kind = http.client.HTTPSConnection if place.scheme == "https" else http.client.HTTPConnection
        connection = kind(place.hostname or "", place.port, timeout=self.timeout)
        end, reply = time.monotonic() + self.timeout, b""
        watch = None
        try:
            connection.connect()
            watch = threading.Timer(max(end - time.monotonic(), 0), _hang_up, (connection.sock,))
            watch.start()
            connection.request("POST", f"{place.path.rstrip('/')}/chat/completions", json.dumps(body), headers)
            response = connection.getresponse()
            if response.status != 200:
                passes = response.status in (408, 429) or response.status >= 500
                raise _NoAnswerError(f"the server answers with status {response.status}", passes)
            while part := response.read1(65536):
                reply += part
                if len(reply) > _LARGEST_REPLY:
                    raise _NoAnswerError("the reply is too long")
            if time.monotonic() >= end:  # it may be cut
                raise _NoAnswerError("the reply is too slow")
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise _NoAnswerError(f"the server cannot be asked ({str(error) or type(error).__name__})") from None
        finally:
            if watch is not None:
                watch.cancel()
            connection.close()
        return reply


def _hang_up(line: socket.socket) -> None:
    """End a request whose time is over: the time-out of a socket begins again with each byte."""
    with contextlib.suppress(OSError):  # it is over already
        line.shutdown(socket.SHUT_RDWR)


def chat(
    url: str,
    model: str,
    *,
    verdicts: str | os.PathLike[str] | None = "consistency-verdicts.jsonl",
    timeout: float = 60.0,
    batch: int = 8,
    retries: int = 2,
    limit: int = 100,
    key: str = "",
) -> Chat:
    """Return a referee that asks a model on a server that speaks the chat protocol of OpenAI.

    Args:
        url: up to what stands before ``/chat/completions``; "" asks nobody, and what the file lacks is an error.
        model: what the server calls the model.
        verdicts: the JSON Lines file that keeps what was answered, None for none; what it has is not asked again.
        timeout: seconds that a request may take.
        batch: questions of one comparison that go into a request.
        retries: how often a request is repeated that failed, or that left questions unanswered.
        limit: questions of one comparison that are asked, conflicts first; on the others there is no opinion.
        key: the bearer token that the server wants, if any.

    Raises:
        SettingsError: one of these has a value that it cannot have, or the file is no file of verdicts.

    >>> chat("http://localhost:11434/v1", "qwen3:8b", verdicts=None).model
    'qwen3:8b'
    """
    try:
        place = urlsplit(url)
        right = place.scheme in ("http", "https") and bool(place.hostname) and place.port != 0
    except ValueError:  # of the port, or of brackets
        right = False
    right = right and url.isascii() and url.isprintable() and not set(url) & set(" @?#")
    if not (right if url else verdicts):
        raise SettingsError(
            "referee: the URL is none such as http://localhost:11434/v1 (a key goes into key=); "
            "for no URL, name a file of verdicts"
        )
    if not (model.strip() and model.isprintable() and key.isascii() and key.isprintable()):
        raise SettingsError("referee: the model has no name, or it or the key holds what cannot be sent")
    if not (0 < timeout < float("inf") and batch >= 1 and retries >= 0 and limit >= 1):
        raise SettingsError("referee: timeout, batch and limit are above 0, and retries is not below it")
    path = os.fspath(verdicts) if verdicts else None
    known = ledger.load(path) if path and (not url or os.path.exists(path)) else {}
    return Chat(url, model, path, timeout, batch, retries, limit, key, known)
