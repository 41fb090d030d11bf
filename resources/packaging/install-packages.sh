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

# Prints the packages of the sections given.
packages() {
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

# Prints those packages of standard input that are neither installed nor provided by one that is.
missing() {
    local -A installed=()
    local status name provides
    while read -r status name provides; do
        if [[ $status == ii ]]; then
            installed[$name]=1
            for name in ${provides//,/ }; do
                installed[$name]=1
            done
        fi
    done < <(dpkg-query --show --showformat='${db:Status-Abbrev} ${Package} ${Provides}\n')
    while read -r name; do
        if [[ -z ${installed[$name]-} ]]; then
            printf '%s\n' "$name"
        fi
    done
}

apt() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 "$@" </dev/null
}

# promtool comes with the whole of Prometheus, the proxies that are tried are servers as well, and Debian starts
# the services it installs. These are not wanted: neither now, by the means Debian has for it (invoke-rc.d(8)), nor
# after the next start of the machine. The policy names them alone, so that one left behind by a power cut does no
# harm.
policy=/usr/sbin/policy-rc.d
own_policy=''

keep_services_stopped() {
    if [[ ! -e $policy ]]; then
        own_policy=$policy
        "${as_root[@]}" install --mode=755 /dev/stdin "$policy" <<'EOF'
#!/bin/sh
case ${1%.service} in caddy | nginx | prometheus) exit 101 ;; esac
EOF
    fi
}

disable_services() {
    local unit
    if [[ -d /run/systemd/system ]]; then
        while read -r unit; do
            "${as_root[@]}" systemctl --quiet disable "$unit"
        done < <(dpkg-query --listfiles "$@" | sed -n 's|.*/lib/systemd/system/\([^/@]*\.service\)$|\1|p')
    fi
}

clean_up() {
    rm -f -- "$log"
    if [[ -n $own_policy ]]; then
        "${as_root[@]}" rm -f -- "$own_policy"
    fi
}

command -v dpkg-query >/dev/null ||
    fail "this needs Debian 12 or 13; elsewhere install the likes of: $(packages "$@" | tr '\n' ' ')"

mapfile -t wanted < <(packages "$@" | missing)
((${#wanted[@]})) || exit 0

as_root=()
if ((EUID != 0)); then
    command -v sudo >/dev/null ||
        fail "these packages are missing and only root can install them: ${wanted[*]}"
    as_root=(sudo)
fi

printf 'prism: installing packages, which can take some minutes: %s\n' "${wanted[*]}"
log=$(mktemp)
trap clean_up EXIT
keep_services_stopped
install=(install --yes --no-install-recommends --quiet "${wanted[@]}")
if ! apt "${install[@]}" >"$log" 2>&1; then
    # A fresh system has no list of packages yet, and an old list names versions that are gone.
    printf 'prism: asking Debian for its current list of packages\n'
    if ! { apt update && apt "${install[@]}"; } >"$log" 2>&1; then
        tail -n 40 "$log" >&2
        fail 'apt-get could not install them'
    fi
fi
disable_services "${wanted[@]}"
