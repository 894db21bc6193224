"""Other gateways, installed from npm and PyPI in the versions that peers/ pins. One that cannot be installed is left out."""

import filecmp
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
PEERS = HERE / "peers"


class LeftOut(Exception):
    """Says which peer, and why."""


def portkey():
    """The script that starts it."""
    folder = HERE / "target" / "portkey"
    needed = [PEERS / "package.json", PEERS / "package-lock.json"]
    if shutil.which("npm") is None:
        raise LeftOut("Portkey: there is no npm")
    _install("Portkey", folder, needed, ["npm", "ci", "--ignore-scripts", "--omit=dev"])
    return folder / "node_modules" / "@portkey-ai" / "gateway" / "build" / "start-server.js"


def litellm():
    """The program."""
    folder = HERE / "target" / "litellm"
    pip = folder / "bin" / "pip"
    if not pip.exists():
        _run("LiteLLM", [sys.executable, "-m", "venv", folder], HERE)
    _install(
        "LiteLLM", folder, [PEERS / "requirements.txt"],
        [pip, "install", "--quiet", "--disable-pip-version-check", "--no-deps", "-r", "requirements.txt"],
    )
    return folder / "bin" / "litellm"


def _install(name, folder, needed, command):
    """Anew where what is pinned is no longer what is there."""
    folder.mkdir(parents=True, exist_ok=True)
    stamp = folder / "installed"
    there = stamp.exists() and all(
        (folder / file.name).exists() and filecmp.cmp(file, folder / file.name, shallow=False) for file in needed
    )
    if there:
        return
    stamp.unlink(missing_ok=True)
    for file in needed:
        shutil.copy(file, folder)
    print(f"installing {name} …", flush=True)
    _run(name, command, folder)
    stamp.touch()


def _run(name, command, folder):
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=900)
    except (OSError, subprocess.SubprocessError) as failure:
        said = (getattr(failure, "stderr", None) or str(failure)).strip().splitlines()
        raise LeftOut(f"{name} cannot be installed: {said[-1] if said else failure}") from failure
