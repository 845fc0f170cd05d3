"""Times programs: wall time, the processor time of one process without its children, and its peak of resident memory.

Linux only, nothing but the standard library.
"""

import ctypes
import os
import statistics
import struct
import sys
import time

libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]

PERF_EVENT_OPEN = {"x86_64": 298, "aarch64": 241}
SOFTWARE, TASK_CLOCK = 1, 1
DISABLED, INHERIT, ENABLE_ON_EXEC, INHERIT_THREAD = 1 << 0, 1 << 1, 1 << 12, 1 << 35
TRACE_ME, TRACE_CONTINUE, TRACE_SET_OPTIONS, TRACE_EXIT, EVENT_EXIT = 0, 7, 0x4200, 0x40, 6
SIGTRAP = 5


class Failed(Exception):
    """A program that was to be measured did not do its work."""


def start(words, directory, environment, before=None):
    """Starts a program that waits for its word to go. Returns its id and a function that gives the word."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(write)
            nothing = os.open("/dev/null", os.O_RDWR)
            os.dup2(nothing, 0)
            os.dup2(nothing, 1)
            os.dup2(errors, 2)
            os.chdir(directory)
            os.read(read, 1)
            if before:
                before()
            os.execvpe(words[0], words, environment)
        finally:
            os._exit(127)
    os.close(read)

    def go():
        os.write(write, b".")
        os.close(write)

    return child, go


# What the programs complain of, kept for the day one of them fails.
errors = os.memfd_create("errors")


def finish(child, words):
    _, status, usage = os.wait4(child, 0)
    check(status, words)
    return usage


def check(status, words):
    code = os.waitstatus_to_exitcode(status)
    said = os.pread(errors, 1 << 16, 0).decode(errors="replace").strip().splitlines()
    os.ftruncate(errors, 0)
    os.lseek(errors, 0, os.SEEK_SET)
    if code != 0:
        shown = " ".join(words)
        raise Failed(f"exit {code}: {shown[:300]}{'…' if len(shown) > 300 else ''}\n" + "\n".join(said[-5:]))


def wall(words, directory, environment):
    """Seconds from the word to go to the end."""
    child, go = start(words, directory, environment)
    began = time.perf_counter()
    go()
    finish(child, words)
    return time.perf_counter() - began


def own_processor_time(words, directory, environment):
    """Seconds on a processor, user and kernel, of the program and all its threads, without the programs it starts.

    What wait4 tells includes every child that was waited for, and /proc/<pid>/stat counts in hundredths. The kernel's task
    clock (perf_event_open, kernel 5.13 for inherit_thread) counts nanoseconds, follows new threads and no new process.
    """
    child, go = start(words, directory, environment)
    counter = task_clock(child)
    go()
    finish(child, words)
    value = struct.unpack("Q", os.read(counter, 8))[0] / 1e9
    os.close(counter)
    return value


def task_clock(process):
    size = 128
    attribute = struct.pack("IIQQQQQ", SOFTWARE, size, TASK_CLOCK, 0, 0, 0, DISABLED | INHERIT | ENABLE_ON_EXEC | INHERIT_THREAD)
    buffer = ctypes.create_string_buffer(attribute.ljust(size, b"\0"), size)
    number = PERF_EVENT_OPEN[os.uname().machine]
    opened = libc.syscall(ctypes.c_long(number), buffer, process, -1, ctypes.c_long(-1), ctypes.c_ulong(8))
    if opened < 0:
        raise Failed(
            f"perf_event_open: {os.strerror(ctypes.get_errno())}; be root, or: sudo sysctl kernel.perf_event_paranoid=1"
        )
    return opened


def peak_memory(words, directory, environment):
    """The highest resident memory in bytes, of this program alone.

    What wait4 tells is at least what this very program had before exec. So stop the other one at its exit, when its memory
    is still there, and read VmHWM.
    """
    child, go = start(words, directory, environment, before=lambda: libc.ptrace(TRACE_ME, 0, None, None))
    go()
    os.waitpid(child, 0)
    libc.ptrace(TRACE_SET_OPTIONS, child, None, TRACE_EXIT)
    peak, signal = 0, 0
    while True:
        libc.ptrace(TRACE_CONTINUE, child, None, signal)
        _, status = os.waitpid(child, 0)
        if not os.WIFSTOPPED(status):
            check(status, words)
            return peak
        signal = os.WSTOPSIG(status)
        if status >> 8 == SIGTRAP | EVENT_EXIT << 8:
            signal = 0
            with open(f"/proc/{child}/status", encoding="ascii") as file:
                peak = max(int(line.split()[1]) * 1024 for line in file if line.startswith("VmHWM"))


def interleaved(rounds, commands, directory, environment):
    """Runs every command once a round, each round beginning with another one, after one round that does not count.

    commands: name to words. Returns name to its list of wall times, in the order of the rounds.
    """
    names = list(commands)
    times = {name: [] for name in names}
    for number in range(-1, rounds):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            taken = once_more(wall, commands[name], directory, environment)
            if number >= 0:
                times[name].append(taken)
    return times


def once_more(measurement, words, directory, environment):
    """Measures again what failed once: a busy engine sometimes loses a start of its own. The second failure counts."""
    try:
        return measurement(words, directory, environment)
    except Failed as failure:
        print(f"once more: {failure}", file=sys.stderr)
        return measurement(words, directory, environment)


def median(values):
    return statistics.median(values)


def ratio(first, second):
    """The median of the rounds' own ratios, and its quartiles: what both felt alike falls out."""
    quarters = statistics.quantiles([a / b for a, b in zip(first, second)], n=4)
    return quarters[1], quarters[0], quarters[2]
