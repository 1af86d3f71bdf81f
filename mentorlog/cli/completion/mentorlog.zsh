#compdef mentorlog
# Completion of mentorlog for zsh, written by: mentorlog --show-completion zsh
_mentorlog() {
    local -a answer candidates
    answer=("${(@f)$(
        print -rN -- "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" |
            _MENTORLOG_COMPLETE=zsh command mentorlog 2>/dev/null
    )}")
    candidates=("${(@)answer[2,-1]//\\/\\\\}") # _describe takes one \ away
    candidates=("${(@)candidates/$'\t'/:}")
    local -a ways=(-M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]}')
    case $answer[1] in
        words) _describe -V mentorlog candidates $ways ;;
        joined) _describe -V mentorlog candidates $ways -S '' ;;
        files) compset -P '--*='; _files ;;
        *) return 1 ;;
    esac
}
if [[ $funcstack[1] == _mentorlog ]]; then
    _mentorlog "$@"
else
    compdef _mentorlog mentorlog
fi
