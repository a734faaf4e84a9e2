#!/bin/sh
# Starts Odoo in its container. At the first start it makes the database and installs
# the add-ons; when that was interrupted it is finished at the next start.
#
#   DATABASE              the database
#   MODULES               what to install, separated by commas
#   LANGUAGES             languages to load, the first is that of new users
#   WITH_DEMO             'yes' for a database with demo data (log in as admin/admin)
#   PASSWORD_FILE         file with the password of the database server
#   ADMIN_PASSWORD_FILE   file with the password for the user admin (not for the demo)
set -eu

if [ "${1:-odoo}" != "odoo" ]; then
  exec "$@" # a shell, say
fi
[ $# -eq 0 ] || shift

# PGHOST, PGPORT and PGUSER come from the environment; the password from a file, so
# that it is neither in the image nor on a command line.
PGPASSWORD=$(cat "$PASSWORD_FILE")
export PGPASSWORD

wait-for-psql.py --timeout=120

is_installed() {
  answer=$(psql --dbname="$DATABASE" --tuples-only --no-align --quiet --command="
    SELECT count(*) FROM ir_config_parameter WHERE key = 'career_guidance.docker_ready'
  " 2>/dev/null) || return 1
  [ "$answer" = "1" ]
}

if ! is_installed; then
  echo "career-guidance: making the database $DATABASE with $MODULES; this takes minutes"
  demo=""
  if [ "${WITH_DEMO:-no}" = "yes" ]; then
    demo="--with-demo"
  fi
  # shellcheck disable=SC2086  # $demo is one option or none
  odoo --database="$DATABASE" --init="$MODULES" --load-language="$LANGUAGES" $demo \
    --workers=0 --max-cron-threads=0 --no-http --stop-after-init
  odoo shell --database="$DATABASE" --workers=0 --no-http --log-level=warn <<'PYTHON'
import os
ready = env["ir.config_parameter"].sudo()
if os.environ.get("WITH_DEMO") != "yes":
    with open(os.environ["ADMIN_PASSWORD_FILE"]) as secret:
        env.ref("base.user_admin").password = secret.read().strip()
ready.set_param("career_guidance.docker_ready", "1")
env.cr.commit()
PYTHON
  if ! is_installed; then
    echo "career-guidance: the installation failed; the reason stands above" >&2
    exit 1
  fi
fi

exec odoo --database="$DATABASE" --db-filter="^$DATABASE\$" "$@"
