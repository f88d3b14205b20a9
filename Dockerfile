# sourcebrief with all that it needs: Python, Pango, pandoc, typefaces. A brief is built in it without
# a network, on a read-only root file system, by a user who is not root:
#
#   docker build --tag sourcebrief:0.1.0 .
#   docker run --rm --network none --read-only --tmpfs /tmp --user "$(id -u):$(id -g)" \
#     --volume "$PWD:/work" sourcebrief:0.1.0 build
FROM python:3.11-slim-bookworm AS wheel
WORKDIR /source
COPY .ci/constraints.txt .ci/constraints.txt
RUN pip install --no-cache-dir --constraint .ci/constraints.txt hatchling
COPY pyproject.toml README.md CHANGELOG.md LICENSE ./
COPY docs docs
COPY src src
COPY templates templates
RUN python -m hatchling build --target wheel --directory /dist

FROM python:3.11-slim-bookworm
LABEL org.opencontainers.image.title="sourcebrief" \
      org.opencontainers.image.description="Policy briefs that prove themselves" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="MIT"
# Pango sets type; git and ssh-keygen say what changed, and seal. Debian has one version of each.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        git libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 openssh-client \
    && rm -rf /var/lib/apt/lists/*
COPY .ci/constraints.txt /opt/sourcebrief/constraints.txt
RUN --mount=type=bind,from=wheel,source=/dist,target=/dist \
    pip install --no-cache-dir --constraint /opt/sourcebrief/constraints.txt \
        "$(ls /dist/*.whl)[ics,import,sign]" \
    && sourcebrief doctor
# Only /tmp and the workspace are written; what Python compiles was compiled above.
ENV HOME=/tmp \
    XDG_CACHE_HOME=/tmp/.cache \
    PYTHONDONTWRITEBYTECODE=1
WORKDIR /work
USER 10001:10001
ENTRYPOINT ["sourcebrief"]
