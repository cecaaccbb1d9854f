"""Reports known vulnerabilities of the installed packages, as pip-audit finds them.

    python -m tools.audit

It is a report: it ends with exit code 0 whatever it finds, also where the database of vulnerabilities is out of reach.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

SECONDS = 120
"""The time that the whole audit may take."""
_ANSWER_SECONDS = 5
_OUT_OF_REACH = "audit: the database of vulnerabilities can't be reached; nothing was audited"


def summary(report: dict[str, Any]) -> str:
    """The report in words.

    Args:
        report: What pip-audit prints as JSON.

    Returns:
        A line for each vulnerability and one of totals, or one that says that nothing could be audited.
    """
    packages = report["dependencies"]
    audited = [package for package in packages if "skip_reason" not in package]
    if not audited:
        return _OUT_OF_REACH
    found = [_line(package, flaw) for package in audited for flaw in package["vulns"]]
    skipped = f", {len(packages) - len(audited)} not audited" if len(audited) < len(packages) else ""
    return "\n".join([*found, f"audit: {len(found)} known vulnerabilities in {len(audited)} packages{skipped}"])


def main() -> None:
    """Runs pip-audit over this environment and prints the summary."""
    quiet = ["--progress-spinner", "off", "--timeout", str(_ANSWER_SECONDS), "--skip-editable"]
    command = [sys.executable, "-m", "pip_audit", "--format", "json", *quiet]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
        print(summary(json.loads(done.stdout)))
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        print(_OUT_OF_REACH)


def _line(package: dict[str, Any], flaw: dict[str, Any]) -> str:
    fixed = ", ".join(flaw["fix_versions"]) or "no version"
    return f"audit: {package['name']} {package['version']}: {flaw['id']}, fixed in {fixed}"


if __name__ == "__main__":
    main()
