"""Makes the missing environments of the systems: `python -m benchmarks.peers.environments [NAME…]`."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import venv

from benchmarks.peers.systems import NEWSROOM, SYSTEMS, System


def make_environment(system: System) -> None:
    """Makes a virtual environment with the system's pinned requirements. An incomplete or outdated one is rebuilt."""
    if system.installed:
        return
    print(f"{system.title}: making {system.environment}", file=sys.stderr)
    venv.EnvBuilder(clear=True, with_pip=True, symlinks=True).create(system.environment)
    pip = [str(system.environment / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet"]
    here = system.requirements.parent
    # The peers' requirements are complete, so pip needn't resolve them. This project's are its own, not yet resolved.
    resolved = [] if system is NEWSROOM else ["--no-deps"]
    subprocess.run([*pip, "install", *resolved, "--requirement", str(system.requirements)], check=True, cwd=here)
    shutil.copyfile(system.requirements, system.stamp)


def main() -> None:
    """Makes the named environments, or all of them."""
    names = [system.name for system in SYSTEMS]
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers.environments", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names))
    wanted = parser.parse_args().names or names
    if unknown := set(wanted) - set(names):
        parser.error(f"no system {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    for system in SYSTEMS:
        if system.name in wanted:
            make_environment(system)


if __name__ == "__main__":
    main()
