#!/usr/bin/env bash
# Passwords of the container's database, made once, in the folder `secrets` of the current directory. The folder is closed;
# the files are read by the containers' own users.
set -euo pipefail
umask 077
mkdir -p secrets
[ ! -s secrets/database_password ] || exit 0
password=$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')
printf '%s' "$password" >secrets/database_password
printf 'postgres://padankerja:%s@postgres:5432/padankerja' "$password" >secrets/database_url
chmod 644 secrets/*
