#!/bin/sh
# Makes the certificates that the tests use: an authority, a server and a client signed by it.
# They guard nothing; the keys are public.
set -e
days=36500
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days $days \
  -subj "/CN=tests" -keyout authority.key -out authority.pem
for name in server client; do
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$name" \
    -keyout $name.key -out $name.csr
  printf "subjectAltName=DNS:localhost,IP:127.0.0.1" > $name.ext
  openssl x509 -req -in $name.csr -CA authority.pem -CAkey authority.key -CAcreateserial \
    -days $days -extfile $name.ext -out $name.pem
  rm $name.csr $name.ext
done
rm -f authority.key authority.srl
