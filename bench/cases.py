"""The measurements behind docs/performance.md. Called by run.sh, which says what it needs."""

import os
import shlex
import shutil
import subprocess
import sys
import time

import measure
from measure import interleaved, median, ratio

COOP = os.environ["BENCH_COOP"]
PLACE = os.environ["BENCH_PLACE"]
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "21"))
IMAGE = os.environ["COOP_IMAGE"]
# Trees belong to an ordinary user: for root's own, the printed command names mounts that exist only during a run.
OWNER = 1000 if os.getuid() == 0 else os.getuid()


def surroundings(engine):
    others = {name: value for name, value in os.environ.items() if not name.startswith("COOP_")}
    return {**others, "COOP_RUNTIME": engine, "COOP_IMAGE": IMAGE}


def milliseconds(seconds):
    return f"{seconds * 1000:8.1f} ms"


def megabytes(value):
    return f"{value / 1e6:8.1f} MB"


def row(case, figure, target=""):
    print(f"{case:<52}{figure:<34}{target}", flush=True)


def verdict(value, limit, unit=""):
    return f"target ≤ {limit:g}{unit}: {'held' if value <= limit else 'MISSED'}"


def tree(name, files, masks=0, owner=OWNER):
    """A repository of so many small files, a hundred a directory; made once."""
    root = f"{PLACE}/{name}"
    if os.path.isdir(root):
        return root
    for number in range(files + masks):
        directory = f"{root}/src/d{number // 100}"
        if number % 100 == 0:
            os.makedirs(directory)
        ending = "txt" if number < files else "pem"
        with open(f"{directory}/file{number}.{ending}", "w", encoding="ascii") as file:
            file.write(f"line of file {number}\n" * 4)
    git = ["git", "-C", root, "-c", "user.name=bench", "-c", "user.email=bench@localhost", "-c", "gc.auto=0"]
    subprocess.run([*git, "init", "--quiet", "--initial-branch=main"], check=True)
    subprocess.run([*git, "add", "--all"], check=True)
    subprocess.run([*git, "commit", "--quiet", "--message=all"], check=True)
    # An index as young as its files would have Coop settle it before each run; no repository stays like that.
    time.sleep(1.1)
    subprocess.run([*git, "update-index", "-q", "--refresh", "--force-write-index"], check=True)
    if owner != os.getuid():
        subprocess.run(["chown", "--recursive", f"{owner}:{owner}", root], check=True)
    return root


def printed_command(root, engine):
    """The words of the engine command that a rehearsal prints in its last line."""
    words = [COOP, "run", "--dry-run", "--", "true"]
    printed = subprocess.run(words, cwd=root, env=surroundings(engine), check=True, capture_output=True, text=True).stdout
    return shlex.split(printed.rstrip("\n").rsplit("\n", 1)[1])


def bare_command(root, engine):
    return [engine, "run", "--rm", "--mount", f"type=bind,source={root},target={root}", IMAGE, "true"]


def compare(case, first, second, target=None):
    middle, low, high = ratio(first, second)
    figure = f"{milliseconds(median(first))} /{milliseconds(median(second))}"
    spread = f"{middle:.3f}×  ({low:.3f}–{high:.3f})"
    row(case, figure, f"{spread:<26}{verdict(middle, target, '×') if target else ''}")


def engines(*wanted):
    return [name for name in wanted if shutil.which(name) and usable(name)]


def usable(name):
    asks = {"docker": ["docker", "image", "inspect", IMAGE], "podman": ["podman", "image", "inspect", IMAGE]}
    asked = asks.get(name, [name, "--version"])
    if subprocess.run(asked, capture_output=True, check=False).returncode == 0:
        return True
    print(f"left out: {name} does not answer, or has no image {IMAGE}", flush=True)
    return False


def own_time(case, root, engine, target):
    run = [COOP, "run", "--", "true"]
    times = [measure.own_processor_time(run, root, surroundings(engine)) for _ in range(ROUNDS)]
    row(case, milliseconds(median(times)), verdict(median(times) * 1000, target, " ms"))


def start():
    """coop run against the command it issues and against a bare engine."""
    for engine in engines("docker", "podman"):
        for masks, limit, processor in ((0, 1.06, 25), (100, 1.08, 30)):
            root = tree(f"files10000-masks{masks}", 10_000, masks)
            commands = {
                "coop": [COOP, "run", "--", "true"],
                "printed": printed_command(root, engine),
                "bare": bare_command(root, engine),
            }
            times = interleaved(ROUNDS, commands, root, surroundings(engine))
            name = f"{engine}, 10,000 files, {masks} masks"
            compare(f"{name}: coop / printed", times["coop"], times["printed"], limit)
            compare(f"{name}: coop / bare", times["coop"], times["bare"], None if masks else 1.15)
            own_time(f"{name}: coop's own processor time", root, engine, processor)


def embedded():
    """coop run on bubblewrap against the command it issues and against a bare podman."""
    if not engines("bwrap"):
        return
    for masks, processor in ((0, 25), (100, 30)):
        root = tree(f"files10000-masks{masks}", 10_000, masks)
        commands = {"coop": [COOP, "run", "--", "true"], "printed": printed_command(root, "bwrap")}
        if engines("podman"):
            commands["bare"] = bare_command(root, "podman")
        times = interleaved(ROUNDS, commands, root, surroundings("bwrap"))
        name = f"bwrap, 10,000 files, {masks} masks"
        compare(f"{name}: coop / printed", times["coop"], times["printed"])
        if "bare" in times:
            compare(f"{name}: coop / bare podman", times["coop"], times["bare"], 0.3)
        own_time(f"{name}: coop's own processor time", root, "bwrap", processor)


def staged():
    """What a repository of root's costs more: mounts with mapped owners are made and taken away for each run."""
    if os.getuid() != 0:
        return
    theirs, mine = tree("files10000-masks0", 10_000), tree("files10000-of-root", 10_000, owner=0)
    for engine in engines("docker", "podman", "bwrap"):
        run = [COOP, "run", "--", "true"]
        first, second = [], []
        for _ in range(ROUNDS):
            first.append(measure.wall(run, mine, surroundings(engine)))
            second.append(measure.wall(run, theirs, surroundings(engine)))
        compare(f"{engine}: repository of root's / of a user's", first, second)


def plan():
    """The plan of 100,000 files: a rehearsal less a start of the program."""
    root = tree("files100000", 100_000)
    here = surroundings("bwrap")
    commands = {"plan": [COOP, "run", "--dry-run", "--", "true"], "start": [COOP, "version"]}
    times = interleaved(ROUNDS, commands, root, here)
    took = median(times["plan"]) - median(times["start"])
    row("plan of 100,000 files, less start-up", milliseconds(took), verdict(took * 1000, 150, " ms"))
    peaks = [measure.peak_memory(commands["plan"], root, here) for _ in range(5)]
    row("  peak of resident memory", megabytes(median(peaks)), verdict(median(peaks) / 1e6, 60, " MB"))
    own = [measure.own_processor_time(commands["plan"], root, here) for _ in range(ROUNDS)]
    row("  coop's own processor time, start-up included", milliseconds(median(own)))


def comparison():
    """From the last act of the command to the end of coop: bubblewrap's end, the walk, the comparison."""
    if not engines("bwrap"):
        return
    root = tree("files10000-masks0", 10_000)
    stamp, times = f"{root}/stamp", []
    words = [COOP, "run", "--", "sh", "-c", 'exec date +%s%N > "$0"', stamp]
    for _ in range(ROUNDS):
        measure.wall(words, root, surroundings("bwrap"))
        ended = time.time_ns()
        with open(stamp, encoding="ascii") as file:
            times.append((ended - int(file.read())) / 1e9)
    row("bwrap, 10,000 files: after the command", milliseconds(median(times)), verdict(median(times) * 1000, 40, " ms"))


def version():
    """How quick and small a start is."""
    words, here = [COOP, "version"], surroundings("bwrap")
    times = [measure.wall(words, PLACE, here) for _ in range(ROUNDS * 5)]
    row("coop version", milliseconds(median(times)), verdict(median(times) * 1000, 15, " ms"))
    peaks = [measure.peak_memory(words, PLACE, here) for _ in range(5)]
    row("  peak of resident memory", megabytes(median(peaks)), verdict(median(peaks) / 1e6, 20, " MB"))


def masks():
    """5,000 masks on each engine."""
    root = tree("masks5000", 5_000, 5_000)
    for engine in engines("docker", "podman", "bwrap"):
        try:
            commands = {"coop": [COOP, "run", "--", "true"], "printed": printed_command(root, engine)}
            times = interleaved(max(5, ROUNDS // 3), commands, root, surroundings(engine))
            compare(f"{engine}, 5,000 masks: coop / printed", times["coop"], times["printed"], 1.08)
        except (measure.Failed, subprocess.CalledProcessError) as failure:
            said = failure.stderr if isinstance(failure, subprocess.CalledProcessError) else str(failure)
            row(f"{engine}, 5,000 masks", "does not start", "; ".join(said.strip().splitlines()[-2:]))


def doctor():
    """Doctor attacks a box of each engine."""
    root = tree("files10000-masks100", 10_000, 100)
    for engine, limit in (("docker", 15), ("bwrap", 3)):
        if engines(engine):
            times = [measure.wall([COOP, "doctor"], root, surroundings(engine)) for _ in range(3)]
            row(f"{engine}: coop doctor", milliseconds(median(times)), verdict(median(times), limit, " s"))


def forks():
    """Hand work out, look at it, land it."""
    import forks as measured

    measured.run()


def queue():
    """A queue of 2,000 tasks: read and listed, and changed; the whole process less its start."""
    root = tree("queue", 1, owner=os.getuid())
    os.makedirs(f"{root}/.agent", exist_ok=True)
    body = "  Context: why\n  Files: src/a\n  Direction: how\n  Checks: make test\n"
    with open(f"{root}/.agent/TASKS.md", "w", encoding="ascii") as file:
        file.write("".join(f"- [ ] task {number}\n{body}" for number in range(2000)))
    commands = {
        "start": [COOP, "version"],
        "listed": [COOP, "tasks", "list", "--json"],
        "one more added": [COOP, "tasks", "add", "one more"],
    }
    times = interleaved(ROUNDS, commands, root, surroundings("bwrap"))
    for case in ("listed", "one more added"):
        own = (median(times[case]) - median(times["start"])) * 1000
        row(f"queue of 2,000 tasks, {case}, less start-up", f"{own:8.1f} ms", verdict(own, 20, " ms"))


def loop():
    """What the loop adds to an iteration, and how quickly it takes what an agent prints."""
    import loop as measured

    measured.run()


CASES = {
    case.__name__: case
    for case in (version, plan, embedded, comparison, start, masks, staged, doctor, forks, queue, loop)
}


def main(names):
    for name in names or CASES:
        if name not in CASES:
            sys.exit(f"No measurement '{name}'. Known: {', '.join(CASES)}, soak")
    print(f"{time.strftime('%Y-%m-%d %H:%M')}, {os.cpu_count()} processors, Linux {os.uname().release},", end=" ")
    print(f"load {os.getloadavg()[0]:.1f}, {ROUNDS} rounds, medians; ratios are medians of the rounds (quartiles)")
    missed = False
    for name in names or CASES:
        try:
            CASES[name]()
        except measure.Failed as failure:
            missed = True
            print(f"{name}: {failure}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
