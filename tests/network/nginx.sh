# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sourced by ./dev bench and test-wire.sh, which set $project.
# shellcheck disable=SC2154

# nginx as it is shipped, with a certificate of its own, between devices and the server on port $2; in folder $1.
start_nginx() {
  local folder=$1 ports
  mkdir "$folder"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1 \
    -addext subjectAltName=IP:127.0.0.1 -keyout "$folder/privkey.pem" -out "$folder/fullchain.pem" 2>/dev/null
  ports=$(python3 -c 'import socket
sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
print(*(s.getsockname()[1] for s in sockets))')
  sed -e '/\[::\]/d' -e "s/listen 80;/listen 127.0.0.1:${ports% *};/" -e "s/listen 443 ssl;/listen 127.0.0.1:${ports#* } ssl;/" \
    -e "s/127\.0\.0\.1:8080/127.0.0.1:$2/" -e "s,/etc/letsencrypt/live/[^/]*,$folder," "$project/data/nginx/rounds.conf" \
    >"$folder/rounds.conf"
  {
    printf 'user %s;\npid %s/pid;\nevents {}\nhttp {\naccess_log off;\n' "$(id -un)" "$folder"
    printf '%s_temp_path %s/temp;\n' client_body "$folder" proxy "$folder" fastcgi "$folder" uwsgi "$folder" scgi "$folder"
    printf 'include %s/rounds.conf;\n}\n' "$folder"
  } >"$folder/nginx.conf"
  nginx -e stderr -c "$folder/nginx.conf"
  printf '%s\n' "${ports#* }" >"$folder/port"
}
