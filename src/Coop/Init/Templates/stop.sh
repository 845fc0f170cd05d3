#!/bin/sh
# Claude Code's Stop hook: reminds once of a claimed task that was not brought to its end, and never twice in a row.
# Exit 2 lets Claude go on; what is written to stderr is told to it.
input=$(head -c 65536 | tr -d ' \t\n')
case $input in *'"stop_hook_active":true'*) exit 0 ;; esac
cd "${CLAUDE_PROJECT_DIR:-.}" || exit 0
[ -f .agent/TASKS.md ] || exit 0
task=$(sed -n 's/^- \[w\] //p' .agent/TASKS.md | head -n 1)
[ -n "$task" ] || exit 0
dirty=$(git status --porcelain -- . ':(exclude).agent' 2>/dev/null | head -n 5)
{
    printf 'A task in .agent/TASKS.md is still claimed: %s\n' "$task"
    [ -z "$dirty" ] || printf 'Not committed:\n%s\n' "$dirty"
    printf 'If it is yours, commit what belongs to it and change its [w] into [x], or into [B] with a question in\n'
    printf '.agent/PENDING_DECISIONS.md (see .agent/RULES.md). If it is not yours, leave it as it is and stop.\n'
} >&2
exit 2
