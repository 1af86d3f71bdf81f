# Completion of mentorlog for bash, written by: mentorlog --show-completion bash
_mentorlog() {
    local how='' line
    COMPREPLY=()
    {
        IFS= read -r how
        while IFS= read -r line; do
            COMPREPLY+=("$line")
        done
    } < <(
        printf '%s\0' "${COMP_LINE:0:COMP_POINT}" "$2" "$COMP_TYPE" "${COLUMNS:-80}" |
            _MENTORLOG_COMPLETE=bash command mentorlog 2>/dev/null
    )
    case $how in
        files) compopt -o default ;;
        joined) compopt -o nospace ;;
    esac
}
complete -o nosort -F _mentorlog mentorlog 2>/dev/null || complete -F _mentorlog mentorlog
