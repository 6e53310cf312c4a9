# One image for every role: `docker run IMAGE` is `python -m bot`, `docker run IMAGE worker` is `python -m bot worker`.
# docs/deploy/container.md says how to run it.

# scripts/release.py adds the digest that a release is built from. To pin another: --build-arg PYTHON=IMAGE@sha256:...
ARG PYTHON=docker.io/library/python:3.13-slim-trixie

FROM ${PYTHON} AS build
WORKDIR /app
COPY requirements-postgresql.txt requirements-traces.txt ./
COPY scripts/make_environment.py scripts/
RUN ["python3", "scripts/make_environment.py", ".venv-bot", "requirements-postgresql.txt", "requirements-traces.txt", "--remove-installer"]
COPY bot bot
COPY cogs cogs
COPY data data
# The root is read-only later, so Python can't do this then. The checkout may be readable to its owner alone.
RUN python3 -m compileall -q --invalidation-mode unchecked-hash bot cogs data && chmod -R a+rX /app

FROM ${PYTHON}
LABEL org.opencontainers.image.title="Matinee" \
      org.opencontainers.image.description="A Discord bot with which a community makes movies together." \
      org.opencontainers.image.licenses="MIT"
RUN groupadd --gid 10001 matinee \
    && useradd --no-log-init --uid 10001 --gid matinee --home-dir /data --no-create-home --shell /usr/sbin/nologin matinee \
    && install --directory --mode=700 --owner=matinee --group=matinee /data
WORKDIR /app
COPY LICENSE ./
COPY scripts/check_health.py scripts/
COPY --from=build /app /app
# The bot writes to var, in the folder that it runs in.
RUN ["ln", "-s", "/data", "/app/var"]
ENV PORT=8080 \
    PYTHONUNBUFFERED=1
EXPOSE 8080
# No VOLUME: Railway refuses it, and a volume without a name is easily lost. Mount one at /data.
# Numbers, because Kubernetes can't tell whether a name is root's.
USER 10001:10001
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["/app/.venv-bot/bin/python", "-I", "/app/scripts/check_health.py"]
ENTRYPOINT ["/app/.venv-bot/bin/python", "-m", "bot"]
