#!/usr/bin/env bash
# Made-up but believable traffic for a dashboard to show, sent through the public REST API.
#
#   traffic.sh history URL   ten weeks of checks and retrospectives that lie in the past
#   traffic.sh live URL      one to three events a second until it is ended, half a day at most
set -euo pipefail

readonly historyDays=70
readonly liveEvents=80000
readonly linesPerRequest=1000

users=(ana bao chen dmitri elif farid grace hiro ines)
projects=(checkout search billing mobile-app data-lake)
retroTypes=(quick quick quick standard standard deep)
# From the most to the least often broken.
principles=(
    'docs-follow|Documentation follows the code|INFO'
    'inputs-checked|Inputs are checked at the edge|WARNING'
    'errors-handled|Every error is handled|WARNING'
    'small-changes|Small, reversible changes|WARNING'
    'no-secrets|No secrets in code|BLOCK'
    'tests-first|Tests before merge|BLOCK'
)
gates=('unit tests' 'linter' 'review')
branches=(main main main feature/one-page-checkout fix/rounding)
origins=(ci ci ci ci local agent)
files=('src/cart.cpp' 'src/payment.cpp' 'config/service.ini' 'tests/tst_cart.cpp')
lessons=(
    'The flaky test hid a real race'
    'A smaller change would have been reviewed the same day'
    'The rollback took two minutes because it had been rehearsed'
    'Nobody owned the alert, so nobody answered it'
)
improvements=(
    'Rehearse the migration on a copy first'
    'Split the change before asking for review'
    'Give each alert an owner'
    'Keep the seed of every random test'
)

fail() {
    printf 'traffic: %s\n' "$*" >&2
    exit 1
}

# post PATH CONTENT-TYPE: sends standard input and prints the answer.
post() {
    curl --silent --show-error --fail-with-body --max-time 30 --request POST "$url$1" \
        --header "Content-Type: $2" --data-binary @-
}

# Sets `iso` to the time given, in seconds since 1970.
format_time() {
    TZ=UTC printf -v iso '%(%Y-%m-%dT%H:%M:%S)T' "$1"
    printf -v iso '%s.%03dZ' "$iso" "$((RANDOM % 1000))"
}

# Sets `violation` to one violation, and `status` to BLOCKED where it blocks.
make_violation() {
    local id name severity falsePositive=false
    # The lower of two throws favours the first ones.
    local index=$((RANDOM % ${#principles[@]})) other=$((RANDOM % ${#principles[@]}))
    IFS='|' read -r id name severity <<<"${principles[index < other ? index : other]}"
    if ((RANDOM % 14 == 0)); then
        falsePositive=true
    fi
    if [[ $severity == BLOCK ]]; then
        status=BLOCKED
    fi
    violation="{\"principleId\":\"$id\",\"principleName\":\"$name\",\"severity\":\"$severity\",\"falsePositive\":$falsePositive"
    violation+=",\"file\":\"${files[RANDOM % ${#files[@]}]}\",\"line\":$((1 + RANDOM % 400))}"
}

# make_check SECONDS PERCENT: sets `check` to a check at that time; PERCENT of them break a principle.
make_check() {
    local user=${users[RANDOM % ${#users[@]}]} project=${projects[RANDOM % ${#projects[@]}]}
    local status=PASS violations='' duration tenths iso violation
    # Most checks take a few milliseconds, one in twelve far longer.
    tenths=$((15 + RANDOM % 60 + RANDOM % 60))
    if ((RANDOM % 12 == 0)); then
        tenths=$((tenths + 150 + RANDOM % 600))
    fi
    printf -v duration '%d.%d' "$((tenths / 10))" "$((tenths % 10))"
    if ((RANDOM % 100 < $2)); then
        status=WARNING
        make_violation
        violations=$violation
        if ((RANDOM % 4 == 0)); then
            make_violation
            violations+=",$violation"
        fi
    fi
    format_time "$1"
    check="{\"status\":\"$status\",\"duration\":$duration,\"timestamp\":\"$iso\",\"user\":\"$user\",\"project\":\"$project\""
    check+=",\"gate\":\"${gates[RANDOM % ${#gates[@]}]}\",\"branch\":\"${branches[RANDOM % ${#branches[@]}]}\""
    check+=",\"origin\":\"${origins[RANDOM % ${#origins[@]}]}\""
    check+=",\"session\":\"$user-$(($1 / 14400))\",\"violations\":[$violations]}"
}

# make_nightly SECONDS STATUS: sets `check` to one of the gate that fails for a while and recovers.
make_nightly() {
    local iso violations=''
    if [[ $2 == BLOCKED ]]; then
        violations='{"principleId":"order-is-paid","principleName":"An order is paid once","severity":"BLOCK"'
        violations+=',"file":"tests/tst_order.cpp","line":112,"message":"expected 1 payment, got 2"}'
    fi
    format_time "$1"
    check="{\"status\":\"$2\",\"duration\":$((180000 + RANDOM)),\"timestamp\":\"$iso\",\"user\":\"bao\",\"project\":\"checkout\""
    check+=",\"gate\":\"end-to-end tests\",\"branch\":\"main\",\"origin\":\"ci\",\"violations\":[$violations]}"
}

# make_retro SECONDS: sets `retro` to a retrospective at that time.
make_retro() {
    local project=${projects[RANDOM % ${#projects[@]}]} iso
    format_time "$1"
    retro="{\"type\":\"${retroTypes[RANDOM % ${#retroTypes[@]}]}\",\"project\":\"$project\""
    retro+=",\"duration\":$(((4 + RANDOM % 40) * 60000)),\"summary\":\"What we learned about $project\""
    retro+=",\"lessons\":[\"${lessons[RANDOM % ${#lessons[@]}]}\"]"
    retro+=",\"improvements\":[\"${improvements[RANDOM % ${#improvements[@]}]}\"]"
    retro+=",\"timestamp\":\"$iso\",\"user\":\"${users[RANDOM % ${#users[@]}]}\"}"
}

# Prints ten weeks of checks, one a line: quiet weekends, slowly fewer violations, one bad week.
past_checks() {
    local now day count percent second check weekday
    printf -v now '%(%s)T' -1
    local midnight=$((now - now % 86400))
    for ((day = historyDays; day >= 0; day--)); do
        TZ=UTC printf -v weekday '%(%u)T' "$((midnight - day * 86400))"
        count=$((240 + RANDOM % 120))
        if ((weekday > 5)); then
            count=$((20 + RANDOM % 25))
        fi
        percent=$((14 + day / 4))
        if ((day >= 9 && day <= 12)); then
            percent=55
        fi
        for (( ; count > 0; count--)); do
            second=$((midnight - day * 86400 + 25200 + RANDOM % 32768 + RANDOM % 11000))
            if ((second < now)); then
                make_check "$second" "$percent"
                printf '%s\n' "$check"
            fi
        done
    done
    for ((second = now - 5400; second < now; second += 120 + RANDOM % 240)); do
        make_check "$second" 15
        printf '%s\n' "$check"
    done
    # Passes, and then has failed for a good half hour.
    for ((second = now - 5400; second < now; second += 600)); do
        make_nightly "$second" "$( ((second < now - 2400)) && echo PASS || echo BLOCKED)"
        printf '%s\n' "$check"
    done
}

send_history() {
    local now day retro lines
    while mapfile -t -n "$linesPerRequest" lines && ((${#lines[@]})); do
        printf '%s\n' "${lines[@]}" | post /api/v1/gateway/checks application/x-ndjson >/dev/null
    done < <(past_checks)
    printf -v now '%(%s)T' -1
    for ((day = historyDays; day > 0; day -= 2)); do
        make_retro "$((now - day * 86400 - RANDOM))"
        post /api/v1/retros application/json <<<"$retro" >/dev/null
    done
}

# Creates a record, or changes or deletes the one that the round before left.
send_record() {
    local project=${projects[RANDOM % ${#projects[@]}]} answer
    case $((recordRound++ % 4)) in
    0 | 3)
        answer=$(post /api/v1/analytics/records application/json \
            <<<"{\"type\":\"custom\",\"name\":\"Violations in $project, no. $recordRound\",\"config\":{\"metrics\":[\"violations\"],\"period\":\"week\",\"filters\":{\"project\":\"$project\"}}}")
        [[ $answer =~ \"id\":\"([^\"]+)\" ]] && recordId=${BASH_REMATCH[1]}
        ;;
    1)
        curl --silent --show-error --fail-with-body --max-time 30 --request PUT \
            "$url/api/v1/analytics/records/$recordId" --header 'Content-Type: application/json' \
            --data '{"description":"Looked at every Monday"}' >/dev/null
        ;;
    2)
        curl --silent --show-error --fail-with-body --max-time 30 --request DELETE \
            "$url/api/v1/analytics/records/$recordId" >/dev/null
        ;;
    esac
}

send_live() {
    local now check retro recordRound=0 recordId='' round=0
    # A server that is being restarted is waited for; one that stays away ends the traffic.
    local failures=0
    while ((failures < 60 && round < liveEvents)); do
        sleep "0.$((3 + RANDOM % 6))"
        printf -v now '%(%s)T' -1
        round=$((round + 1))
        if ((round % 30 == 0)); then
            make_retro "$now"
            post /api/v1/retros application/json <<<"$retro"
        elif ((round % 12 == 0)); then
            send_record
        elif ((round % 50 == 0)); then
            make_nightly "$now" "$( ((round / 50 % 5 == 1)) && echo BLOCKED || echo PASS)"
            post /api/v1/gateway/checks application/json <<<"$check"
        else
            make_check "$now" "$((6 + round / 40 % 3 * 8))"
            post /api/v1/gateway/checks application/json <<<"$check"
        fi >/dev/null 2>&1 && failures=0 || failures=$((failures + 1))
    done
    ((failures == 0)) || fail "the server at $url no longer answers"
}

(($# == 2)) || fail 'say history or live, and the address of the server'
url=${2%/}
case $1 in
history) send_history ;;
live) send_live ;;
*) fail "there is no \"$1\" traffic, only history and live" ;;
esac
