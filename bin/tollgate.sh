#!/bin/sh
# Starts a node, stops it, or runs a command of the program. The home folder is the one above this file, unless TOLLGATE_HOME names another:
#   sh tollgate.sh [-Dprofile=api-publisher] [-DportOffset=1]     in the foreground, until Ctrl-C (also: run, --run)
#   sh tollgate.sh start [...]      in the background; the process id is in tollgate.pid of the home folder (also: --start)
#   sh tollgate.sh stop             lets calls in flight finish (also: --stop)
#   sh tollgate.sh restart [...]    stop, then start (also: --restart)
#   sh tollgate.sh config [...]     or any other command: tollgate --help lists them
set -eu
folder=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
program=$folder/tollgate
home=${TOLLGATE_HOME:-$folder}
pid_file=$home/tollgate.pid

running() {
  [ -s "$pid_file" ] && kill -0 "$(cat "$pid_file")" 2> /dev/null
}

start() {
  if running; then
    echo "tollgate: already running as process $(cat "$pid_file"), which $pid_file names" >&2
    exit 2
  fi
  mkdir -p "$home/repository/logs"
  nohup "$program" serve --home "$home" "$@" >> "$home/repository/logs/console.log" 2>&1 < /dev/null &
  echo $! > "$pid_file"
  # What is wrong with the configuration is known within a moment; say it here and not only in a file.
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    sleep 0.2
    if ! running; then
      tail -1 "$home/repository/logs/console.log" >&2
      rm -f "$pid_file"
      exit 2
    fi
  done
  echo "tollgate: process $(cat "$pid_file"), output in $home/repository/logs/console.log"
}

stop() {
  if running; then
    pid=$(cat "$pid_file")
    kill "$pid"
    while kill -0 "$pid" 2> /dev/null; do sleep 0.1; done
  fi
  rm -f "$pid_file"
}

case "${1:-}" in
  start | --start) shift; start "$@" ;;
  stop | --stop) stop ;;
  restart | --restart) shift; stop; start "$@" ;;
  run | --run) shift; exec "$program" serve --home "$home" "$@" ;;
  "" | -D* | --optimize | --skipConfigOptimization | --profile | --profile=*) exec "$program" serve --home "$home" "$@" ;;
  *) exec "$program" "$@" --home "$home" ;;
esac
