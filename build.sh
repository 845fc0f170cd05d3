#!/usr/bin/env bash
# Everything one does with this repository, in one place:
#
#   ./build.sh demo             publish, then watch a box at work
#   ./build.sh test             everything: engines, format, build, publish, all tests; ends with a line of counts
#   ./build.sh check            the fast part: format, build, tests that need no engine
#   ./build.sh format           lay out the source
#   ./build.sh publish [RID]    the one static executable for Linux; for linux-arm64, osx-arm64, osx-x64 or win-x64
#                               a proof that it compiles; 'all' for every one of them
#   ./build.sh install [DIR]    publish, and copy the executable to DIR (~/.local/bin)
#   ./build.sh bench [ARGS]     the measurements behind docs/performance.md
#
# As root it installs the Debian packages a verb needs; as anybody else it names them.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here"
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_CLI_TELEMETRY_OPTOUT=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# A machine of one run keeps no compiler waiting for the next.
[[ ${CI:-} != true ]] || export UseSharedCompilation=false MSBUILDDISABLENODEREUSE=1

binary=artifacts/publish/Coop/release_linux-x64/coop
probe=artifacts/publish/Coop.StaticProbe/release_linux-x64/coop-probe
size_limit=$((16 * 1024 * 1024))
foreign_targets=(linux-arm64 osx-arm64 osx-x64 win-x64)

say() { printf '%s\n' "$*" >&2; }
die() { say "build.sh: $*" && exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }
help() { sed -n '2,/^set -/{/^#/s/^# \{0,1\}//p}' build.sh; }

# --- what the machine must have ---------------------------------------------------------------------------------------

# Prints the Debian packages that are missing for these purposes.
missing_packages() {
  local purpose
  for purpose in "$@"; do
    case $purpose in
      publish)
        has gcc || has clang || echo gcc
        { has readelf && has objcopy; } || echo binutils
        # The static TLS library is linked by a small project of the framework's own.
        has cmake || echo cmake
        has make || echo make
        [[ -e /usr/include/stdlib.h ]] || echo libc6-dev
        [[ -e /usr/include/zlib.h ]] || echo zlib1g-dev
        [[ -e /usr/include/openssl/ssl.h ]] || echo libssl-dev
        ;;
      demo)
        has git || echo git
        has bwrap || echo bubblewrap
        has slirp4netns || echo slirp4netns
        ;;
      test)
        has git || echo git
        has tmux || echo tmux
        has python3 || echo python3
        has pgrep || echo procps
        ;;
    esac
  done | sort -u
}

need() {
  local packages
  mapfile -t packages < <(missing_packages "$@")
  if ((${#packages[@]} > 0)); then
    if ((EUID != 0)); then
      say "sudo apt-get install -y --no-install-recommends ${packages[*]}"
      exit 1
    fi
    has apt-get || die "these programs are missing, and there is no apt-get to install them: ${packages[*]}"
    say "installing ${packages[*]}"
    local log
    log=$(mktemp)
    if ! { apt-get -o DPkg::Lock::Timeout=300 update -qq &&
      DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends \
        "${packages[@]}"; } >"$log" 2>&1 </dev/null; then
      tail -n 20 "$log" >&2
      die "apt-get could not install ${packages[*]}."
    fi
    rm -f "$log"
  fi
  need_dotnet
}

need_dotnet() {
  has dotnet || die "The .NET 10 SDK is missing: install it from https://dotnet.microsoft.com/download and put dotnet on the PATH."
  dotnet --version >/dev/null 2>&1 || die "This dotnet has no SDK 10 (see global.json): install it from https://dotnet.microsoft.com/download."
}

# --- steps ------------------------------------------------------------------------------------------------------------

# Runs a step with its output in a log, which is shown only when the step fails.
step() {
  local name=$1 log started=$SECONDS
  shift
  mkdir -p artifacts/logs
  log=artifacts/logs/${name// /-}.log
  if ! "$@" >"$log" 2>&1 </dev/null; then
    tail -n 60 "$log" >&2
    say "failed: $name (the whole log: $log)"
    return 1
  fi
  say "done: $name ($((SECONDS - started)) s)"
}

tools() { dotnet tool restore; }
layout() { dotnet csharpier check .; }
build() { dotnet build Coop.slnx; }
publish_static() { dotnet publish "$1" -c Release -r linux-x64; }

# The shape of what is shipped: one file that needs nothing but the kernel.
inspect() {
  local file=$1 log=$2 size
  if grep -E 'warning IL[0-9]{4}' "$log"; then
    echo "the trimmer warned" && return 1
  fi
  [[ -x $file ]] || { echo "there is no $file" && return 1; }
  if readelf -lW "$file" | grep -q INTERP || readelf -dW "$file" | grep -q NEEDED; then
    echo "$file is not static" && return 1
  fi
  size=$(wc -c <"$file")
  ((size <= size_limit)) || { echo "$file has $size bytes, more than $size_limit" && return 1; }
  echo "$file: $size bytes"
}

# Not what is shipped there (NativeAOT crosses no operating system), only the proof that the source compiles. Outputs and
# lock file of its own, so that the tree stays as it was.
compile_for() {
  local own=$here/artifacts/compile/$1
  shift
  dotnet "$1" src/Coop -c Release -r "${own##*/}" -p:PublishAot=false -p:ArtifactsPath="$own" \
    -p:NuGetLockFilePath="$own/packages.lock.json" "${@:2}"
}

publish_linux() {
  step publish publish_static src/Coop && step inspect inspect "$binary" artifacts/logs/publish.log &&
    tail -n 1 artifacts/logs/inspect.log >&2
}

# Not shipped: what Coop.BoxTests prove TLS and names with, in an executable of the same making.
publish_probe() {
  step "publish probe" publish_static tests/Coop.StaticProbe &&
    step "inspect probe" inspect "$probe" artifacts/logs/publish-probe.log
}

# --- tests ------------------------------------------------------------------------------------------------------------

passed=0 failed=0 skipped=0

# Runs one test project and adds its closing figures. A runner that crashed, hung or ran no test is a failure too.
run_tests() {
  local project=$1 name=${1##*/} log code=0 figures
  shift
  log=artifacts/logs/$name.log
  mkdir -p artifacts/logs
  timeout --kill-after=30 45m dotnet test --project "$project" --no-build --no-progress --no-ansi "$@" 2>&1 </dev/null |
    sed -u '/^  from .*\.dll (/d' | tee "$log" || code=${PIPESTATUS[0]}
  figures=$(awk '/^Test run summary:/ { f = s = k = 0 } /^  failed: [0-9]/ { f = $2 } /^  succeeded: [0-9]/ { s = $2 }
    /^  skipped: [0-9]/ { k = $2 } END { printf "%d %d %d", s, f, k }' "$log")
  local here_passed here_failed here_skipped
  read -r here_passed here_failed here_skipped <<<"$figures"
  if ((code != 0 && (code != 2 || here_failed == 0))); then
    say "$name: the test runner ended with exit code $code."
    here_failed=$((here_failed + 1))
  elif ((here_passed + here_failed + here_skipped == 0)); then
    say "$name: no test ran."
    here_failed=1
  fi
  passed=$((passed + here_passed)) failed=$((failed + here_failed)) skipped=$((skipped + here_skipped))
}

# The last line of ./build.sh test, whatever happened before.
close_tests() {
  local code=$?
  trap - EXIT
  [[ -z $probe_pid ]] || wait "$probe_pid" 2>/dev/null || true
  stop_engines
  ((code == 0 || failed > 0)) || failed=1
  printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  ((failed == 0)) || exit 1
}

engines_pid=
probe_pid=
docker_was_up=

start_engines() {
  if ((EUID != 0)); then
    say "not root: box tests skip what is not installed (sudo eng/engines.sh installs all of it)"
    return
  fi
  docker info >/dev/null 2>&1 && docker_was_up=yes
  # Beside the build: it mostly waits for downloads.
  step engines eng/engines.sh &
  engines_pid=$!
}

# A machine of one run is left as it was found; a developer's keeps dockerd for the next run.
stop_engines() {
  [[ -n $engines_pid ]] || return 0
  wait "$engines_pid" 2>/dev/null || true
  [[ ${CI:-} != true || -n $docker_was_up ]] || eng/engines.sh stop || true
}

# --- verbs ------------------------------------------------------------------------------------------------------------

run_check() {
  need check
  step tools tools
  step layout layout || die "Run: ./build.sh format"
  step build build
  dotnet test --project tests/Coop.Tests --no-build --no-progress
}

run_test() {
  trap close_tests EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  need publish demo test
  start_engines
  step tools tools
  step layout layout || die "Run: ./build.sh format"
  step build build
  publish_linux
  publish_probe &
  probe_pid=$!
  local target
  for target in "${foreign_targets[@]}"; do
    step "compile $target" compile_for "$target" build --no-self-contained
  done
  wait "$probe_pid"
  [[ -z $engines_pid ]] || wait "$engines_pid"
  run_tests tests/Coop.Tests
  local project
  for project in tests/*Tests; do
    [[ $project == tests/Coop.Tests ]] || run_tests "$project" --output Detailed
  done
}

run_publish() {
  case ${1:-linux-x64} in
    linux-x64)
      need publish
      publish_linux
      ;;
    all)
      need publish
      publish_linux
      local target
      for target in "${foreign_targets[@]}"; do run_publish "$target"; done
      ;;
    linux-arm64 | osx-arm64 | osx-x64 | win-x64)
      need_dotnet
      step "compile $1" compile_for "$1" publish --self-contained -p:PublishSingleFile=true
      ;;
    *) die "Unknown target '$1'. Known: linux-x64 ${foreign_targets[*]} all" ;;
  esac
}

run_demo() {
  need publish demo
  publish_linux
  exec "$binary" demo "$@"
}

run_install() {
  local directory=${1:-$HOME/.local/bin}
  need publish
  publish_linux
  mkdir -p "$directory"
  # A running coop keeps its file: the new one takes the name, not the bytes.
  cp "$binary" "$directory/.coop.new"
  mv "$directory/.coop.new" "$directory/coop"
  say "installed: $directory/coop"
  [[ ":$PATH:" == *":$directory:"* ]] || say "It is not on your PATH: export PATH=\"$directory:\$PATH\""
}

run_format() {
  need format
  step tools tools
  dotnet csharpier format .
}

run_bench() {
  need publish
  exec bench/run.sh "$@"
}

verb=${1:-help}
shift || true
case $verb in
  demo | test | check | format | publish | bench | install) "run_$verb" "$@" ;;
  help | -h | --help) help ;;
  *)
    say "build.sh: Unknown verb '$verb'."
    help >&2
    exit 2
    ;;
esac
