# Finds a Python 3.10-3.13 that runs and hands over to script/lib. Sourced by
# script/*, which set $here (their own folder) and $command.
# An interpreter is probed by running it: a version manager's shim may be there
# and not run.
for python in "${CAREER_PYTHON:-python3}" python3.12 python3.11 python3.13 python3.10 \
    /usr/bin/python3 /usr/local/bin/python3; do
  if "$python" -c 'import sys
sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1; then
    exec "$python" -I -B "$here/lib" "$command" "$@"
  fi
done
echo "error: no Python 3.10, 3.11, 3.12 or 3.13 that runs was found (tried python3," \
  "python3.10 to python3.13): install one, or name it in CAREER_PYTHON." >&2
exit 1
