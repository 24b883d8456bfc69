#!/bin/sh
# A backup of FormsFlow's store while it runs, checked before it counts; backups older than 30 days are deleted.
# /opt/formsflow/backup.sh [STORE [FOLDER]], run every night by formsflow-backup.timer. See docs/install-self-hosted.md.
set -eu
store=${1:-/var/lib/formsflow/formsflow.db}
folder=${2:-/var/backups/formsflow}
umask 077
mkdir -p "$folder"
draft="$folder/.draft.db"
rm -f "$draft"
sqlite3 "$store" "VACUUM INTO '$draft'"
found=$(sqlite3 "$draft" 'PRAGMA integrity_check')
[ "$found" = ok ] || { echo "The backup of $store is not sound: $found" >&2; exit 1; }
mv "$draft" "$folder/formsflow-$(date +%Y-%m-%dT%H%M%S).db"
find "$folder" -name 'formsflow-*.db' -mtime +30 -delete
