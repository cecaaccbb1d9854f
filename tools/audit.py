"""Reports known vulnerabilities of the installed packages, found by pip-audit.

    python -m tools.audit

The exit code is always 0, even if there are vulnerabilities or the database of vulnerabilities can't be reached.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

SECONDS = 120
"""Most seconds that the whole audit may take."""
_ANSWER_SECONDS = 5
"""Most seconds to wait for one reply of the database."""
_OUT_OF_REACH = "audit: the database of vulnerabilities can't be reached; nothing was audited"


def summary(report: dict[str, Any]) -> str:
    """Describes a report of pip-audit.

    Args:
        report: The JSON output of pip-audit.

    Returns:
        One line per vulnerability and a line of totals, or one line that says that nothing was audited.
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
