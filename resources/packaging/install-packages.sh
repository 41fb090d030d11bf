#!/usr/bin/env bash
# Installs what is missing from the given sections of debian-packages.txt; does nothing, and asks for no
# password, when all of it is there.
#
#   install-packages.sh build dashboard run test lint
set -euo pipefail

list="$(dirname -- "${BASH_SOURCE[0]}")/debian-packages.txt"

fail() {
    printf 'prism: %s\n' "$*" >&2
    exit 1
}

# Prints the entries of the sections given, "name" or "name|other".
entries() {
    local section='' line
    while read -r line || [[ -n $line ]]; do
        case $line in
        '' | '#'*) ;;
        '['*']')
            section=${line:1:-1}
            ;;
        *)
            if [[ " $* " == *" $section "* ]]; then
                printf '%s\n' "$line"
            fi
            ;;
        esac
    done <"$list"
}

# Prints those entries of standard input of which no alternative is installed.
missing() {
    local -A installed=()
    local status name entry alternative found
    while read -r status name; do
        if [[ $status == ii ]]; then
            installed[$name]=1
        fi
    done < <(dpkg-query --show --showformat='${db:Status-Abbrev} ${Package}\n')
    while read -r entry; do
        found=''
        for alternative in ${entry//|/ }; do
            found+=${installed[$alternative]:-}
        done
        if [[ -z $found ]]; then
            printf '%s\n' "$entry"
        fi
    done
}

# Prints for each argument the first alternative that this release offers; fails when one has none, and
# prints that one instead.
candidates() {
    local entry alternative policy
    for entry in "$@"; do
        for alternative in ${entry//|/ }; do
            policy=$(LC_ALL=C apt-cache policy "$alternative")
            if [[ $policy == *'Candidate: '[!\(]* ]]; then
                printf '%s\n' "$alternative"
                continue 2
            fi
        done
        printf '%s\n' "$entry"
        return 1
    done
}

apt() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 "$@" </dev/null
}

command -v dpkg-query >/dev/null ||
    fail "this needs Debian 12 or 13; elsewhere install the likes of: $(entries "$@" | tr '\n' ' ')"

mapfile -t wanted < <(entries "$@" | missing)
((${#wanted[@]})) || exit 0

as_root=()
if ((EUID != 0)); then
    command -v sudo >/dev/null ||
        fail "these packages are missing and only root can install them: ${wanted[*]}"
    as_root=(sudo)
fi

printf 'prism: installing %d packages, which takes a few minutes: %s\n' "${#wanted[@]}" "${wanted[*]}"
log=$(mktemp)
trap 'rm -f -- "$log"' EXIT
if ! names=$(candidates "${wanted[@]}"); then
    printf 'prism: asking Debian for its list of packages\n'
    apt update -qq >"$log" 2>&1 || { cat "$log" >&2 && fail 'apt-get update failed'; }
    names=$(candidates "${wanted[@]}") || fail "this release does not offer ${names##*$'\n'}"
fi
mapfile -t names <<<"$names"
install=(install --yes --no-install-recommends --quiet "${names[@]}")
if ! apt "${install[@]}" >"$log" 2>&1; then
    # The local list may name versions that the mirror has since replaced.
    printf 'prism: the list of packages may be old, refreshing it\n'
    apt update -qq >"$log" 2>&1 || { cat "$log" >&2 && fail 'apt-get update failed'; }
    apt "${install[@]}" >"$log" 2>&1 || { tail -n 40 "$log" >&2 && fail 'apt-get install failed'; }
fi
