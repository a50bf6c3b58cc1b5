#!/usr/bin/env bash
# Builds and runs a benchmark project; without a name, lists them. Called by ./dev bench.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ $# -eq 0 ]; then
  echo "micro    ns and bytes per operation of the gateway's hot types; fails where one allocates more than its budget"
  exit 0
fi

case "$1" in
  micro) name=Micro ;;
  *) echo "There is no benchmark '$1'; ./dev bench lists them." >&2; exit 2 ;;
esac
shift
dotnet build "bench/$name" -c Release -v quiet
exec "artifacts/bin/Tollgate.$name/release/Tollgate.$name" "$@"
