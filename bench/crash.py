#!/usr/bin/env python3
"""Kills `coop fork merge` at system calls that write, and looks at what the next command makes of it.

    bench/crash.py COOP [POINTS] [SEED]

A first run counts the calls of coop and everything it starts; then each sampled call is the last one of a run of its own: the whole
family of processes is killed at its entry, as by a power failure. After the next command (`coop fork ls`, `coop fork merge`) the branch must
stand on the old commit or on the new one, index and tree must agree with it, and nothing of the user's may be lost.
Prints one line for each point that does not hold and a closing line. Linux on x86-64, as root or anybody; nothing but the standard library.
"""

import ctypes
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile

libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
libc.ptrace.restype = ctypes.c_long

TRACEME, CONT, SYSCALL, SETOPTIONS, GETEVENTMSG, GET_SYSCALL_INFO = 0, 7, 24, 0x4200, 0x4201, 0x420E
OPTIONS = 0x1 | 0x2 | 0x4 | 0x8 | 0x10 | 0x100000  # sysgood, fork, vfork, clone, exec, exit-kill
WALL = 0x40000000

# write, pwrite64, writev, rename, mkdir, rmdir, link, unlink, symlink, truncate, ftruncate, fsync, openat(creating), mkdirat, unlinkat,
# renameat, linkat, symlinkat, renameat2, copy_file_range, fallocate, utimensat, chmod and its kind
WRITES = {1, 18, 20, 40, 76, 77, 82, 83, 84, 86, 87, 88, 90, 91, 258, 260, 263, 264, 265, 266, 268, 280, 285, 316, 326}
OPENAT, OPEN, CREATING = 257, 2, 0o100 | 0o1000 | 0o1 | 0o2


def entry(pid):
    """(number, arguments) when the process stands at the entry of a call, else None."""
    buffer = (ctypes.c_ubyte * 96)()
    if libc.ptrace(GET_SYSCALL_INFO, pid, len(buffer), ctypes.addressof(buffer)) <= 0 or buffer[0] != 1:
        return None
    words = ctypes.cast(ctypes.addressof(buffer) + 24, ctypes.POINTER(ctypes.c_uint64))
    return words[0], [words[i] for i in range(1, 7)]


def is_write(call):
    number, arguments = call
    if number == OPENAT:
        return bool(arguments[2] & CREATING)
    if number == OPEN:
        return bool(arguments[1] & CREATING)
    if number in (1, 18, 20):  # to a file or a pipe alike; what goes to a terminal or a pipe changes nothing, but costs a point only
        return True
    return number in WRITES


def run(words, directory, environment, stop_at=None):
    """Runs to the end, or to the entry of the given write; returns how many were seen and the exit code (None when killed)."""
    child = os.fork()
    if child == 0:
        os.chdir(directory)
        nothing = os.open("/dev/null", os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(nothing, number)
        os.setpgid(0, 0)
        libc.ptrace(TRACEME, 0, None, None)
        os.kill(os.getpid(), signal.SIGSTOP)
        os.execve(words[0], words, environment)
    os.waitpid(child, WALL)
    libc.ptrace(SETOPTIONS, child, None, OPTIONS)
    libc.ptrace(SYSCALL, child, None, None)
    alive, seen, code = {child}, 0, None
    while True:
        try:
            pid, status = os.waitpid(-1, WALL)
        except ChildProcessError:
            return seen, code
        if os.WIFEXITED(status) or os.WIFSIGNALED(status):
            alive.discard(pid)
            if pid == child:
                code = os.waitstatus_to_exitcode(status)
            continue
        alive.add(pid)
        deliver = 0
        if os.WIFSTOPPED(status):
            what = os.WSTOPSIG(status)
            if what == signal.SIGTRAP | 0x80:
                call = entry(pid)
                if call and is_write(call):
                    seen += 1
                    if seen == stop_at:
                        for victim in list(alive):
                            try:
                                os.kill(victim, signal.SIGKILL)
                            except ProcessLookupError:
                                pass
                        return seen, bury()
            elif what not in (signal.SIGTRAP, signal.SIGSTOP):
                deliver = what
        libc.ptrace(SYSCALL, pid, None, deliver)


def bury():
    """Waits for the end of all that was killed. A process born at that moment was not among them: it stands still at its birth, for ever."""
    while True:
        try:
            pid, status = os.waitpid(-1, WALL)
        except ChildProcessError:
            return None
        if os.WIFSTOPPED(status):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass


class World:
    """A repository with work in a fork; made once, copied for each point."""

    def __init__(self, coop, place):
        self.coop, self.place = coop, place
        self.home = os.path.join(place, "home")
        os.makedirs(self.home)
        with open(os.path.join(self.home, ".gitconfig"), "w") as config:
            config.write("[user]\n\tname = Ada\n\temail = ada@example.org\n[core]\n\tfsync = none\n")
        self.environment = {"HOME": self.home, "PATH": os.environ["PATH"], "COOP_RUNTIME": "bwrap"}
        self.repo = os.path.join(place, "repo")

    def call(self, *words, cwd=None):
        # What hangs is told with its words instead of holding up whoever waits for this.
        return subprocess.run(
            words, cwd=cwd or self.repo, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=100
        )

    def git(self, *words, cwd=None):
        answer = self.call("git", *words, cwd=cwd)
        if answer.returncode:
            raise RuntimeError(f"git {' '.join(words)}: {answer.stderr}")
        return answer.stdout

    def write(self, name, content, root=None):
        path = os.path.join(root or self.repo, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write(content)

    def make(self):
        os.makedirs(self.repo)
        self.git("init", "-q", "-b", "main")
        for number in range(12):
            self.write(f"src/{number}.txt", f"{number}\n" * 400)
        self.write(".gitignore", "local.db\n")
        self.write("gone/a.txt", "a\n")
        self.write("kind", "file\n")
        self.git("add", "-A")
        self.git("commit", "-qm", "first")
        self.write("local.db", "precious\n")
        self.write("notes.txt", "untracked\n")
        os.environ.update(self.environment)
        agent = "for n in 1 2 3 4; do echo forked > src/$n.txt; done; echo new > new.txt; mkdir -p deep/er; echo x > deep/er/x; git rm -q gone/a.txt kind; mkdir kind; echo y > kind/y; chmod +x src/5.txt; git add -A; git commit -qm work"
        answer = subprocess.run(
            [self.coop, "fork", "f1", "claude"], cwd=self.repo, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            env={**self.environment, "COOP_CLAUDE_CMD": f"sh -c '{agent}'"},
        )
        if answer.returncode:
            raise RuntimeError("the fork was not made: " + answer.stderr)
        self.write("mine.txt", "mine\n")
        self.git("add", "mine.txt")
        self.git("commit", "-qm", "mine")
        self.old = self.git("rev-parse", "HEAD").strip()

    def state(self):
        return (
            self.git("rev-parse", "main").strip(),
            self.git("symbolic-ref", "HEAD").strip(),
            self.git("status", "--porcelain"),
            open(os.path.join(self.repo, "local.db")).read(),
            open(os.path.join(self.repo, "notes.txt")).read(),
        )


def restore(world, keep):
    """Copies in place: the fork's directories keep their numbers, by which coop knows them."""
    fork = os.path.join(world.repo + "-forks", "f1")
    for name in os.listdir(world.place):
        if name not in ("home", "repo-forks", "keep"):
            shutil.rmtree(os.path.join(world.place, name))
    state = os.path.join(world.repo + "-forks", ".coop")
    shutil.rmtree(state)
    shutil.copytree(os.path.join(keep, "repo"), world.repo, symlinks=True)
    shutil.copytree(os.path.join(keep, "state"), state, symlinks=True)
    assert os.path.isdir(fork)
    subprocess.run(["git", "update-index", "-q", "--refresh"], cwd=world.repo, env=world.environment, check=True)


def check(world, landed):
    """What the user finds after the next two commands; None when all is well."""
    first = world.call(world.coop, "fork", "review", "f1", "--stat")
    branch, head, status, ignored, untracked = world.state()
    if head != "refs/heads/main":
        return f"HEAD stands on {head}"
    if (ignored, untracked) != ("precious\n", "untracked\n"):
        return "a file of the user's changed"
    if status != "?? notes.txt\n":
        return f"the tree is not clean: {status!r}; coop said: {first.stderr!r}"
    tree = world.git("rev-parse", "main^{tree}").strip()
    if branch == world.old:
        second = world.call(world.coop, "fork", "merge", "f1", "--yes")
        if second.returncode:
            return f"it does not land any more: {second.stderr!r}"
        tree = world.git("rev-parse", "main^{tree}").strip()
    if tree != landed:
        return f"another tree landed: {tree}"
    branch, head, status, ignored, untracked = world.state()
    if status != "?? notes.txt\n" or (ignored, untracked) != ("precious\n", "untracked\n"):
        return f"the second landing left {status!r}"
    world.git("fsck")
    left = [n for n in os.listdir(os.path.join(world.repo, ".git")) if "lock" in n or "coop" in n]
    left += os.listdir(os.path.join(world.repo + "-forks", ".coop", "scratch"))
    if left or os.path.exists(os.path.join(world.repo + "-forks", ".coop", "landing.json")):
        return f"left behind: {left}"
    return None


def main():
    coop = os.path.abspath(sys.argv[1])
    points = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    place = tempfile.mkdtemp(prefix="coop-crash.", dir=os.environ.get("TMPDIR"))
    try:
        world = World(coop, place)
        world.make()
        keep = os.path.join(place, "keep")
        os.makedirs(keep)
        shutil.copytree(world.repo, os.path.join(keep, "repo"), symlinks=True)
        shutil.copytree(os.path.join(world.repo + "-forks", ".coop"), os.path.join(keep, "state"), symlinks=True)
        words = [coop, "fork", "merge", "f1", "--yes"]
        total, code = run(words, world.repo, world.environment)
        if code:
            raise RuntimeError(f"the undisturbed merge ended with {code}")
        landed = world.git("rev-parse", "main^{tree}").strip()
        chosen = sorted(random.Random(seed).sample(range(1, total + 1), min(points, total)))
        bad, before, after = 0, 0, 0
        for point in chosen:
            restore(world, keep)
            run(words, world.repo, world.environment, point)
            if world.git("rev-parse", "main").strip() == world.old:
                before += 1
            else:
                after += 1
            problem = check(world, landed)
            if problem:
                bad += 1
                print(f"killed at write {point} of {total}: {problem}", flush=True)
        print(f"{len(chosen)} of {total} writes, seed {seed}: {bad} bad; the branch stood {before} times on the old commit, {after} times on the new one")
        return 1 if bad else 0
    finally:
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
