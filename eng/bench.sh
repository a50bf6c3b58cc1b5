#!/usr/bin/env bash
# Builds and runs a benchmark project; without a name, lists them. Called by ./dev bench.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ $# -eq 0 ]; then
  echo "micro    ns and bytes per operation of the gateway's hot types; fails where one allocates more than its budget"
  echo "gateway  CPU time per request, throughput, latency and memory beside nginx; needs nginx, wrk and h2load (nghttp2-client)"
  echo "limits   ns of a call under 0, 3 and 10 limits; a traffic manager that hears 200 gateways, with ten thousand and a million keys"
  exit 0
fi

case "$1" in
  micro) name=Micro ;;
  limits) name=Micro; set -- micro limits ;;
  gateway)
    name=Load
    for tool in nginx wrk h2load; do
      command -v "$tool" > /dev/null || { echo "This benchmark needs $tool. On Debian: apt-get install nginx wrk nghttp2-client" >&2; exit 1; }
    done
    ./dev build
    ;;
  *) echo "There is no benchmark '$1'; ./dev bench lists them." >&2; exit 2 ;;
esac
shift
dotnet build "bench/$name" -c Release -v quiet
exec "artifacts/bin/Tollgate.$name/release/Tollgate.$name" "$@"
