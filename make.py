"""Set up and run, with Python alone: ``python3 make.py demo`` or ``python3 make.py check``.

demo    installs docparse into .venv and checks the sample reports with it; the findings are shown,
        and stand in a web page beside this file
check   installs it with the developer's tools and runs every check there is
wheel   builds the wheel and runs it from an empty environment, away from here
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = HERE / ".venv"
CORPUS = HERE / "corpus"
PAGE = HERE / "doi-chieu.html"


def main(arguments: list[str]) -> int:
    """Run one of the tasks; its exit code is ours."""
    tasks = {"demo": demo, "check": check, "wheel": wheel}
    if len(arguments) != 1 or arguments[0] not in tasks:
        print(__doc__)
        return 2
    try:
        tasks[arguments[0]]()
    except subprocess.CalledProcessError as error:
        print(f"make.py: failed: {' '.join(map(str, error.cmd))}", file=sys.stderr)
        if "ensurepip" in error.cmd:
            print("On Debian and Ubuntu: sudo apt-get install python3-venv", file=sys.stderr)
        return 1
    return 0


def demo() -> None:
    """The main job on the sample corpus, as a user would run it."""
    python = environment(HOME)
    run(python, "-m", "pip", "install", "--quiet", str(HERE))
    checked = (tool(HOME, "docparse"), "check", str(CORPUS), "--fail-on", "never")
    run(*checked)
    run(*checked, "--format", "html", "-o", str(PAGE))
    print(f"→ {PAGE}")


def check() -> None:
    """Every check, in the order in which they fail fastest."""
    python = environment(HOME)
    run(python, "-m", "pip", "install", "--quiet", "--editable", str(HERE), "--group", "dev")
    run(tool(HOME, "ruff"), "check", ".")
    run(tool(HOME, "ruff"), "format", "--check", ".")
    run(tool(HOME, "mypy"))
    run(tool(HOME, "lint-imports"))
    run(tool(HOME, "docparse"), "patterns", "check")
    run(tool(HOME, "coverage"), "run", "-m", "pytest")
    run(tool(HOME, "coverage"), "report", "--skip-covered")
    run(tool(HOME, "docparse"), "evaluate", "corpus")


def wheel() -> None:
    """The built wheel in an empty environment: data files and entry points must be in it."""
    python = environment(HOME)
    with tempfile.TemporaryDirectory() as folder:
        away = Path(folder)
        run(python, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(away), str(HERE))
        built = next(away.glob("docparse-*.whl"))
        clean = away / "clean"
        run(environment(clean), "-m", "pip", "install", "--quiet", str(built))
        out = away / "corpus.json"
        run(tool(clean, "docparse"), "patterns", "check", cwd=away)
        command = (tool(clean, "docparse"), "parse", str(CORPUS), "-o", str(out))
        run(*command, cwd=away)
        page = ("--format", "html", "-o", str(away / "findings.html"))
        run(tool(clean, "docparse"), "check", str(CORPUS), "--fail-on", "never", *page, cwd=away)
        print(f"wheel: {out.stat().st_size} bytes of records from the sample corpus")


def environment(home: Path) -> Path:
    """The Python of a virtual environment, made if it is not there."""
    python = tool(home, "python")
    if not tool(home, "pip").exists():  # or a first try was cut short
        venv.create(home, with_pip=True, clear=True)
        run(python, "-m", "pip", "install", "--quiet", "--upgrade", "pip")
    return python


def tool(home: Path, name: str) -> Path:
    """The path of a program in a virtual environment."""
    if os.name == "nt":
        return home / "Scripts" / f"{name}.exe"
    return home / "bin" / name


def run(*command: str | Path, cwd: Path = HERE) -> None:
    """Run one program and stop at its failure."""
    print("+", *(Path(command[0]).name, *command[1:]), flush=True)
    subprocess.run([str(part) for part in command], check=True, cwd=cwd)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
