# Completion of prism-report for bash.
_prism_report() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} i
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        if [[ ${COMP_WORDS[i]} == -- ]]; then # what follows is a command of its own
            if declare -F _command_offset >/dev/null; then
                _command_offset "$((i + 1))"
            fi
            return
        fi
    done
    case $before in
    --report) mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
    --origin) mapfile -t COMPREPLY < <(compgen -W 'ci local agent' -- "$word") ;;
    --phase)
        mapfile -t COMPREPLY < <(compgen -W 'observe think plan build execute verify learn' -- "$word")
        ;;
    hook) mapfile -t COMPREPLY < <(compgen -W 'install agent' -- "$word") ;;
    install) mapfile -t COMPREPLY < <(compgen -W 'pre-commit pre-push' -- "$word") ;;
    *)
        if ((COMP_CWORD == 1)); then
            mapfile -t COMPREPLY < <(compgen -W 'run send judge hook flush --help --version' -- "$word")
        elif [[ $word == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W "$("$1" --help | sed -n 's/^  \(--[a-z-]*\).*/\1/p') --help --" -- "$word")
        elif [[ ${COMP_WORDS[1]} == send ]]; then
            mapfile -t COMPREPLY < <(compgen -f -- "$word")
        fi
        ;;
    esac
}
complete -o filenames -F _prism_report prism-report
