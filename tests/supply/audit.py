"""Whether a pinned package has a known vulnerability: `make audit` asks the service OSV through pip-audit.

pip-audit alone says “No known vulnerabilities found” of packages that it could not look up. Here nothing is said of
any package unless the service has answered for all of them. What is pinned for other systems only is left out.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

FOUND, UNKNOWN = 1, 2
"""How it ends where something was found, and where nothing is known."""

_UNREACHED = ("requests.exceptions.", "pip_audit._service.interface.", "Could not connect", "Tip: your network")
"""How pip-audit's last line begins, or what stands in it, where the service does not answer."""


class NotAudited(Exception):
    """The audit did not take place; the message is one sentence that says why."""


def known(program: Path, pins: Path, url: str | None = None) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """By name and version, the vulnerabilities known of each package of a requirements file.

    `url` names another service of OSV's kind. Raises NotAudited where it does not answer for every package.
    """
    command = [str(program), "--require-hashes", "--disable-pip", "--strict", "-s", "osv", "--format", "json"]
    command += ["--progress-spinner", "off", "--requirement", str(pins), *(["--osv-url", url] if url else [])]
    with tempfile.TemporaryDirectory() as cache:  # what the service said another day is no answer
        done = subprocess.run([*command, "--cache-dir", cache], capture_output=True, text=True, check=False)
    try:
        answer = json.loads(done.stdout)["dependencies"]
        return {(one["name"], one["version"]): one["vulns"] for one in answer}
    except (ValueError, KeyError):
        said = (done.stderr.strip() or "pip-audit said nothing").splitlines()[-1]
        why = "the service cannot be reached" if any(sign in said for sign in _UNREACHED) else said
        raise NotAudited(
            f"Nothing is known about vulnerabilities, since the audit of {pins.name} did not take place: {why}."
        ) from None


def main(program: str, url: str | None = None) -> int:
    """Print what is known of the course's packages; the code with which to end."""
    files, packages = sorted(Path("requirements").glob("*.txt")), {}
    try:
        for path in files:
            packages |= known(Path(program), path, url)
    except NotAudited as error:
        print(error, file=sys.stderr)
        return UNKNOWN
    found = [(package, one) for package, vulns in sorted(packages.items()) for one in vulns]
    for (name, version), one in found:
        fixed = " or ".join(one["fix_versions"])
        print(f"{name} {version}: {one['id']}, {f'mended in {fixed}' if fixed else 'not mended yet'}")
    print(f"Known vulnerabilities: {len(found) or 'none'}, in {len(packages)} packages of {len(files)} pinned files.")
    return FOUND if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
