#!/usr/bin/env bash
# The measurements behind docs/performance.md. Never part of the tests.
#
#   bench/run.sh                all of them
#   bench/run.sh NAME…          some: version plan embedded comparison start masks staged doctor forks queue loop
#   bench/run.sh secrets [DIR]  quality and speed of check-secrets, on a labelled corpus or on the detectors' examples
#   bench/run.sh soak           the random tests of Coop.Tests, 50,000 rounds each (COOP_SOAK_ROUNDS), and a merge that is
#                               killed at 200 of its writes (COOP_SOAK_POINTS, COOP_SOAK_SEED)
#
# Needs python3, git, a published coop (./build.sh bench publishes it; BENCH_COOP names another one), and of docker, podman
# and bubblewrap what is to be measured, with the image COOP_IMAGE (eng/engines.sh makes the default one).
# BENCH_ROUNDS (21): how often each command runs. Quiet machines tell more: close the browser.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)


export BENCH_COOP=${BENCH_COOP:-$here/artifacts/publish/Coop/release_linux-x64/coop}
export COOP_IMAGE=${COOP_IMAGE:-localhost/coop-test-base:latest}
[[ -x $BENCH_COOP ]] || { echo "There is no '$BENCH_COOP'. Type: ./build.sh publish" >&2 && exit 2; }

if [[ ${1:-} == soak ]]; then
  python3 -B "$here/bench/crash.py" "$BENCH_COOP" "${COOP_SOAK_POINTS:-200}" "${COOP_SOAK_SEED:-$RANDOM}"
  export COOP_SOAK_ROUNDS=${COOP_SOAK_ROUNDS:-50000}
  exec dotnet test --project "$here/tests/Coop.Tests" -c Release --no-progress
fi

# A state, a cache and settings of its own, and trees that go when it ends.
BENCH_PLACE=$(mktemp -d "${TMPDIR:-/tmp}/coop-bench.XXXXXX")
export BENCH_PLACE
trap 'rm -rf --one-file-system "$BENCH_PLACE"' EXIT
chmod 755 "$BENCH_PLACE"
mkdir -p "$BENCH_PLACE"/{state,cache,config}
export XDG_STATE_HOME=$BENCH_PLACE/state XDG_CACHE_HOME=$BENCH_PLACE/cache XDG_CONFIG_HOME=$BENCH_PLACE/config

if [[ ${1:-} == secrets ]]; then
  shift
  python3 -B "$here/bench/secrets.py" "$@"
  exit
fi

python3 -B "$here/bench/cases.py" "$@"
