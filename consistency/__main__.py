"""``python -m consistency`` is the command line."""

from consistency.cli import run

if __name__ == "__main__":
    run()
