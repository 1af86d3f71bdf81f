# Completion of mentorlog for fish, written by: mentorlog --show-completion fish
function __mentorlog_complete
    set -l words (commandline -opc)
    set -e words[1]
    set -l typed (commandline -ct)
    set -l answer (
        printf '%s\0' $words "$typed" |
            _MENTORLOG_COMPLETE=fish command mentorlog 2>/dev/null
    )
    set -q answer[1]; or return 1
    if test $answer[1] = files
        set -l option (string match -r -- '^--[a-z-]+=' $typed)
        string replace -r -- '^' "$option" (__fish_complete_path (string replace -- "$option" '' "$typed"))
    else
        printf '%s\n' $answer[2..-1]
    end
end
complete -c mentorlog -f -k -a '(__mentorlog_complete)'
