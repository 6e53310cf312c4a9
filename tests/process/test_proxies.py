"""The proxies of deploy/, unchanged but for port, certificate and bot address."""

from __future__ import annotations

import os
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

import aiohttp
import pytest

from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.helpers.ports import free_port
from tests.helpers.programs import find
from tests.process.bot_process import made, matinee, port_of, posted

DEPLOY = Path(__file__).parent.parent.parent / "deploy"
HOST = "bot.example.org"
LARGEST = 64 * 1024

NGINX = """\
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    scgi_temp_path {folder}/scgi;
    uwsgi_temp_path {folder}/uwsgi;
    include {folder}/matinee.conf;
}}
"""


def changed(text: str, **replaced: str) -> str:
    for old, new in replaced.items():
        assert old in text
        text = text.replace(old, new)
    return text


@contextmanager
def nginx(folder: Path, port: int, upstream: int) -> Iterator[None]:
    config = changed(
        (DEPLOY / "nginx.conf").read_text(encoding="utf-8"),
        **{
            "    listen [::]:443 ssl;\n": "",
            "443": str(port),
            "127.0.0.1:8080": f"127.0.0.1:{upstream}",
            f"/etc/letsencrypt/live/{HOST}": str(folder),
        },
    )
    (folder / "matinee.conf").write_text(config, encoding="utf-8")
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder), encoding="utf-8")
    command = (find("nginx") or "nginx", "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log"))
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    subprocess.run(command, check=True, capture_output=True)
    try:
        yield
    finally:
        subprocess.run([*command, "-s", "stop"], check=True, capture_output=True)


@contextmanager
def caddy(folder: Path, port: int, upstream: int) -> Iterator[None]:
    own_certificate = f"log_skip /callbacks/*\n\ttls {folder}/fullchain.pem {folder}/privkey.pem"
    with_log = f"{own_certificate}\n\tlog {{\n\t\toutput file {folder}/access.log\n\t}}"
    config = changed(
        (DEPLOY / "Caddyfile").read_text(encoding="utf-8"),
        **{
            "log_skip /callbacks/*": with_log,
            "\tservers {\n": f"\tadmin unix/{folder}/admin\n\tauto_https disable_redirects\n\tservers {{\n",
        },
    )
    file = folder / "Caddyfile"
    file.write_text(config, encoding="utf-8")
    home = {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    ours = {"PUBLIC_URL": f"https://{HOST}:{port}", "UPSTREAM": f"127.0.0.1:{upstream}"}
    program, named = find("caddy") or "caddy", ("--config", str(file), "--adapter", "caddyfile")
    with (folder / "error.log").open("wb") as log:
        subprocess.run([program, "start", *named], env=os.environ | home | ours, check=True, stdout=log, stderr=log)
    try:
        yield
    finally:
        subprocess.run([program, "stop", *named], env=os.environ | home | ours, check=True, capture_output=True)


def make_certificate(folder: Path) -> ssl.SSLContext:
    files = ("-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem"))
    kind = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2")
    name = ("-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}")
    command = ("openssl", "req", "-x509", *kind, *name, *files)
    subprocess.run(command, check=True, capture_output=True)
    return ssl.create_default_context(cafile=str(folder / "fullchain.pem"))


@pytest.mark.parametrize("name", ["nginx", "caddy"])
async def test_a_callback_and_nothing_else_gets_through_a_proxy_and_its_secret_into_no_log(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, name: str
) -> None:
    """Polls are an hour apart, so only the callback ends the wait."""
    proxy = {"nginx": nginx, "caddy": caddy}[name]
    if absent := next((each for each in (name, "openssl") if find(each) is None), None):
        pytest.skip(f"{absent} is not installed")
    trusted = make_certificate(tmp_path)
    slowly = {"POLL_FASTEST_SECONDS": "3600", "POLL_SLOWEST_SECONDS": "3600"}
    served = {"PUBLIC_URL": f"https://{HOST}", "PORT": "0", "HOST": "127.0.0.1", "TRUSTED_PROXIES": "127.0.0.1"}
    async with matinee(discord, api, tmp_path, **served, **slowly) as bot:
        port = free_port()
        with proxy(tmp_path, port, await port_of(bot)):
            await discord.ready()
            await made(discord, api)
            secret = api.orders[0]["webhookUrl"].removeprefix(f"https://{HOST}/callbacks/")
            connector = aiohttp.TCPConnector(ssl=trusted)
            async with aiohttp.ClientSession(f"https://127.0.0.1:{port}", connector=connector) as session:

                async def answer(method: str, path: str, body: bytes = b"") -> int:
                    named = {"Host": f"{HOST}:{port}"}
                    async with session.request(method, path, data=body, headers=named, server_hostname=HOST) as got:
                        return got.status

                for path in ("/", "/healthz", "/readyz", "/metrics"):
                    assert await answer("GET", path) == HTTPStatus.NOT_FOUND, path
                too_large = await answer("POST", f"/callbacks/{secret}", b" " * (LARGEST + 1))
                assert too_large == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
                assert await answer("POST", f"/callbacks/{secret}", b"{}") == HTTPStatus.ACCEPTED
            await posted(discord, api.movie_url("movie-1"))
    logs = [(tmp_path / name).read_text(encoding="utf-8") for name in ("access.log", "error.log")]
    assert "/metrics" in logs[0]
    assert not any(secret in text for text in logs)
