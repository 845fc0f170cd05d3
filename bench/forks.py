"""The measurements of forks. Called by cases.py."""

import os
import shutil
import subprocess
import time

import measure
from cases import COOP, PLACE, ROUNDS, megabytes, milliseconds, row, surroundings, tree, verdict
from measure import median

AGENT = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@localhost", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@localhost"}


def environment():
    return {**surroundings("bwrap"), "COOP_CLAUDE_CMD": "true"}


def coop(root, *words, **more):
    answer = subprocess.run([COOP, "fork", *words], cwd=root, env={**environment(), **more}, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if answer.returncode:
        raise measure.Failed(f"coop fork {' '.join(words)}: {answer.stderr}")
    return answer.stdout


def git(root, *words):
    subprocess.run(["git", "-C", root, *words], check=True, env={**os.environ, **AGENT}, capture_output=True)


def fresh(name, files, place=PLACE):
    """A repository of the caller's own, as committed and packed as one that was cloned."""
    root = tree(name, files, owner=os.getuid())
    git(root, "gc", "--quiet")
    return root


def clone_time(root, target):
    began = time.perf_counter()
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", "--single-branch", root, target], check=True)
    spent = time.perf_counter() - began
    shutil.rmtree(target)
    return spent


def fork_time(root, *more):
    began = time.perf_counter()
    coop(root, "bench", "claude", *more)
    spent = time.perf_counter() - began
    coop(root, "rm", "bench", "--force")
    return spent


def creation(rounds):
    root = fresh("fork60000", 60_000)
    ratios, forks = [], []
    for number in range(rounds + 1):
        pair = [lambda: clone_time(root, f"{PLACE}/clone"), lambda: fork_time(root)]
        first, second = (pair[0](), pair[1]()) if number % 2 else tuple(reversed((pair[1](), pair[0]())))
        if number:
            ratios.append(second / first)
            forks.append(second)
    row("60,000 files: fork (with its box) / git clone", f"{median(ratios):.2f}×, {milliseconds(median(forks))}", verdict(median(ratios), 1.05, "×"))


def dependencies(rounds):
    """Where the file system shares blocks: PLACE on btrfs or xfs."""
    root = fresh("fork-modules", 10_000)
    modules = f"{root}/node_modules"
    if not os.path.isdir(modules):
        for number in range(20_000):
            directory = f"{modules}/m{number // 50}/lib"
            os.makedirs(directory, exist_ok=True)
            with open(f"{directory}/f{number}.js", "w", encoding="ascii") as file:
                file.write(f"module.exports = {number};\n" * 40)
        with open(f"{root}/.git/info/exclude", "a", encoding="ascii") as file:
            file.write("node_modules/\n")
    ratios = []
    for _ in range(rounds):
        plain = clone_time(root, f"{PLACE}/clone")
        ratios.append(fork_time(root, "--include-ignored") / plain)
    row("10,000 files and 20,000 ignored: fork / git clone", f"{median(ratios):.2f}×", verdict(median(ratios), 1.5, "×"))


def review(rounds):
    root = fresh("fork-review", 10_000)
    coop(root, "bench", "claude")
    fork = f"{root}-forks/bench"
    for number in range(2_000):
        with open(f"{fork}/src/d{number // 100}/file{number}.txt", "a", encoding="ascii") as file:
            file.write("changed\n")
    git(fork, "commit", "--quiet", "--all", "--message=many")
    words = [COOP, "fork", "review", "bench"]
    times = [measure.wall(words, root, environment()) for _ in range(rounds)]
    own = [measure.own_processor_time(words, root, environment()) for _ in range(rounds)]
    row("review of 2,000 changed files, whole", milliseconds(median(times)))
    row("… own processor time", milliseconds(median(own)), verdict(median(own), 1, " s"))
    peak = measure.peak_memory(words, root, environment())
    row("… peak of resident memory", megabytes(peak), verdict(peak / 1e6, 60, " MB"))
    coop(root, "rm", "bench", "--force")


def listing(rounds):
    root = fresh("fork-list", 100)
    for number in range(30):
        coop(root, f"bench{number}", "claude")
    times = [measure.wall([COOP, "fork", "ls"], root, environment()) for _ in range(rounds)]
    row("fork ls with 30 forks", milliseconds(median(times)), verdict(median(times) * 1000, 200, " ms"))


def merge(rounds):
    root = fresh("fork-merge", 10_000)
    for case in ("on top", "rebased"):
        times = []
        for number in range(rounds):
            coop(root, "bench", "claude")
            fork = f"{root}-forks/bench"
            with open(f"{fork}/src/d1/file{100 + number}.txt", "a", encoding="ascii") as file:
                file.write(f"{case} {number}\n")
            git(fork, "commit", "--quiet", "--all", "--message=one")
            if case == "rebased":
                git(root, "commit", "--quiet", "--allow-empty", "--message=mine")
            times.append(measure.wall([COOP, "fork", "merge", "bench", "--yes"], root, environment()))
            coop(root, "rm", "bench", "--force")
        row(f"merge of one commit on 10,000 files, {case}", milliseconds(median(times)), verdict(median(times), 0.6, " s"))


def run():
    rounds = max(3, ROUNDS // 4)
    for case in (listing, merge, review, creation, dependencies):
        case(rounds)
