"""Makes the files of a release in dist/, and checks them: `make release`.

    python -m tools.release

Only the package registry is asked. Nothing is uploaded, and no tag is set.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from tools.release.agreement import CODE, find_problems, git, tag_of, version_of
from tools.release.contents import problems_of_source, problems_of_wheel
from tools.release.sbom import write_bill
from tools.release.trial import ROOT, try_out

DIST = ROOT / "dist"


def main() -> None:
    """Checks, builds, tries out and lists a release. It ends with 1 at the first step that finds a problem."""
    _end_if(find_problems(ROOT))
    version = version_of((ROOT / CODE).read_text("utf-8"))
    with tempfile.TemporaryDirectory(prefix="release-") as folder:
        work, made = Path(folder), Path(folder) / "made"
        wheel, source = build(work / "source", made)
        tracked = git(ROOT, "ls-files").splitlines()
        _end_if([*problems_of_wheel(wheel, version, tracked), *problems_of_source(source, tracked)])
        for package in (wheel, source):
            trial = work / f"trial-{package.suffix[1:]}"
            trial.mkdir()
            print(f"release: {package.name}: {try_out(package, version, trial)}", flush=True)
            shutil.rmtree(trial)
        bill = made / f"newsroom-rag-{version}.cdx.json"
        bill.write_text(write_bill(version, datetime.fromtimestamp(_commit_time(), UTC)), encoding="utf-8")
        files = [wheel, source, bill]
        (made / f"newsroom-rag-{version}.sha256").write_text(checksums(files), encoding="utf-8")
        DIST.mkdir(exist_ok=True)
        for file in (*files, made / f"newsroom-rag-{version}.sha256"):
            shutil.copyfile(file, DIST / file.name)
            print(f"release: dist/{file.name}, {file.stat().st_size / 1e6:.1f} MB")
    tag = tag_of(version)
    print(f"release: {version} is ready; if {tag} is not set yet, run: git tag --annotate {tag} --message {version}")


def build(folder: Path, made: Path) -> tuple[Path, Path]:
    """Builds both packages from the commit, in which nothing is left of earlier builds.

    The wheel is built from the source distribution. Its files have the time of the commit, so that the same commit
    gives the same wheel.

    Args:
        folder: An empty folder for the files of the commit.
        made: The folder for the packages.

    Returns:
        The wheel, and the source distribution.
    """
    folder.mkdir()
    archive = subprocess.run(["git", "-C", str(ROOT), "archive", "HEAD"], capture_output=True, check=True).stdout
    subprocess.run(["tar", "--extract", "--directory", str(folder)], input=archive, check=True)
    uv = str(Path(sys.executable).with_name("uv"))
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(_commit_time())}
    command = [uv, "build", "--quiet", "--no-build-isolation", "--python", sys.executable, "--out-dir", str(made)]
    subprocess.run([*command, str(folder)], env=environment, check=True)
    (wheel,), (source,) = made.glob("*.whl"), made.glob("*.tar.gz")
    return wheel, source


def checksums(files: Iterable[Path]) -> str:
    """Writes the sha256 of files as `sha256sum --check` reads them: one line each."""
    return "".join(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files)


def _commit_time() -> int:
    """The time of the commit, in seconds since 1970."""
    return int(git(ROOT, "log", "-1", "--format=%ct"))


def _end_if(problems: list[str]) -> None:
    if problems:
        sys.exit("\n".join(f"release: {problem}" for problem in problems))


if __name__ == "__main__":
    main()
