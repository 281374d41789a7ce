"""Every example of the documentation runs, and prints what stands there.

In a page
    ```python    is a doctest; the blocks of a page share their names
    ```sh        is run; ``exit=1`` behind it says how it ends, else with 0
    ```text      is what the commands above it print; "…" stands for anything
    ```toml      with a first line ``# FOLDER/FILE`` is saved there for the commands below
and ``docparse …`` in the last cell of a table's row is run, too. A block inside ``<!-- -->`` does
what a reader does by hand. All of a page happens in one folder that holds a copy of the corpus.
The commands take minutes, so a process of their own runs them beside all other tests.

When scores or messages have changed for a good reason, ``python tests/test_documentation.py``
writes what the commands print now into the pages, and the pages that programs write; the difference
is then to be read.
"""

import argparse
import contextlib
import difflib
import doctest
import itertools
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

import docparse
import docparse.spacy  # so that the examples also run where docparse is not installed
from docparse.cli import make_parser

ROOT = Path(__file__).parents[1]
NAMES = ("*.md", "docs/*.md", "patterns/README.md", "corpus/README.md", "benchmarks/README.md")
PAGES = sorted(path for name in NAMES for path in ROOT.glob(name))
TWINS = (("tutorial.md", "bat-dau.md"), ("how-to.md", "cach-lam.md"))
# Pages that name options of docparse alone, and of no other program.
OF_USERS = [path for path in PAGES if path.parent == ROOT or path.name in sum(TWINS, ())]
VIETNAMESE = ("README.vi.md", "bat-dau.md", "cach-lam.md")  # what their commands print is, too
# What installs, or starts this very test: run by .ci/run itself. Here only the files that they
# name are looked for.
SET_UP = ("pip", ".venv/bin/activate", "python3", "pytest", "ruff", "mypy", "lint-imports")
REHEARSE = """
import sys, make, subprocess
from pathlib import Path
make.environment = lambda home: Path("python")
make.tool = lambda home, name: Path(name)
really = subprocess.run
subprocess.run = lambda command, **more: None if "pip" in command else really(command, **more)
sys.exit(make.main([{task!r}]))
"""
_SHOWN = 12  # lines of what went wrong
_FENCE = re.compile(r"^( *)```(\w*)(.*)\n((?:.*\n)*?)\1```$", re.MULTILINE)
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`[^`\n]*`")
_ROW = re.compile(r"^\|.*\| *`(docparse .*?)` *\|$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """One fenced block, or the command of a table's row (kind "sh")."""

    kind: str
    more: str
    text: str
    line: int
    start: int
    end: int


def _blocks(page: str) -> list[Block]:
    found = []
    for match in _FENCE.finditer(page):
        indent, kind, more, text = match.groups()
        text = re.sub(f"^{indent}", "", text, flags=re.MULTILINE)
        line = page.count("\n", 0, match.start()) + 1
        found.append(Block(kind, more.strip(), text, line, match.start(4), match.end(4)))
    for match in _ROW.finditer(page):
        line = page.count("\n", 0, match.start()) + 1
        command = match[1].replace("\\|", "|") + "\n"
        found.append(Block("sh", "row", command, line, match.start(1), match.end(1)))
    return sorted(found, key=lambda block: block.start)


def _prose(page: str) -> str:
    return _FENCE.sub("", page)


@contextlib.contextmanager
def _workspace(page: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    """A folder with the corpus, and what the shell needs to find this docparse."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "work")
        shutil.copytree(ROOT / "corpus", folder / "corpus")
        programs = Path(name, "bin")
        programs.mkdir()
        for program, what in (("docparse", "-m docparse.cli"), ("python", "")):
            script = programs / program
            script.write_text(f'#!/bin/sh\nexec "{sys.executable}" {what} "$@"\n')
            script.chmod(0o755)
        language = "vi_VN" if page.name in VIETNAMESE else "en_US"
        places = {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
        words = {"LC_ALL": f"{language}.UTF-8", "COLUMNS": "80", "PYTHONPATH": str(ROOT)}
        yield folder, {**os.environ, **places, **words}


def _run(block: Block, folder: Path, env: dict[str, str]) -> tuple[str, str]:
    """What the commands print, and what is wrong with how they end."""
    printed = ""
    for line in block.text.splitlines():
        command: list[str] = ["sh", "-c", line]
        words = shlex.split(line, comments=True)
        if words[:2] == ["python3", "make.py"]:
            _known_task(words[2])
            if words[2] != "demo":
                continue
            command = [sys.executable, "-c", REHEARSE.format(task=words[2])]
        elif any(word in SET_UP for word in words[:2]):
            _known_files(words)
            continue
        done = subprocess.run(
            command,
            cwd=folder,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        printed += done.stdout
        wanted = int(block.more.partition("exit=")[2] or 0)
        if done.returncode != wanted:
            last = "\n".join(done.stdout.splitlines()[-_SHOWN:])
            return printed, f"`{line}` ended with {done.returncode}, not {wanted}:\n{last}"
    return printed, ""


def _known_task(name: str) -> None:
    assert f"\n{name} " in (ROOT / "make.py").read_text(encoding="utf-8"), name


def _known_files(words: list[str]) -> None:
    for word in words[1:]:
        if "/" in word and not word.startswith((".venv", "-")):
            assert (ROOT / word).exists(), word


def _matches(expected: str, printed: str) -> bool:
    pieces = [re.escape(piece) for piece in _trimmed(expected).split("…")]
    return re.fullmatch(".*".join(pieces), _trimmed(printed), re.DOTALL) is not None


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


def _wrong_output(expected: str, printed: str) -> str:
    lines = difflib.unified_diff(
        _trimmed(expected).splitlines(), _trimmed(printed).splitlines(), "page", "now", lineterm=""
    )
    return "\n".join(itertools.islice(lines, _SHOWN))


def _shell_results(page: Path) -> Iterator[tuple[Block, str, str]]:
    """Each sh block and each text block below one, with what is printed and what is wrong."""
    with _workspace(page) as (folder, env):
        printed: str | None = None
        for block in _blocks(page.read_text(encoding="utf-8")):
            if block.kind == "sh":
                now, wrong = _run(block, folder, env)
                printed = None if block.more == "row" else now
                yield block, now, wrong
            elif block.kind == "text":
                assert printed is not None, f"{page.name}:{block.line}: no commands above"
                same = _matches(block.text, printed)
                yield block, printed, "" if same else _wrong_output(block.text, printed)
            elif block.kind == "toml" and (name := re.match(r"# (\S+/\S+\.toml)\n", block.text)):
                target = folder / name[1]
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(block.text, encoding="utf-8")


class Examples:
    """The commands of some pages, run by another process from the moment this is made."""

    def __init__(self, pages: Sequence[Path]) -> None:
        self._wrong: dict[str, list[str]] = {}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.test_documentation", "--try", *map(str, pages)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )

    def wrong(self, page: Path) -> list[str]:
        """What is wrong on a page, as soon as it is known."""
        assert self._process.stdout is not None
        while str(page) not in self._wrong:
            line = self._process.stdout.readline()
            assert line, f"nothing was told of {page.name}"
            name, wrong = json.loads(line)
            self._wrong[name] = wrong
        return self._wrong[str(page)]

    def stop(self) -> None:
        """Leave nothing running, also where the tests were interrupted."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        with self._process:
            pass


def _wrong(page: Path) -> list[str]:
    results = _shell_results(page)
    return [f"{page.name}:{block.line}: {said}" for block, _, said in results if said]


def _try(pages: Sequence[Path]) -> None:
    """Print a line of JSON for each page; one processor is left to the other tests."""
    with ThreadPoolExecutor(max(1, (os.cpu_count() or 1) - 1)) as pool:
        for page, wrong in zip(pages, pool.map(_wrong, pages), strict=True):
            print(json.dumps([str(page), wrong]), flush=True)  # noqa: T201


@pytest.mark.skipif(os.name == "nt", reason="the examples are written for sh")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_shell_examples(page: Path, examples: Examples) -> None:
    wrong = examples.wrong(page)
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_python_examples(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = [b for b in _blocks(page.read_text(encoding="utf-8")) if b.kind == "python"]
    names: dict[str, object] = {}
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    with _workspace(page) as (folder, _):
        monkeypatch.chdir(folder)
        for block in blocks:
            parser = doctest.DocTestParser()
            examples = parser.get_doctest(block.text, names, page.name, str(page), block.line)
            assert examples.examples, f"{page.name}:{block.line}: nothing to run"
            runner.run(examples, out=said.append, clear_globs=False)
            names = examples.globs
    assert not said, "".join(said)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_toml_in_the_pages_is_toml(page: Path) -> None:
    for block in _blocks(page.read_text(encoding="utf-8")):
        if block.kind == "toml":
            tomllib.loads(block.text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    prose = _prose(page.read_text(encoding="utf-8"))
    for link in _LINK.findall(_CODE.sub("", prose)):
        if "://" in link:
            continue
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        assert target.exists(), f"{page.name}: {link}"
        if anchor:
            text = _prose(target.read_text(encoding="utf-8"))
            assert anchor in map(_anchor, _HEADING.findall(text)), f"{page.name}: {link}"


def _anchor(heading: str) -> str:
    """The name that a heading gets when a page is shown: letters, digits and hyphens."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def _commands(*above: str) -> Iterator[str]:
    """Every command of the command line, as its help lists them."""
    printed = subprocess.run(
        [sys.executable, "-m", "docparse.cli", *above, "--help", "--lang=en"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "80"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    ).stdout
    listed = printed.partition("\n  COMMAND")[2].partition("\n\n")[0]
    names = re.findall(r"^ {4}(\w[\w-]*)", listed, re.MULTILINE)
    for name in names:
        yield from _commands(*above, name)
    if not names:
        yield " ".join(above)


def _spans(page: Path) -> Iterator[str]:
    """What stands between backquotes in the prose and the tables of a page."""
    for span in _CODE.findall(_prose(page.read_text(encoding="utf-8"))):
        yield span.strip("`").replace("\\|", "|")


def _below(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    choices = (one.choices for one in parser._actions if isinstance(one.choices, dict))
    return next(choices, {})


def _options(parser: argparse.ArgumentParser) -> set[str]:
    return set(parser._option_string_actions)


def _every_option(parser: argparse.ArgumentParser) -> set[str]:
    return _options(parser).union(*map(_every_option, _below(parser).values()))


def _unknown(span: str) -> str:
    """The first word of a command that docparse does not know: "" where all is well."""
    parser: argparse.ArgumentParser = make_parser("en")
    for word in shlex.split(span)[1:]:
        if word.startswith("-") and word != "-" and word.partition("=")[0] not in _options(parser):
            return word
        if below := _below(parser):
            if word.isupper() or word in ("…", "--version", "--help"):
                return ""
            if word not in below and not word.startswith("-"):
                return word
            parser = below.get(word, parser)
    return ""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_in_prose_are_commands(page: Path) -> None:
    named = [span for span in _spans(page) if span.startswith("docparse ")]
    assert [(span, _unknown(span)) for span in named if _unknown(span)] == []


@pytest.mark.parametrize("page", OF_USERS, ids=lambda page: page.name)
def test_options_in_prose_are_options(page: Path) -> None:
    known = _every_option(make_parser("en"))
    named = {re.split(r"[ =]", span)[0] for span in _spans(page) if re.match(r"--?[a-z]", span)}
    assert named - known == set()


def test_a_command_that_is_gone_is_told() -> None:
    assert _unknown("docparse index find x") == "find"
    assert _unknown("docparse index add --jbos 2") == "--jbos"
    assert _unknown("docparse index add corpus --jobs=2") == ""


@pytest.mark.parametrize(("english", "vietnamese"), TWINS)
def test_both_languages_tell_the_same(english: str, vietnamese: str) -> None:
    def told(name: str) -> tuple[list[str], set[str]]:
        """The levels of the headings, and the commands that are named."""
        page = ROOT / "docs" / name
        text = page.read_text(encoding="utf-8")
        typed = [block.text for block in _blocks(text) if block.kind == "sh"]
        commands = re.findall(
            r"docparse ((?:index |patterns )?[a-z-]+)", " ".join([*typed, *_spans(page)])
        )
        return re.findall(r"^(#+) ", _prose(text), re.MULTILINE), set(commands)

    assert told(english) == told(vietnamese)


def test_every_command_has_an_example() -> None:
    examples = [b.text for b in _blocks((ROOT / "README.md").read_text("utf-8")) if b.kind == "sh"]
    for name in _commands():
        assert any(f"docparse {name} " in text for text in examples), name


def test_every_public_name_is_shown() -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in (name for name in docparse.__all__ if not name.startswith("__")):
        assert name in page, name


def test_every_dependency_is_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    for extra in project["project"].get("optional-dependencies", {}).values():
        wanted += extra
    names = {re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower() for requirement in wanted}
    page = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    rows = {name.lower() for name in re.findall(r"^\| ([\w.-]+) \|", page, re.MULTILINE)}
    assert names - {"docparse"} <= rows


def test_the_newest_version_is_in_the_changelog() -> None:
    page = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert _HEADING.findall(page)[1].startswith(f"[{docparse.__version__}]")


def test_an_example_that_is_wrong_fails(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```sh\ndocparse --version\n```\n```text\ndocparse 99\n```\n", encoding="utf-8")
    assert [said.splitlines()[-1] for _, _, said in _shell_results(page) if said] == [
        f"+docparse {docparse.__version__}"
    ]


def _rewrite(page: Path) -> None:
    """Put what the commands print now into the page.

    A command that fails leaves its block as it is; where "…" stands for a part, a person has to
    choose again what to leave out.
    """
    text = page.read_text(encoding="utf-8")
    news: list[tuple[Block, str]] = []
    failed = ""
    for block, now, said in _shell_results(page):
        if block.kind == "sh":
            failed = "" if block.more == "row" else said
        if said and (block.kind == "sh" or failed or "…" in block.text):
            sys.stderr.write(f"{page.name}:{block.line}: mend this by hand:\n{said}\n")
        elif said:
            news.append((block, now))
    for block, now in reversed(news):
        text = text[: block.start] + _trimmed(now) + "\n" + text[block.end :]
    page.write_text(text, encoding="utf-8")


def _regenerate(page: Path) -> None:
    """Run the program that a page names in its first line as the one that writes it."""
    if command := re.match(r"<!-- python (.+) -->\n", page.read_text(encoding="utf-8")):
        subprocess.run([sys.executable, *shlex.split(command[1])], cwd=ROOT, check=True)


if __name__ == "__main__" and sys.argv[1:2] == ["--try"]:
    _try([Path(name) for name in sys.argv[2:]])
elif __name__ == "__main__":
    for one in PAGES:
        _regenerate(one)
        _rewrite(one)
