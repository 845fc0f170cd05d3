"""The measurements of the loop. Called by cases.py."""

import os
import shlex
import subprocess
import time

import measure
from cases import COOP, OWNER, PLACE, ROUNDS, engines, megabytes, milliseconds, row, surroundings, tree, verdict
from measure import median

TASKS = 10
OUTPUT = 100_000_000
LOOP = [COOP, "loop", "claude"]

# The same processes whether a loop has claimed a task or not.
AGENT = """
for prompt; do :; done
case "$prompt" in "Other agents"*) echo '{"task": 1, "holds": true}'; exit ;; esac
echo x >> work.txt
git -c user.name=a -c user.email=a@localhost commit --quiet --all --message=work
sed -i 's/^- .w. /- [x] /' .agent/TASKS.md
[ ! -e .output ] || cat .output
"""

EVENT = '{"type":"assistant","message":{"content":[{"type":"tool_use","name":"Bash","input":{"command":"make test"}}]}}\n'
RESULT = '{"type":"user","message":{"content":[{"type":"tool_result","content":"' + "a line of what a tool printed\\n" * 128 + '"}]}}\n'
LINE = "a line of a program that tells what it does, as most of them do\n"


CASES = (
    ("events and results of tools", EVENT + RESULT, "COOP_CLAUDE_CMD"),
    ("events alone, all shown", EVENT, "COOP_CLAUDE_CMD"),
    ("lines", LINE, "COOP_LOOP_CMD"),
    ("one line", "x", "COOP_LOOP_CMD"),
)


def repository(name, tasks):
    """A repository with a queue of so many tasks and the agent, both committed."""
    root = tree(name, 100, owner=os.getuid())
    if not os.path.isdir(f"{root}/.agent"):
        os.makedirs(f"{root}/.agent")
        write(f"{root}/agent.sh", AGENT)
        write(f"{root}/work.txt", "")
        write(f"{root}/.gitignore", ".output\n")
        write(f"{root}/.agent/TASKS.md", "".join(f"- [ ] task {number}\n" for number in range(tasks)))
        git(root, "add", "--all")
        git(root, "-c", "user.name=b", "-c", "user.email=b@localhost", "commit", "--quiet", "--message=queue")
        git(root, "tag", "start")
        if OWNER != os.getuid():
            subprocess.run(["chown", "--recursive", f"{OWNER}:{OWNER}", root], check=True)
    return root


def write(path, text):
    with open(path, "w", encoding="ascii") as file:
        file.write(text)


def git(root, *words):
    subprocess.run(["git", "-c", "safe.directory=*", "-C", root, *words], check=True, capture_output=True)


def prepare(root):
    """Back to the start, in an index that is older than the second in which it is read."""
    as_owner = ["setpriv", "--reuid", str(OWNER), "--regid", str(OWNER), "--clear-groups"] if os.getuid() == 0 else []
    subprocess.run([*as_owner, "git", "-C", root, "reset", "--quiet", "--hard", "start"], check=True, env={"PATH": os.environ["PATH"], "HOME": "/"})
    time.sleep(1.1)
    subprocess.run([*as_owner, "git", "-C", root, "update-index", "-q", "--refresh", "--force-write-index"], check=True, env={"PATH": os.environ["PATH"], "HOME": "/"})


def printed(root, engine):
    words = [COOP, "run", "--dry-run", "--", "sh", "agent.sh"]
    said = subprocess.run(words, cwd=root, env=surroundings(engine), check=True, capture_output=True, text=True).stdout
    return shlex.split(said.rstrip("\n").rsplit("\n", 1)[1])


def iterations():
    """What an iteration costs beyond the agent and its box: a loop of ten tasks against ten times the engine's own command, and against ten times coop run."""
    for engine in engines("docker", "podman", "bwrap"):
        root = repository("loop", TASKS)
        here = {**surroundings(engine), "COOP_LOOP_CMD": "sh agent.sh"}
        bare, run = printed(root, engine), [COOP, "run", "--", "sh", "agent.sh"]
        beyond, against = [], []
        for _ in range(max(3, ROUNDS // 4)):
            prepare(root)
            loop = measure.wall(LOOP, root, here)
            prepare(root)
            boxes = sum(measure.wall(bare, root, here) for _ in range(TASKS))
            prepare(root)
            runs = sum(measure.wall(run, root, here) for _ in range(TASKS))
            beyond.append((loop - boxes) / TASKS)
            against.append((loop - runs) / TASKS)
        row(f"{engine}: an iteration beyond agent and engine", milliseconds(median(beyond)), verdict(median(beyond) * 1000, 100, " ms"))
        row("  … beyond coop run of the same command", milliseconds(median(against)))


def output():
    """100 MB of an agent's output, as events and as lines that are none."""
    if not engines("bwrap"):
        return
    root = repository("output", 1)
    for name, text, variable in CASES:
        here = {**surroundings("bwrap"), variable: "sh agent.sh"}
        times = []
        for size in (0, OUTPUT):
            write(f"{root}/.output", text * (size // len(text)))
            taken = []
            for _ in range(3):
                prepare(root)
                taken.append(measure.wall(LOOP, root, here))
            times.append(median(taken))
        prepare(root)
        peak = measure.peak_memory(LOOP, root, here)
        speed = OUTPUT / 1e6 / max(times[1] - times[0], 1e-9)
        held = "held" if speed >= 100 else "MISSED"
        row(f"bwrap: 100 MB of output, {name}", f"{speed:8.1f} MB/s", f"target ≥ 100 MB/s: {held}")
        row("  peak of resident memory", megabytes(peak), verdict(peak / 1e6, 60, " MB"))


def run():
    iterations()
    output()
