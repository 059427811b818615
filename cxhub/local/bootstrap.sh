#!/bin/sh
# Finds a Python that CX Hub runs on and hands over to bootstrap.py. A name alone proves nothing: a version
# manager's shim called python3.12 may start nothing, so each candidate is asked for its version.
for candidate in ${PYTHON:-python3.12 python3.11 python3}; do
    if version=$("$candidate" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null); then
        case $version in
            3.11 | 3.12) exec "$candidate" -I "$(dirname "$0")/bootstrap.py" "$@" ;;
        esac
        found="$found $candidate is $version."
    fi
done
echo "CX Hub needs Python 3.11 or 3.12.${found:- None was found.} Install one, or name it: make run PYTHON=/path/to/python3.12" >&2
exit 1
