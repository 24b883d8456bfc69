#!/bin/sh
# A backup of FormsFlow's store while it runs, or after it was stopped. It counts when it was checked, and not before; then backups older
# than 30 days are deleted, but never the 7 newest good ones. Whatever fails leaves everything as it was, and says what it was.
# /opt/formsflow/backup.sh [STORE [FOLDER]], run every night by formsflow-backup.timer. See docs/install-self-hosted.md.
set -eu
store=${1:-/var/lib/formsflow/formsflow.db}
folder=${2:-/var/backups/formsflow}
days=30
least=7
umask 077

fail() {
    echo "No backup was made: $1" >&2
    exit 1
}

# SQLite's application_id, which FormsFlow writes into every store of its own.
is_store() { [ "$(head -c 72 "$1" | tail -c 4 | tr -d '\0')" = FFlo ]; }

command -v sqlite3 >/dev/null || fail "there is no program sqlite3 (sudo apt-get install sqlite3)."
[ -e "$store" ] || fail "there is no store $store. Name the file of Storage:Path: backup.sh STORE"
[ -f "$store" ] || fail "$store is no file. Name the file of Storage:Path: backup.sh STORE"
[ -s "$store" ] || fail "the store $store is empty: FormsFlow has written nothing into it. Name the file of Storage:Path: backup.sh STORE"

mkdir -p "$folder"
draft=$(mktemp "$folder/.draft-XXXXXX")
trap 'rm -f "$draft" "$draft-journal"' EXIT
trap 'exit 1' HUP INT TERM

# Read-only: a backup changes nothing, and makes no store where there is none.
sqlite3 -readonly -cmd '.timeout 10000' "$store" "VACUUM INTO '$(printf %s "$draft" | sed "s/'/''/g")'" || fail "$store could not be copied."
is_store "$draft" || fail "$store is no store of FormsFlow."
found=$(sqlite3 -readonly "$draft" 'PRAGMA integrity_check') || fail "the copy of $store cannot be read."
[ "$found" = ok ] || fail "the copy of $store is not sound: $found"
sqlite3 -readonly "$draft" 'SELECT count(*) FROM proposals' >/dev/null || fail "$store holds no table of proposals."
# On the disk before it has its name, and before any older one goes.
sync

stamp=$(date +%Y-%m-%dT%H%M%S)
made="$folder/formsflow-$stamp.db"
number=1
# A name that is taken is never written over, not even by two runs in one second.
until ln "$draft" "$made" 2>/dev/null; do
    # Some network folders know no second name for a file.
    [ -e "$made" ] || { mv "$draft" "$made" && break; }
    number=$((number + 1))
    made="$folder/formsflow-$stamp-$number.db"
done

# The newest first, by their names. Only what is a store counts as a good one.
good=0
find "$folder" -maxdepth 1 -name 'formsflow-[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9]*.db' | sort -r | while IFS= read -r old; do
    if [ "$good" -ge "$least" ]; then
        find "$old" -mtime "+$days" -delete
    elif is_store "$old"; then
        good=$((good + 1))
    fi
done
find "$folder" -maxdepth 1 -name '.draft*' -mtime +1 -delete
