"""check.py URL URL PROCESS HOOKS HOOKS: lints the description that the server at the first URL gives of itself, asks it for all
that is named there, and the one at the second, a process whose files it keeps from growing, for what is refused
then. Both have hooks: of each its address and its secret, with commas between. Says what is wrong, a line each."""

import json
import sys
import urllib.parse
import urllib.request

from answers import Server
from rules import Description
from sweep import Sweep, without_room


def hooks_in(text):
    parts = text.split(',')
    return dict(zip(parts[::2], parts[1::2]))


def main(url, full_url, process, hooks, full_hooks):
    with urllib.request.urlopen(f'{url}/api/v1/openapi.json') as answer:
        document = json.load(answer)
    problems = Description(document).check()
    place, full_place = map(urllib.parse.urlparse, (url, full_url))
    full = Server(document, full_place.hostname, full_place.port)
    without_room(full, document, int(process), hooks_in(full_hooks))
    whole = Server(document, place.hostname, place.port, before=full)
    Sweep(whole, document, hooks_in(hooks)).run()
    for server in (full, whole):
        problems += server.problems
        print(f'{server.asked} answers', file=sys.stderr)
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
