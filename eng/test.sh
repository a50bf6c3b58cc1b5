#!/usr/bin/env bash
# Builds and runs test projects, and prints their true totals. Called by ./dev test and ./dev stress.
set -euo pipefail
cd "$(dirname "$0")/.."

quick=(Unit Architecture Flows)
results=artifacts/test-results
mkdir -p "$results"

# Every test project is a program (xunit.v3): its XML report has the totals that count.
execute() {
  local project=$1 name=$1${TOLLGATE_TEST_DATABASE:+-$TOLLGATE_TEST_DATABASE}; shift
  rm -f "$results/$name.xml"
  "artifacts/bin/Tollgate.$project/release/Tollgate.$project" -noLogo -noColor -xml "$results/$name.xml" "$@" > "$results/$name.log" 2>&1
}

run_project() {
  echo "== $1${TOLLGATE_TEST_DATABASE:+-$TOLLGATE_TEST_DATABASE}"
  execute "$@" || failed=1
  report "$1"
}

# What a contributor waits for: the flows end with tests that run alone, on one of two cores, so that the rest runs beside them.
run_quick() {
  (status=0; execute Architecture || status=1; execute Unit || status=1; exit "$status") &
  local others=$!
  # Flows wait for one another's servers more than they compute: a third thread fills the gaps. With four, promised times begin to slip.
  run_project Flows -maxThreads 3
  wait "$others" || failed=1
  for project in Unit Architecture; do
    echo "== $project"
    report "$project"
  done
}

# Green projects say one line; a red one shows what failed.
report() {
  local name=$1${TOLLGATE_TEST_DATABASE:+-$TOLLGATE_TEST_DATABASE}
  local report="$results/$name.xml"
  if [ ! -f "$report" ]; then
    failed=1
    tail -50 "$results/$name.log"
    echo "$name did not report any results"
    errors=$((errors + 1))
    return
  fi

  local totals
  totals=$(grep -o '<assembly [^>]*>' "$report" | head -1)
  local p f s e
  p=$(grep -o ' passed="[0-9]*"' <<< "$totals" | grep -o '[0-9]*')
  f=$(grep -o ' failed="[0-9]*"' <<< "$totals" | grep -o '[0-9]*')
  s=$(grep -o ' skipped="[0-9]*"' <<< "$totals" | grep -o '[0-9]*')
  e=$(grep -o ' errors="[0-9]*"' <<< "$totals" | grep -o '[0-9]*')
  passed=$((passed + p)); broken=$((broken + f)); skipped=$((skipped + s)); errors=$((errors + e))
  if [ "$f" -gt 0 ] || [ "$e" -gt 0 ]; then
    failed=1
    grep -v '^ *\[SKIP\]' "$results/$name.log" | tail -200
  fi
  # Why tests were skipped: each reason once, with its count.
  grep '\[SKIP\]' -A1 "$results/$name.log" | grep -vE '^--|\[SKIP\]' | sort | uniq -c | sed 's/^ *\([0-9]*\) */   skipped \1: /' || true
  tail -1 "$results/$name.log"
}

# Real servers for this run, unless the caller has some; they end with it.
start_databases() {
  if [ -z "${TOLLGATE_TEST_POSTGRESQL:-}${TOLLGATE_TEST_MARIADB:-}" ]; then
    databases=$(mktemp -d)
    trap 'eng/databases.sh stop "$databases"' EXIT
    eng/databases.sh start "$databases"
    # shellcheck disable=SC1091
    . "$databases/environment"
  fi
}

# A receiver of OTLP that others wrote; its package says nothing about who may run it.
fetch_otlp_receiver() {
  if [ -z "${TOLLGATE_OTLP_RECEIVER:-}" ] && dotnet restore eng/otlp-receiver -v quiet; then
    TOLLGATE_OTLP_RECEIVER=$(dotnet msbuild eng/otlp-receiver -noLogo -v:minimal -t:WhereItIs | tr -d ' ')
    chmod +x "$TOLLGATE_OTLP_RECEIVER"
    export TOLLGATE_OTLP_RECEIVER
  fi
}

# Flows in which the database has no part: once is enough.
elsewhere=(
  -namespace- Tollgate.Flows.FrontDoor -namespace- Tollgate.Flows.Sockets -namespace- Tollgate.Flows.Limits -namespace- Tollgate.Flows.Guides
  -namespace- Tollgate.Flows.Browser -namespace- Tollgate.Flows.Pages
  -class- Tollgate.Flows.ConfigurationTests -class- Tollgate.Flows.HomeLockTests -class- Tollgate.Flows.GrpcTests -class- Tollgate.Flows.ForwardingTests
  -class- Tollgate.Flows.Operations.TraceTests -class- Tollgate.Flows.Operations.PrometheusTests
)

# The whole program again, on each database product that is installed.
run_on_servers() {
  local product variable
  for product in postgresql mariadb; do
    variable=TOLLGATE_TEST_${product^^}
    if [ -n "${!variable:-}" ]; then
      for project in "$@"; do
        if [ "$project" = Flows ]; then
          TOLLGATE_TEST_DATABASE=$product run_project Flows "${elsewhere[@]}" "${arguments[@]}"
        else
          # Faults of limits take their own databases, and long.
          TOLLGATE_TEST_DATABASE=$product run_project "$project" -namespace- Tollgate.Stress.Limits "${arguments[@]}"
        fi

        if [ "$project" = Stress ]; then
          TOLLGATE_TEST_DATABASE=$product run_project Flows -class Tollgate.Flows.CrashTests
        fi
      done
    elif [ -n "${TOLLGATE_CI:-}" ]; then
      echo "== $product is not installed"
      errors=$((errors + 1)) failed=1
    else
      echo "   skipped 1: $product is not installed here"
      skipped=$((skipped + 1))
    fi
  done
}

passed=0 broken=0 skipped=0 errors=0 failed=0
projects=("${quick[@]}")
on_servers=()
on=
case "${1:-}" in
  --all) shift; export TOLLGATE_TESTS=all; on_servers=(Flows) ;;
  --on) on=$2; projects=("$3"); shift 3 ;;
  Stress) shift; export TOLLGATE_TESTS=stress; projects=(Stress); on_servers=(Stress) ;;
  # Compilers, nodes and test programs live for seconds here: a tenth of their processor time goes into profiles that nobody uses.
  "") export DOTNET_TieredPGO=0 ;;
  *) projects=("$1"); shift ;;
esac

started=$SECONDS
# Format is part of the build: IDE0055 and the other style rules are errors.
# With the compiler server, which is the default, unless the environment says otherwise: it halves the time on two cores.
dotnet build Tollgate.slnx -c Release -v quiet -p:UseSharedCompilation=true
echo "== built in $((SECONDS - started)) s"
arguments=("$@")
if [ "${TOLLGATE_TESTS:-}" = all ]; then
  fetch_otlp_receiver
fi

if [ -n "$on" ] || [ "${#on_servers[@]}" -gt 0 ]; then
  start_databases
fi

if [ "${TOLLGATE_TESTS:-}${projects[*]}" = "${quick[*]}" ]; then
  TOLLGATE_TEST_DATABASE='' run_quick
else
  for project in "${projects[@]}"; do
    TOLLGATE_TEST_DATABASE=$on run_project "$project" "$@"
  done
fi

if [ "${projects[*]}" = Stress ]; then
  TOLLGATE_TEST_DATABASE='' run_project Flows -class Tollgate.Flows.CrashTests
fi

if [ "${#on_servers[@]}" -gt 0 ]; then
  run_on_servers "${on_servers[@]}"
fi

echo "== $((SECONDS - started)) s"
echo "$passed passed, $((broken + errors)) failed, $skipped skipped"
exit "$failed"
