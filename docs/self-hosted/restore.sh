#!/bin/sh
# Puts a backup in the place of FormsFlow's store, while FormsFlow does not run. The old store is moved, not deleted, into a folder of its
# own beside it, with -wal and -shm: a backup beside the -wal of another store would be damaged by it. It stops at the first thing that
# fails; until the backup lies beside the store, checked and whole, the store is not touched.
# /opt/formsflow/restore.sh BACKUP [STORE]. See docs/install-self-hosted.md.
set -eu
backup=${1:-}
store=${2:-/var/lib/formsflow/formsflow.db}
umask 077

fail() {
    echo "Nothing was restored: $1" >&2
    exit 1
}

[ -n "$backup" ] || fail "name the backup: restore.sh BACKUP [STORE]"
command -v sqlite3 >/dev/null || fail "there is no program sqlite3 (sudo apt-get install sqlite3)."
[ -s "$backup" ] || fail "there is no backup $backup, or it is empty."
home=$(dirname "$store")
[ -d "$home" ] || fail "there is no folder $home. /opt/formsflow/check.sh makes it on a new machine."
# Every process that has the store open holds a lock on it, under its inode number; it is gone with the process, in whatever way that ended.
if [ -e "$store" ] && grep -q "POSIX .*:$(stat --dereference --format %i "$store") " /proc/locks; then
    fail "FormsFlow runs on $store. Stop it first: sudo systemctl stop formsflow"
fi

draft="$store.restoring"
trap 'rm -f "$draft" "$draft-journal" "$draft-wal" "$draft-shm"' EXIT
trap 'exit 1' HUP INT TERM
cp "$backup" "$draft" || fail "$backup could not be copied."
# A store that was put aside may have the latest in the log beside it; a backup has none.
if [ -s "$backup-wal" ]; then
    cp "$backup-wal" "$draft-wal" || fail "$backup-wal could not be copied."
    sqlite3 "$draft" 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null || fail "the log of $backup cannot be read."
    [ ! -s "$draft-wal" ] || fail "the log of $backup cannot be taken over."
    rm -f "$draft-wal" "$draft-shm"
fi
# SQLite's application_id, which FormsFlow writes into every store of its own.
[ "$(head -c 72 "$draft" | tail -c 4 | tr -d '\0')" = FFlo ] || fail "$backup is no store of FormsFlow."
found=$(sqlite3 -readonly "$draft" 'PRAGMA integrity_check') || fail "$backup cannot be read."
[ "$found" = ok ] || fail "$backup is not sound: $found"
sqlite3 -readonly "$draft" 'SELECT count(*) FROM proposals' >/dev/null || fail "$backup holds no table of proposals."
chown --reference="$home/." "$draft"
sync

before="$store.before-$(date +%Y-%m-%dT%H%M%S)"
mkdir "$before" || fail "$before is there already; try again in a second."
for file in "$store" "$store-wal" "$store-shm" "$store-journal"; do
    if [ -e "$file" ]; then mv "$file" "$before/"; fi
    [ ! -e "$file" ] || fail "$file is still there. What was moved is in $before."
done
mv "$draft" "$store"
sync
echo "Restored $backup as $store. What was there before is in $before."
