#!/usr/bin/env bash
# Bring a backup back: restore.sh FOLDER/<time> fills the empty database that TAAWON_DATABASE_URL
# names and the empty data folder that TAAWON_HOME names. Stop `serve` and `worker` first.
# Needs pg_restore, of the version of the pg_dump that wrote the backup or newer.
set -euo pipefail
kept=${1:?"what from? restore.sh FOLDER/<time>"}
home=${TAAWON_HOME:?"TAAWON_HOME is not set"}
url=${TAAWON_DATABASE_URL:-$(cat "${TAAWON_DATABASE_URL_FILE:?"TAAWON_DATABASE_URL is not set"}")}

if [ -e "$home/media" ] || [ -e "$home/private" ]; then
    echo "$home holds files already: it is left alone." >&2
    exit 1
fi
mkdir -p -m 750 "$home"
# All or nothing; tables that are there already stop it.
pg_restore --dbname="$url" --no-owner --no-privileges --single-transaction --exit-on-error \
    "$kept/database.dump"
tar --extract --file="$kept/files.tar" --directory="$home"
echo "$home is filled. Now: taawon migrate, taawon check, and start serve and worker."
