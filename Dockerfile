# The wheel into a clean environment, and that environment into a slim image.

FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements.lock requirements-build.lock requirements-extra.lock ./
RUN python -m venv /opt/build && /opt/build/bin/python -m pip install --no-cache-dir --require-hashes -r requirements-build.lock
RUN python -m venv /opt/lab && /opt/lab/bin/python -m pip install --no-cache-dir --require-hashes -r requirements.lock -r requirements-extra.lock
COPY pyproject.toml README.md ./
COPY descent_lab descent_lab
COPY app app
COPY static static
COPY templates templates
RUN /opt/build/bin/python -m hatchling build --target wheel --directory /dist
RUN /opt/lab/bin/python -m pip install --no-cache-dir --no-index --no-deps /dist/descent_lab-*.whl

FROM python:3.13-slim
RUN useradd --uid 10001 lab && install --directory --owner lab /var/cache/descent-lab
COPY --from=build /opt/lab /opt/lab
ENV PATH=/opt/lab/bin:$PATH DESCENT_LAB_CACHE=/var/cache/descent-lab PYTHONUNBUFFERED=1
WORKDIR /var/cache/descent-lab
USER lab
# The first race is instant. A host with another kind of processor compiles its own kernels when it first starts.
RUN descent-lab warm
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["descent-lab", "serve", "--host", "0.0.0.0", "--port", "8000"]
