"""Print a constraints file for pip: the lowest version of each requirement that ``setup.cfg`` allows."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

settings = configparser.ConfigParser()
settings.read(Path(__file__).parents[1] / "setup.cfg", encoding="utf-8")
text = "\n".join([settings["options"]["install_requires"], *settings["options.extras_require"].values()])
for name, version in sorted(set(re.findall(r"^([\w.-]+)(?:\[\w+\])?>=([\w.]+)", text, re.M))):
    print(f"{name}=={version}")
