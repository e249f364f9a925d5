#!/bin/sh
# Makes an authority of its own and certificates for the nodes of the store, as the compose files beside it mount them:
#   docker/certificates.sh [FOLDER [NODE...]]
# Without arguments: docker/certificates and the four nodes of both compose files. What is there already stays as it is, so that a
# node can be added later. Only making certificates needs FOLDER/authority/ca.key: keep it where no container reads it.
set -eu
umask 077
folder=${1:-$(dirname "$0")/certificates}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- store store-1 store-2 store-3
# User of the store's image; `docker run --rm --entrypoint id IMAGE` says it.
owner=${STORE_USER:-1001:1001}
days=825

mkdir -p "$folder/authority" "$folder/ca"
key=$folder/authority/ca.key
if [ ! -e "$key" ]; then
  openssl req -x509 -newkey rsa:3072 -nodes -sha256 -days 3650 -subj "/CN=pdl store authority" \
    -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign,cRLSign" \
    -keyout "$key" -out "$folder/ca/ca.crt" 2>/dev/null
fi

for node in "$@"; do
  place=$folder/$node
  [ ! -e "$place/node.crt" ] || continue
  mkdir -p "$place"
  # Nodes know each other by this common name, which must be the same for all; a node is client and server.
  openssl req -new -newkey rsa:3072 -nodes -sha256 -subj "/CN=eventstoredb-node" \
    -keyout "$place/node.key" -out "$place/node.csr" 2>/dev/null
  cat >"$place/node.ext" <<END
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, keyEncipherment
extendedKeyUsage = serverAuth, clientAuth
subjectAltName = DNS:$node, DNS:localhost, IP:127.0.0.1
END
  openssl x509 -req -sha256 -days "$days" -in "$place/node.csr" -CA "$folder/ca/ca.crt" -CAkey "$key" \
    -set_serial "0x$(openssl rand -hex 16)" -extfile "$place/node.ext" -out "$place/node.crt" 2>/dev/null
  rm "$place/node.csr" "$place/node.ext"
done

# The folders that are mounted are anybody's to enter; a key is its user's alone.
chmod 0755 "$folder" "$folder/ca"
chmod 0644 "$folder/ca/ca.crt"
for node in "$@"; do
  chmod 0755 "$folder/$node"
  chmod 0644 "$folder/$node/node.crt"
  if [ "$(id -u)" -eq 0 ]; then
    chown "$owner" "$folder/$node/node.key"
  elif [ "$(id -u)" -ne "${owner%%:*}" ]; then
    echo "the store cannot read $folder/$node/node.key yet: sudo chown $owner $folder/$node/node.key"
  fi
done
