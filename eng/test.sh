#!/usr/bin/env bash
# Builds and runs test projects, and prints their true totals. Called by ./dev test and ./dev stress.
set -euo pipefail
cd "$(dirname "$0")/.."

quick=(Unit Architecture Flows)
results=artifacts/test-results
mkdir -p "$results"

# Every test project is a program (xunit.v3): its XML report has the totals that count.
run_project() {
  local name=$1; shift
  local report="$results/$name.xml"
  rm -f "$report"
  echo "== $name"
  "artifacts/bin/Tollgate.$name/release/Tollgate.$name" -noLogo -noColor -xml "$report" "$@" > "$results/$name.log" 2>&1 || failed=1
  # Green projects say one line; a red one shows what failed.
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

passed=0 broken=0 skipped=0 errors=0 failed=0
projects=("${quick[@]}")
case "${1:-}" in
  --all) shift; export TOLLGATE_TESTS=all ;;
  "") ;;
  *) projects=("$1"); shift ;;
esac

started=$SECONDS
# Format is part of the build: IDE0055 and the other style rules are errors.
dotnet build Tollgate.slnx -c Release -v quiet
echo "== built in $((SECONDS - started)) s"
for project in "${projects[@]}"; do
  run_project "$project" "$@"
done

echo "== $((SECONDS - started)) s"
echo "$passed passed, $((broken + errors)) failed, $skipped skipped"
exit "$failed"
