"""``python -m consistency`` is the command line."""

from consistency.cli import main

if __name__ == "__main__":
    main(prog_name="consistency")
