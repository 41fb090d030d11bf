# Fills in the template of a manual page: @VERSION@, and @OPTIONS@ by what the program itself says of them.
#   awk -v program=PATH -v version=1.2.3 -v page=FILE -f man_page.awk prism-server.1.in

function escaped(text) {
    gsub(/\\/, "\\e", text)
    gsub(/-/, "\\-", text)
    return text ~ /^[.']/ ? "\\&" text : text
}

function put_option(line,    rest, name, words) {
    rest = substr(line, 3)
    name = rest
    words = ""
    if (match(rest, /  +/)) {
        name = substr(rest, 1, RSTART - 1)
        words = substr(rest, RSTART + RLENGTH)
    }
    gsub(/[<>]/, "", name)
    print ".TP\n.B " escaped(name) >page
    if (words != "")
        print escaped(words) >page
}

function put_options(    command, line, within, count) {
    command = "'" program "' --help"
    while ((command | getline line) > 0) {
        if (line ~ /^  -/) {
            put_option(line)
            within = 1
            count++
        } else if (within && line ~ /^    +[^ ]/) {
            sub(/^ +/, "", line)
            print escaped(line) >page
        } else {
            within = 0
        }
    }
    if (close(command) != 0 || count == 0) {
        print "man_page.awk: " program " --help says nothing" >"/dev/stderr"
        exit 1
    }
}

$0 == "@OPTIONS@" { put_options(); next }
{ gsub(/@VERSION@/, version); print >page }
