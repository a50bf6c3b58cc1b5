#!/usr/bin/env bash
# A real RabbitMQ for tests, on free loopback ports, in a folder that goes away with it:
#   eng/broker.sh start FOLDER     starts a broker and writes FOLDER/environment with its ports; it offers TLS with a certificate for localhost
#                                  from FOLDER/authority.crt. Does nothing where RabbitMQ is not installed
#                                  TOLLGATE_BROKER_PORT names a port, TOLLGATE_BROKER_DEFINITIONS a file with users
#   eng/broker.sh restart FOLDER   lets it crash and starts it again on the same ports and data
#   eng/broker.sh crash FOLDER     lets it crash
#   eng/broker.sh stop FOLDER      stops what start started, by process id
set -euo pipefail

server=/usr/lib/rabbitmq/bin/rabbitmq-server

free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    if ! (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; then
      echo "$port"
      return
    fi
  done
}

certificates() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3 -subj /CN=authority \
    -keyout "$folder/authority.key" -out "$folder/authority.crt" 2> /dev/null
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost -keyout "$folder/server.key" -out "$folder/server.csr" 2> /dev/null
  openssl x509 -req -in "$folder/server.csr" -CA "$folder/authority.crt" -CAkey "$folder/authority.key" -days 3 -out "$folder/server.crt" \
    -extfile <(echo "subjectAltName = DNS:localhost") 2> /dev/null
  chmod 644 "$folder/server.key"
}

configure() {
  local port tls
  port=${TOLLGATE_BROKER_PORT:-$(free_port)}
  tls=$(free_port)
  certificates
  cat > "$folder/rabbitmq.conf" <<CONF
listeners.tcp.default = 127.0.0.1:$port
listeners.ssl.default = 127.0.0.1:$tls
ssl_options.cacertfile = $folder/authority.crt
ssl_options.certfile = $folder/server.crt
ssl_options.keyfile = $folder/server.key
ssl_options.verify = verify_none
vm_memory_high_watermark.absolute = 1GB
disk_free_limit.absolute = 50MB
log.console = true
log.console.level = warning
CONF
  if [ -n "${TOLLGATE_BROKER_DEFINITIONS:-}" ]; then
    echo "load_definitions = $TOLLGATE_BROKER_DEFINITIONS" >> "$folder/rabbitmq.conf"
  fi

  # A node name and a port mapper of its own: nothing is shared with another broker of this machine.
  cat > "$folder/run.environment" <<CONF
export HOME=$folder RABBITMQ_NODENAME=t$port@localhost RABBITMQ_MNESIA_BASE=$folder/mnesia RABBITMQ_LOG_BASE=$folder/log
export RABBITMQ_CONFIG_FILE=$folder/rabbitmq.conf RABBITMQ_ENABLED_PLUGINS_FILE=$folder/enabled_plugins RABBITMQ_DIST_PORT=$(free_port)
export ERL_CRASH_DUMP_SECONDS=0 RABBITMQ_PID_FILE=$folder/pid ERL_EPMD_ADDRESS=127.0.0.1 ERL_EPMD_PORT=$(free_port) RABBITMQ_LOGS=-
export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1} +S 2:2"
CONF
  {
    echo "export TOLLGATE_TEST_BROKER=localhost:$port"
    echo "export TOLLGATE_TEST_BROKER_TLS=localhost:$tls"
    echo "export TOLLGATE_TEST_BROKER_FOLDER=$folder"
  } > "$folder/environment"
  if [ "$(id -u)" = 0 ]; then chown -R rabbitmq "$folder"; fi
}

run() {
  local port
  # shellcheck disable=SC1091
  . "$folder/run.environment"
  rm -f "$folder/pid"
  if [ "$(id -u)" = 0 ]; then
    setsid runuser -u rabbitmq --preserve-environment -- "$server" >> "$folder/broker.log" 2>&1 < /dev/null &
  else
    setsid "$server" >> "$folder/broker.log" 2>&1 < /dev/null &
  fi

  port=$(grep -o 'BROKER=localhost:[0-9]*' "$folder/environment" | cut -d: -f2)
  for _ in $(seq 600); do
    if [ -s "$folder/pid" ] && (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; then
      return
    fi
    sleep 0.1
  done
  echo "RabbitMQ did not start:" >&2
  tail -20 "$folder/broker.log" >&2
  return 1
}

end() {
  local pid
  [ -s "$folder/pid" ] || return 0
  pid=$(cat "$folder/pid")
  kill "-$1" "$pid" 2> /dev/null || return 0
  while kill -0 "$pid" 2> /dev/null; do sleep 0.05; done
}

# The port mapper outlives the broker; it is the one that listens on our port for it.
end_mapper() {
  local port pid
  port=$(grep -o 'ERL_EPMD_PORT=[0-9]*' "$folder/run.environment" | cut -d= -f2)
  for pid in $(pgrep -x epmd); do
    if tr '\0' '\n' < "/proc/$pid/environ" 2> /dev/null | grep -qx "ERL_EPMD_PORT=$port"; then
      kill "$pid" 2> /dev/null || true
    fi
  done
}

folder=$2
case "$1" in
  start)
    [ -x "$server" ] || exit 0
    mkdir -p "$folder"
    chmod 755 "$folder"
    configure
    run
    ;;
  restart) end KILL; run ;;
  crash) end KILL ;;
  stop)
    [ -e "$folder/run.environment" ] || exit 0
    end TERM
    end_mapper
    rm -rf "$folder"
    ;;
esac
