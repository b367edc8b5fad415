#!/usr/bin/env bash
# Keep a PostgreSQL installation: backup.sh FOLDER writes FOLDER/<time>/{database.dump,files.tar}.
# Reads TAAWON_DATABASE_URL and TAAWON_HOME. Needs pg_dump, of the server's version or newer.
# Nothing has to be stopped: the dump is one moment of the database, and files are written before
# the rows that name them, so that files copied after the dump hold all that it speaks of.
set -euo pipefail
folder=${1:?"where to? backup.sh FOLDER"}
home=${TAAWON_HOME:?"TAAWON_HOME is not set"}
url=${TAAWON_DATABASE_URL:-$(cat "${TAAWON_DATABASE_URL_FILE:?"TAAWON_DATABASE_URL is not set"}")}

umask 077
now=$(date -u +%Y-%m-%dT%H-%M-%SZ)
draft=$folder/.$now.draft
mkdir -p "$draft" "$home/media" "$home/private"
pg_dump --format=custom --no-owner --no-privileges --file="$draft/database.dump" "$url"
tar --create --file="$draft/files.tar" --directory="$home" media private
# A folder without the dot in front is complete.
mv "$draft" "$folder/$now"
echo "$folder/$now"
