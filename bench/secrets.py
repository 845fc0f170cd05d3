"""Quality and speed of `coop check-secrets`.

  bench/run.sh secrets [CORPUS]

CORPUS (or COOP_SECRETS_CORPUS) holds tree/ and truth.jsonl, a label a line: path, line, end_line, kind, positive. Without one, a corpus is made of the
detectors' own examples, in the ways people write values down: that tells of the scanner's reading, not of the detectors' coverage.
BENCH_KINDS=1 prints the table of kinds that docs/secrets.md holds.
BENCH_CLEAN names a directory of clean text; by default what this machine has of headers and documentation.
"""
import collections, json, os, pathlib, random, re, resource, shutil, subprocess, sys, tempfile, time

HERE = pathlib.Path(__file__).resolve().parent.parent
COOP = os.environ["BENCH_COOP"]
PLACE = pathlib.Path(os.environ["BENCH_PLACE"])
TABLES = HERE / "src/Coop/Detectors"

# Ways of writing NAME and VALUE; a name in words, as a language would join them.
PLACEMENTS = {
    "env": '{UPPER}={value}\n',
    "yaml.yaml": 'service:\n  {snake}: "{value}"\n',
    "json.json": '{{\n  "{camel}": "{value}"\n}}\n',
    "toml.toml": '[a]\n{snake} = "{value}"\n',
    "properties.properties": '{dotted}={value}\n',
    "xml.xml": '<a>\n  <property name="{dotted}" value="{xml}"/>\n</a>\n',
    "element.xml": '<a>\n  <{camel}>{xml}</{camel}>\n</a>\n',
    "go.go": 'func main() {{\n\tos.Setenv("{UPPER}", "{value}")\n}}\n',
    "rs.rs": 'let {snake} = String::from("{value}");\n',
    "java.java": '  private static final String {UPPER} = "{value}";\n',
    "php.php": "<?php\ndefine('{UPPER}', '{value}');\n",
    "Dockerfile": 'FROM a\nENV {UPPER} {value}\n',
    "sh.sh": 'export {UPPER}="{value}"\n',
    "bat.bat": 'setx {UPPER} "{value}"\r\n',
    "py.py": 'client = Client({snake}="{value}")\n',
    "comment.py": '# {snake}: {value}\n',
    "k8s.yml": 'env:\n  - name: {UPPER}\n    value: "{value}"\n',
}


def detectors():
    """Every entry of the tables, as a dictionary of its words."""
    for table in sorted(TABLES.glob("*.detectors")):
        entry = None
        for line in table.read_text().splitlines():
            if line and line[0] not in " #":
                if entry:
                    yield entry
                entry = {"id": line.split(": ")[0]}
            elif line.startswith("  "):
                word, value = line.strip().split(" ", 1)
                entry.setdefault(word, value)
        if entry:
            yield entry


def make_corpus(place):
    """A corpus of the detectors' own examples, the same each time."""
    choice = random.Random(7)
    truth = []
    for number, entry in enumerate(detectors()):
        word = entry.get("name", entry.get("near", "some")).split()[0]
        tail = {"key": "api key"}.get(entry.get("tail", "token").split()[0], entry.get("tail", "token").split()[0])
        words = [word.replace("_", "")] + tail.split()
        value = entry["example"].replace("¦", "")
        if not re.fullmatch(r"[A-Za-z0-9._/+=:~-]+", value):
            continue
        for name in choice.sample(sorted(PLACEMENTS), 4):
            path = "%s/%d/%s" % (entry["id"], number, name)
            text = PLACEMENTS[name].format(
                value=value, xml=value, snake="_".join(words), UPPER="_".join(words).upper(), dotted=".".join(words),
                camel=words[0] + "".join(w.capitalize() for w in words[1:]))
            file = place / "tree" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
            line = text[: text.index(value)].count("\n") + 1
            truth.append({"path": path, "line": line, "end_line": line, "kind": entry["id"], "positive": True})
    (place / "truth.jsonl").write_text("".join(json.dumps(t) + "\n" for t in truth))


def scan(tree, *words, cores=None):
    command = (["taskset", "-c", cores] if cores else []) + [COOP, "check-secrets", "--format", "json", *words]
    start = time.monotonic()
    process = subprocess.Popen(command, cwd=tree, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit("coop check-secrets ended with %d in %s" % (os.waitstatus_to_exitcode(status), tree))
    return json.loads(output), seconds, usage.ru_maxrss / 1024


def score(corpus):
    tree = PLACE / "corpus"
    shutil.copytree(corpus / "tree", tree)
    found = collections.defaultdict(list)
    document, _, _ = scan(tree)
    for finding in document["findings"]:
        found[finding["path"]].append((finding["line"], finding["endLine"]))
    near, kinds = collections.defaultdict(set), collections.defaultdict(lambda: [0, 0])
    for label in map(json.loads, (corpus / "truth.jsonl").read_text().splitlines()):
        if not label["positive"]:
            continue
        lines = range(label["line"] - 1, label["end_line"] + 2)
        near[label["path"]].update(lines)
        hit = any(line < lines.stop and end >= lines.start for line, end in found[label["path"]])
        kinds[label["kind"]][0] += hit
        kinds[label["kind"]][1] += 1
    places = {(path, line, end) for path, pairs in found.items() for line, end in pairs}
    wrong = [p for p in places if not any(n in near[p[0]] for n in range(p[1], min(p[2], p[1] + 400) + 1))]
    hits, total = sum(k[0] for k in kinds.values()), sum(k[1] for k in kinds.values())
    recall = hits / max(total, 1)
    precision = (len(places) - len(wrong)) / max(len(places), 1)
    print("| corpus | credentials | kinds | recall | precision | F1 | worst kind |\n|---|--:|--:|--:|--:|--:|---|")
    worst = min(kinds.items(), key=lambda item: item[1][0] / item[1][1])
    f1 = 2 * recall * precision / max(recall + precision, 1e-9)
    print("| %s | %d | %d | %.4f | %.4f | %.4f | %s %d/%d |" % (corpus.name, total, len(kinds), recall, precision, f1, worst[0], *worst[1]))
    if os.environ.get("BENCH_KINDS"):
        print("\n| kind | found |\n|---|--:|")
        for kind, (hit, of) in sorted(kinds.items()):
            print("| %s | %d of %d |" % (kind, hit, of))
        print()
    for kind, (hit, of) in sorted(kinds.items(), key=lambda item: item[1][0] / item[1][1]):
        if hit < of:
            print("  missed: %d of %d %s" % (of - hit, of, kind))
    for path, line, _ in sorted(wrong)[:40]:
        print("  false: %s:%d" % (path, line))


def clean_tree():
    """At most 20,000 files and 270 MB of text that holds no credential."""
    tree = PLACE / "clean"
    files = size = 0
    for source in os.environ.get("BENCH_CLEAN", "/usr/include:/usr/share/doc:/usr/lib/python3:/usr/share/perl").split(":"):
        for directory, _, names in os.walk(source):
            for name in names:
                path = os.path.join(directory, name)
                if os.path.islink(path) or not os.path.isfile(path) or files >= 20_000 or size >= 270e6:
                    continue
                try:
                    target = tree / str(files // 200) / ("%d-%s" % (files, name))
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(path, target)
                except OSError:
                    continue
                files, size = files + 1, size + os.path.getsize(path)
    return tree, files, size


def speed():
    tree, files, size = clean_tree()
    rounds = int(os.environ.get("BENCH_ROUNDS", "5"))
    one = sorted(cat(tree) for _ in range(rounds))[rounds // 2]
    runs = [scan(tree, cores="0") for _ in range(rounds)]
    seconds = sorted(run[1] for run in runs)[rounds // 2]
    document, all_seconds, _ = scan(tree)
    print("\n| clean text | cat, one core | coop, one core | times cat | coop, all cores | MB resident | findings |\n|---|--:|--:|--:|--:|--:|--:|")
    print("| %d files, %.0f MB | %.2f s | %.2f s | %.1f | %.2f s | %.0f | %d |" % (
        files, size / 1e6, one, seconds, seconds / one, all_seconds, max(run[2] for run in runs), len(document["findings"])))
    for finding in document["findings"][:40]:
        print("  %s:%d %s" % (finding["path"], finding["line"], finding["kind"]))
    small = PLACE / "small"
    shutil.copytree(HERE / "src", small)
    times = sorted(scan(small)[1] for _ in range(11))
    print("\nA small tree (the program's own source): %.0f ms, start included." % (times[5] * 1000))


def cat(tree):
    start = time.monotonic()
    subprocess.run(["taskset", "-c", "0", "sh", "-c", "find . -type f -print0 | xargs -0 cat | wc -c"], cwd=tree, stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - start


def main():
    named = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("COOP_SECRETS_CORPUS")
    if named:
        score(pathlib.Path(named).resolve())
    else:
        own = PLACE / "own-examples"
        make_corpus(own)
        score(own)
    speed()


main()
