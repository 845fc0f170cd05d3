#!/bin/sh
# Claude Code's PreToolUse hook for Bash: commits go through .githooks/pre-commit. Exit 2 refuses the call; what is written to
# stderr is told to Claude. It reads words and is no shell: it keeps from a habit, it is no wall.
words=$(head -c 1048576 | tr '\n' ' ' | sed 's/\\\\\\n/ /g; s/\\[nrt]/ ; /g; s/\\"/"/g')
has() { printf '%s\n' "$words" | sed 's/core\.hooksPath \.githooks//g' | grep -Eiq "$1"; }
refuse() {
    echo "Refused: this passes by the repository's hooks, which look for credentials. Commit without $1." >&2
    echo "If these words only stand in the message, write it to a file: git commit -F FILE" >&2
    exit 2
}

# The program, and its own options with at most one value each.
git="(^|[^a-z0-9_.-])git([[:space:]]+-[^[:space:];&|]+([[:space:]]+[^-[:space:];&|][^[:space:];&|]*)?)*[[:space:]]+"
commit="${git}commit([[:space:]][^;&|]*)?"
key="['\"]?core\.hookspath"
has "$commit[[:space:]]['\"]?(--no-veri[a-z]*|-[aeinopqsvz]*n)" && refuse '--no-verify (-n)'
has "(-c[[:space:]]*|--config-env[[:space:]=]*|GIT_CONFIG_KEY_[0-9]+=)$key" && refuse 'another core.hooksPath'
has "${git}config[^;&|]*--unset[^;&|]*$key" && refuse 'unsetting core.hooksPath'
has "${git}config[^;&|]*$key['\"]?[[:space:]]+(''|\"\"|['\"]?[^-;&|'\"[:space:]])" && refuse 'another core.hooksPath'
has "$commit" || exit 0

# Where git does not start the hook by itself, it is started here, for what is staged by now.
cd "${CLAUDE_PROJECT_DIR:-.}" || exit 0
[ -x .githooks/pre-commit ] && [ "$(git config core.hooksPath)" != .githooks ] || exit 0
command -v coop >/dev/null 2>&1 || [ -x /run/coop/coop ] || exit 0
.githooks/pre-commit >&2 || exit 2
