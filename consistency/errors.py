"""What can go wrong, as the user sees it: one line that names the thing and the mend."""


class ConsistencyError(Exception):
    """Base of every error that this library raises on purpose.

    >>> issubclass(ReadError, ConsistencyError)
    True
    """


class ReadError(ConsistencyError):
    """An article cannot be read; the message starts with the name of its file.

    >>> raise ReadError("first.txt", "is empty")
    Traceback (most recent call last):
    consistency.errors.ReadError: first.txt: is empty
    """

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


class SettingsError(ConsistencyError):
    """A setting has a value, or a name, that it cannot have.

    >>> raise SettingsError("no report format 'pdf'")
    Traceback (most recent call last):
    consistency.errors.SettingsError: no report format 'pdf'
    """
