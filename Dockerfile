# One binary, no shell: built on Debian 12, run on the distroless image of the same Debian.

FROM rust:1-slim-bookworm AS build
WORKDIR /src
COPY . .
# Crates and compiled dependencies stay in caches outside the layers; the binary is copied out of its cache.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --locked --release --bin padankerja \
    && cp target/release/padankerja /usr/local/bin/padankerja
# The folders the service writes to; an image without a shell cannot make them. 65532 is its user "nonroot".
RUN mkdir -p /volumes/data /volumes/keys && chown -R 65532:65532 /volumes && chmod 700 /volumes/*

FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /usr/local/bin/padankerja /usr/local/bin/padankerja
COPY --from=build --chown=65532:65532 /volumes/ /
COPY LICENSE* NOTICE.md /usr/share/doc/padankerja/
# Everything else is read-only: /data holds the embedded database and the search index (which can be rebuilt),
# /keys what a backup of /data must not contain.
VOLUME ["/data", "/keys"]
WORKDIR /
ENV PADANKERJA_LISTEN=0.0.0.0:8080 \
    PADANKERJA_DATA_DIR=/data \
    PADANKERJA_KEYS_FILE=/keys/keys.json
EXPOSE 8080
USER 65532:65532
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 CMD ["/usr/local/bin/padankerja", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/local/bin/padankerja"]
CMD ["serve"]
