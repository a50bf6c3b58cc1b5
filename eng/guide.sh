#!/usr/bin/env bash
# The services of the five-node guide, at the names and ports that its files write, in a network namespace of their own: nothing else of this machine
# is seen from there, nor seen from here but over a pair of interfaces. As root only.
#   eng/guide.sh start FOLDER    writes FOLDER/environment: the namespace's name, its address and ours
#   eng/guide.sh stop FOLDER     ends what start started, by process id
set -euo pipefail
cd "$(dirname "$0")/.."

names="db.wso2.com km.wso2.com tm.wso2.com pub.wso2.com store.wso2.com gw.wso2.com"

inside() { ip netns exec "$space" "$@"; }

network() {
  local net
  net=10.$((64 + RANDOM % 64)).$((RANDOM % 256))
  space=tollgate-$RANDOM$RANDOM
  mkdir -p "/etc/netns/$space"
  # Put in the place of /etc/hosts for whoever runs inside.
  printf '%s\n' "127.0.0.1 localhost $names" > "/etc/netns/$space/hosts"
  {
    echo "export GUIDE_SPACE=$space"
    echo "export GUIDE_INSIDE=$net.2"
    echo "export GUIDE_OUTSIDE=$net.1"
  } > "$folder/environment"
  ip netns add "$space"
  ip -n "$space" link set lo up
  ip link add "tg${space#tollgate-}" type veth peer name eth0 netns "$space"
  ip addr add "$net.1/30" dev "tg${space#tollgate-}"
  ip link set "tg${space#tollgate-}" up
  ip -n "$space" addr add "$net.2/30" dev eth0
  ip -n "$space" link set eth0 up
}

database() {
  mkdir -p "$folder/my/tmp"
  printf '%s\n' "ALTER USER root@localhost IDENTIFIED BY 'root';" "CREATE OR REPLACE USER root@'127.0.0.1' IDENTIFIED BY 'root';" \
    "GRANT ALL ON *.* TO root@'127.0.0.1' WITH GRANT OPTION;" "CREATE DATABASE IF NOT EXISTS apim_db;" "CREATE DATABASE IF NOT EXISTS shared_db;" \
    > "$folder/my/init.sql"
  chown -R mysql "$folder/my"
  runuser -u mysql -- mariadb-install-db --no-defaults --datadir="$folder/my/data" --auth-root-authentication-method=normal --skip-test-db \
    > "$folder/mariadb-install.log" 2>&1
  # The guide's databases are latin1.
  inside runuser -u mysql -- setsid mariadbd --no-defaults --datadir="$folder/my/data" --socket="$folder/my/my.sock" --pid-file="$folder/my/my.pid" \
    --tmpdir="$folder/my/tmp" --bind-address=127.0.0.1 --port=3306 --skip-name-resolve --init-file="$folder/my/init.sql" \
    --innodb-flush-log-at-trx-commit=2 --innodb-buffer-pool-size=128M --character-set-server=latin1 >> "$folder/mariadb.log" 2>&1 < /dev/null &
  for _ in $(seq 300); do
    if [ -s "$folder/my/my.pid" ] && inside bash -c "exec 3<> /dev/tcp/127.0.0.1/3306" 2> /dev/null; then return; fi
    sleep 0.1
  done
  tail -20 "$folder/mariadb.log" >&2
  return 1
}

# One file names the administrator as the broker's user, the others name nobody.
broker() {
  cat > "$folder/definitions.json" <<'JSON'
{"users": [{"name": "guest", "password": "guest", "tags": ["administrator"]}, {"name": "admin", "password": "admin", "tags": ["administrator"]}],
 "vhosts": [{"name": "/"}],
 "permissions": [{"user": "guest", "vhost": "/", "configure": ".*", "write": ".*", "read": ".*"},
                 {"user": "admin", "vhost": "/", "configure": ".*", "write": ".*", "read": ".*"}]}
JSON
  chmod 644 "$folder/definitions.json"
  inside env TOLLGATE_BROKER_PORT=5675 TOLLGATE_BROKER_DEFINITIONS="$folder/definitions.json" bash eng/broker.sh start "$folder/broker"
}

# The key store of all nodes, and the trust store, as keytool makes them; and the same in the format that it made in its time.
keystores() {
  local d=$folder/security
  mkdir -p "$d/jks"
  (
    cd "$d"
    keytool -genkeypair -alias wso2carbon -keyalg RSA -keysize 2048 -validity 3650 -dname "CN=*.wso2.com" -ext "san=dns:*.wso2.com,dns:localhost" \
      -keystore wso2carbon.jks -storepass wso2carbon -keypass wso2carbon
    keytool -exportcert -alias wso2carbon -keystore wso2carbon.jks -storepass wso2carbon -file node.crt
    keytool -importcert -noprompt -alias wso2carbon -file node.crt -keystore client-truststore.jks -storepass wso2carbon
    for file in wso2carbon.jks client-truststore.jks; do
      keytool -importkeystore -noprompt -srckeystore $file -srcstorepass wso2carbon -destkeystore jks/$file -deststoretype JKS -deststorepass wso2carbon
    done
  ) > "$folder/keytool.log" 2>&1
}

stop() {
  local pid
  if [ -s "$folder/my/my.pid" ]; then
    pid=$(cat "$folder/my/my.pid")
    kill "$pid" 2> /dev/null || true
    for _ in $(seq 100); do kill -0 "$pid" 2> /dev/null || break; sleep 0.1; done
  fi
  bash eng/broker.sh stop "$folder/broker"
  if [ -e "$folder/environment" ]; then
    # shellcheck disable=SC1091
    . "$folder/environment"
    ip link delete "tg${GUIDE_SPACE#tollgate-}" 2> /dev/null || true
    ip netns delete "$GUIDE_SPACE" 2> /dev/null || true
    rm -rf "/etc/netns/$GUIDE_SPACE"
  fi
  rm -rf "$folder"
}

folder=$2
case "$1" in
  start)
    mkdir -p "$folder"
    chmod 755 "$folder"
    network
    keystores
    database
    broker
    ;;
  stop) stop ;;
esac
