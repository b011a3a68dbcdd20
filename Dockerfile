# docker build -t consistency . && docker run --rm -v "$PWD:/work" consistency check corpus/
FROM python:3.12-slim
COPY pyproject.toml setup.cfg README.md LICENSE /src/
COPY consistency /src/consistency
RUN pip install --no-cache-dir "/src[html]" && rm -rf /src \
    && useradd --create-home reader
USER reader
WORKDIR /work
ENTRYPOINT ["consistency"]
CMD ["--help"]
