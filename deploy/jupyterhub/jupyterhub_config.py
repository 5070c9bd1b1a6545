"""A JupyterHub for one course on one computer: every learner is a system user with a server of their own.

Start it as root from the course's environment: `jupyterhub -f deploy/jupyterhub/jupyterhub_config.py`.
The variables below say where things are; README.md beside this file explains each.
"""

import json
import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

from curriculum.launch.settings import LAB_SETTINGS

HERE = Path(__file__).resolve().parent

STATE = Path(os.environ.get("CURRICULUM_HUB_STATE", "/srv/curriculum/hub"))
"""The hub's own files: its database, its cookie secret, and the settings that it writes for the users' servers."""
EXCHANGE = Path(os.environ.get("CURRICULUM_EXCHANGE", "/srv/curriculum/exchange"))
"""Where lessons are fetched from and handed in to."""
COURSE = Path(os.environ.get("CURRICULUM_COURSE", "/srv/curriculum/course"))
"""The course's folder, which instructors alone can read."""
COURSE_ID = os.environ.get("CURRICULUM_COURSE_ID", COURSE.name)
LEARNERS = os.environ.get("CURRICULUM_LEARNERS", "curriculum-learners")
"""The system group whose members may log in and work."""
INSTRUCTORS = os.environ.get("CURRICULUM_INSTRUCTORS", "curriculum-instructors")
"""The system group whose members see formgrader as well."""
LEARNERS_PYTHON = os.environ.get("CURRICULUM_LEARNERS_PYTHON", sys.executable)
"""The Python of the learners' servers: that of an environment with the edition for learners, or else this one."""
SUBDOMAINS = os.environ.get("CURRICULUM_HUB_SUBDOMAINS", "")
"""The hub's address, such as https://hub.example.edu, where each name below it leads to it as well: then each user's
pages have an origin of their own, and a page that a learner made can do nothing in an instructor's name."""
PORT = os.environ.get("CURRICULUM_HUB_PORT", "8000")
HUB_PORT = int(os.environ.get("CURRICULUM_HUB_API_PORT", "8081"))
PROXY_PORT = os.environ.get("CURRICULUM_PROXY_API_PORT", "8001")

if SUBDOMAINS and not SUBDOMAINS.startswith("https://"):
    sys.exit(f"CURRICULUM_HUB_SUBDOMAINS is {SUBDOMAINS}; it must begin with https://, as browsers see the hub.")

c = get_config()  # noqa: F821

# What a learner does not need, and what only instructors do.
_FORMGRADER = "nbgrader.server_extensions.formgrader"
_OFF = {"jupyter_lsp": False, "nbgrader.server_extensions.validate_assignment": False}
_LEARNERS_OFF = {**_OFF, _FORMGRADER: False, "nbgrader.server_extensions.course_list": False}
_LEARNERS_HIDDEN = ["formgrader", "course-list", "create-assignment", "validate-assignment"]

_LEARNERS_NBGRADER = f'''"""What a learner's server knows of the course; written by the hub."""

c = get_config()
c.Exchange.root = {str(EXCHANGE)!r}
c.CourseDirectory.course_id = {COURSE_ID!r}
'''

_INSTRUCTORS_NBGRADER = f'''"""The course's own configuration; written by the hub."""

from curriculum.cohort.nbgrader_settings import configure

configure(get_config(), {str(COURSE / "nbgrader_config.py")!r})
'''


def write_settings(folder, extensions, hidden, nbgrader_config):
    """Write what JupyterLab and nbgrader read in a user's server, readable for all and writable for nobody else."""
    documents = {
        "jupyter_server_config.json": {"ServerApp": {"jpserver_extensions": extensions}},
        "labconfig/page_config.json": {
            "disabledExtensions": {f"@jupyter/nbgrader:{name}": True for name in hidden}
            | {"@jupyterlab/extensionmanager-extension": True, "@jupyterlab/apputils-extension:announcements": True}
        },
        "labconfig/default_setting_overrides.json": LAB_SETTINGS,
    }
    texts = {name: json.dumps(document, indent=2) + "\n" for name, document in documents.items()}
    for name, text in {**texts, "nbgrader_config.py": nbgrader_config}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(0o644)
    for part in (folder, folder / "labconfig"):
        part.chmod(0o755)


STATE.mkdir(parents=True, exist_ok=True)
STATE.chmod(0o711)  # users pass through to the settings; they cannot list it
write_settings(STATE / "learner", _LEARNERS_OFF, _LEARNERS_HIDDEN, _LEARNERS_NBGRADER)
write_settings(STATE / "instructor", _OFF, [], _INSTRUCTORS_NBGRADER)
# nbgrader wants the exchange writable for all. The sticky bit keeps everybody from renaming or deleting what is
# another's, as in /tmp.
EXCHANGE.mkdir(parents=True, exist_ok=True)
EXCHANGE.chmod(0o1777)

# Who may log in: members of two system groups, with their system passwords.
c.JupyterHub.authenticator_class = "pam"
c.PAMAuthenticator.open_sessions = False
c.PAMAuthenticator.allowed_groups = {LEARNERS, INSTRUCTORS}


def lab_extensions(python):
    """Where the course's own extension of JupyterLab is in an environment; it comes from that environment itself."""
    asked = [python, "-c", "from curriculum.launch.settings import LAB_EXTENSIONS; print(LAB_EXTENSIONS)"]
    return subprocess.run(
        asked, env=of_environment(python), cwd=STATE, capture_output=True, text=True, check=True
    ).stdout.strip()


def of_environment(python):
    """The variables with which an environment finds its own programs and modules first."""
    alone = {} if python == sys.executable else {"PYTHONPATH": ""}
    return {**os.environ, "PATH": f"{Path(python).parent}:{os.environ['PATH']}", **alone}


PYTHONS = {"learner": LEARNERS_PYTHON, "instructor": sys.executable}
EXTENSIONS = {role: lab_extensions(python) for role, python in PYTHONS.items()}

# A server for each, run as that user. nbgrader takes the operating system's name of whoever runs it, so this is
# what makes a submission theirs: do not put SimpleLocalProcessSpawner here, under which all are one user.
c.JupyterHub.spawner_class = "jupyterhub.spawner.LocalProcessSpawner"
c.Spawner.default_url = "/lab"
c.Spawner.notebook_dir = "~"
c.Spawner.start_timeout = c.Spawner.http_timeout = 180
# Over sockets in a folder that only the user can enter; TCP ports are open to everybody on the computer.
ARGUMENTS = ["--KernelManager.transport=ipc", "--LabApp.news_url=", "--LabApp.extension_manager=readonly"]


def prepare(spawner):
    """Close the user's home to others and choose the course and the settings of learners or of instructors."""
    user = pwd.getpwnam(spawner.user.name)
    Path(user.pw_dir).chmod(0o700)
    groups = {name for name in (LEARNERS, INSTRUCTORS) if _is_member(user, name)}
    role = "instructor" if INSTRUCTORS in groups else "learner"
    python = PYTHONS[role]
    spawner.cmd = [python, "-m", "jupyterhub.singleuser"]
    spawner.args = [*ARGUMENTS, f"--LabApp.extra_labextensions_path={EXTENSIONS[role]}"]
    found = of_environment(python)
    spawner.environment |= {name: found[name] for name in ("PATH", "PYTHONPATH") if name in found}
    # Before the environment's own folders: what is switched off here stays off.
    spawner.environment["JUPYTER_CONFIG_PATH"] = str(STATE / role)
    # Worlds are dealt by this name, whatever somebody sets in a terminal: the roster says the same.
    spawner.environment["CURRICULUM_LEARNER"] = spawner.user.name


def _is_member(user, group):
    import grp

    entry = grp.getgrnam(group)
    return user.pw_name in entry.gr_mem or user.pw_gid == entry.gr_gid


c.Spawner.pre_spawn_hook = prepare
# What users write into their own settings is no code that their server runs: a file that somebody was talked into
# putting there would be run with every start.
c.Spawner.disable_user_config = True

# The hub itself.
c.JupyterHub.bind_url = f"http://{os.environ.get('CURRICULUM_HUB_ADDRESS', '127.0.0.1')}:{PORT}"
c.JupyterHub.hub_port = HUB_PORT
if SUBDOMAINS:
    c.JupyterHub.subdomain_host = SUBDOMAINS
    # A page can set cookies for all names above its own. Those that say who somebody is are not taken from there:
    # a learner's page could sign its visitor in as that learner, whose work would then be handed in as another's.
    c.JupyterHub.cookie_host_prefix_enabled = True
c.JupyterHub.db_url = f"sqlite:///{STATE / 'jupyterhub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(STATE / "cookie_secret")
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{PROXY_PORT}"
c.ConfigurableHTTPProxy.pid_file = str(STATE / "proxy.pid")
_own = HERE / "node_modules" / ".bin" / "configurable-http-proxy"
c.ConfigurableHTTPProxy.command = [str(_own) if _own.exists() else shutil.which(_own.name) or str(_own)]
c.JupyterHub.cleanup_servers = True
