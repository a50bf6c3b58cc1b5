#!/usr/bin/env bash
# Real database servers for tests, on free loopback ports, in a folder that goes away with them:
#   eng/databases.sh start FOLDER [plain]   starts PostgreSQL and MariaDB, as far as they are installed, and writes FOLDER/environment;
#                                   they offer TLS with a certificate for localhost from FOLDER/authority.crt, or with "plain" do not
#   eng/databases.sh restart FOLDER PRODUCT   lets one of them crash and starts it again: postgresql or mariadb
#   eng/databases.sh stop FOLDER    stops what start started, by process id
set -euo pipefail

password=tollgate-Test-5509

free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 20000))
    if ! (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; then
      echo "$port"
      return
    fi
  done
}

# Database servers refuse to run as root.
as() {
  local user=$1
  shift
  if [ "$(id -u)" = 0 ]; then runuser -u "$user" -- "$@"; else "$@"; fi
}

own() {
  if [ "$(id -u)" = 0 ]; then chown -R "$1" "$2"; fi
}

# An authority, and another one that nobody has a certificate from.
authorities() {
  local name
  for name in authority other; do
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3 -subj "/CN=$name" \
      -keyout "$folder/$name.key" -out "$folder/$name.crt" 2> /dev/null
  done
}

# A certificate for localhost, and not for 127.0.0.1: the same server has a right and a wrong name.
certificate() {
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost -keyout "$1/server.key" -out "$1/server.csr" 2> /dev/null
  openssl x509 -req -in "$1/server.csr" -CA "$folder/authority.crt" -CAkey "$folder/authority.key" -days 3 -out "$1/server.crt" \
    -extfile <(echo "subjectAltName = DNS:localhost") 2> /dev/null
  chmod 600 "$1/server.key"
}

start_postgresql() {
  local binaries port
  binaries=$(ls -d /usr/lib/postgresql/*/bin 2> /dev/null | sort -V | tail -1)
  [ -n "$binaries" ] || binaries=$(dirname "$(command -v initdb || echo /nowhere/initdb)")
  [ -x "$binaries/initdb" ] || return 0
  port=$(free_port)
  mkdir -p "$folder/pg"
  echo "$password" > "$folder/pg.password"
  own postgres "$folder/pg"
  own postgres "$folder/pg.password"
  as postgres "$binaries/initdb" -D "$folder/pg/data" -A scram-sha-256 -U postgres --pwfile="$folder/pg.password" --no-sync > "$folder/initdb.log" 2>&1
  certificate "$folder/pg/data"
  own postgres "$folder/pg/data"
  as postgres "$binaries/pg_ctl" -D "$folder/pg/data" -l "$folder/pg/log" -w -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' \
    -c ssl=$1 -c fsync=off -c max_connections=400" start > "$folder/pg_ctl.log" 2>&1
  echo "$binaries" > "$folder/pg.binaries"
  echo "export TOLLGATE_TEST_POSTGRESQL=127.0.0.1:$port:postgres:$password" >> "$folder/environment"
}

start_mariadb() {
  local server port
  server=$(command -v mariadbd || true)
  [ -n "$server" ] || return 0
  port=$(free_port)
  mkdir -p "$folder/my/tmp"
  own mysql "$folder/my"
  as mysql mariadb-install-db --no-defaults --datadir="$folder/my/data" --auth-root-authentication-method=normal --skip-test-db \
    > "$folder/mariadb-install.log" 2>&1
  certificate "$folder/my"
  printf '%s\n' "CREATE USER IF NOT EXISTS tollgate@'127.0.0.1' IDENTIFIED BY '$password';" \
    "GRANT ALL ON *.* TO tollgate@'127.0.0.1' WITH GRANT OPTION;" > "$folder/my/init.sql"
  # A server that starts deletes all temporary tables it finds in its folder for them: each has a folder of its own.
  # Small, and a commit reaches the operating system: it survives the server's end, which is what tests look at.
  printf '%s\n' "exec $server --no-defaults --datadir=$folder/my/data --socket=$folder/my/my.sock --pid-file=$folder/my/my.pid --tmpdir=$folder/my/tmp" \
    "--bind-address=127.0.0.1 --port=$port --skip-name-resolve --init-file=$folder/my/init.sql $1" \
    "--innodb-flush-log-at-trx-commit=2 --innodb-buffer-pool-size=128M --max-connections=400" \
    "--character-set-server=latin1" | tr '\n' ' ' > "$folder/my/run"
  own mysql "$folder/my"
  run_mariadb "$port"
  echo "export TOLLGATE_TEST_MARIADB=127.0.0.1:$port:tollgate:$password" >> "$folder/environment"
}

run_mariadb() {
  as mysql setsid sh "$folder/my/run" >> "$folder/mariadb.log" 2>&1 < /dev/null &
  for _ in $(seq 200); do
    if [ -s "$folder/my/my.pid" ] && (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null; then
      return
    fi
    sleep 0.1
  done
  echo "MariaDB did not start:" >&2
  tail -20 "$folder/mariadb.log" >&2
  return 1
}

restart() {
  if [ "$1" = postgresql ]; then
    as postgres "$(cat "$folder/pg.binaries")/pg_ctl" -D "$folder/pg/data" -l "$folder/pg/log" -w -m immediate restart > "$folder/pg_ctl.log" 2>&1
  else
    local pid
    pid=$(cat "$folder/my/my.pid")
    kill -9 "$pid"
    while kill -0 "$pid" 2> /dev/null; do sleep 0.02; done
    rm -f "$folder/my/my.pid"
    run_mariadb "$(grep -o -- '--port=[0-9]*' "$folder/my/run" | cut -d= -f2)"
  fi
}

stop() {
  local pid file
  for file in "$folder/pg/data/postmaster.pid" "$folder/my/my.pid"; do
    if [ -s "$file" ]; then
      pid=$(head -1 "$file")
      kill "$pid" 2> /dev/null || continue
      for _ in $(seq 100); do
        kill -0 "$pid" 2> /dev/null || break
        sleep 0.1
      done
    fi
  done
  rm -rf "$folder"
}

folder=$2
case "$1" in
  start)
    mkdir -p "$folder"
    chmod 755 "$folder"
    echo "export TOLLGATE_TEST_SERVERS=$folder" > "$folder/environment"
    authorities
    if [ "${3:-}" = plain ]; then
      start_postgresql off
      start_mariadb --skip-ssl
    else
      start_postgresql on
      start_mariadb "--ssl-cert=$folder/my/server.crt --ssl-key=$folder/my/server.key"
    fi
    ;;
  restart) restart "$3" ;;
  stop) stop ;;
esac
