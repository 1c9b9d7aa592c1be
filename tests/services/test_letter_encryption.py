"""Encryption on the way to the mail server: where asked for, it is there and trusted, or nothing goes out."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from services.access import Actor
from tests.services.posted import problem_of_server, states, write
from tests.services.postman import Postman, at_work, deliver


@pytest.fixture(autouse=True)
def _installation(database: Path) -> None:
    """Every test here has a database of its own."""


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A server's certificate for this machine, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "server.pem"
    path.write_bytes(
        signed.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return path


@pytest.fixture(params=["starttls", "tls"])
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def encrypted(postman: Postman, way: str) -> str:
    """The server's address for this way of encryption."""
    return f"smtps://127.0.0.1:{postman.port}" if way == "tls" else f"{postman.url}?starttls=yes"


def told(way: str, certificate: Path) -> dict[str, object]:
    """What makes aiosmtpd speak it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return {"ssl_context": context} if way == "tls" else {"tls_context": context, "require_starttls": True}


def test_with_a_certificate_that_is_trusted_letters_go_out(
    ann: Actor, way: str, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    write(ann)
    with at_work(Postman(), **told(way, certificate)) as postman:
        deliver(postman, smtp_url=encrypted(postman, way))
    assert (states(), problem_of_server()) == (["sent"], "")


def test_with_any_other_none_does_and_the_page_says_why(ann: Actor, way: str, certificate: Path) -> None:
    write(ann)
    with at_work(Postman(), **told(way, certificate)) as postman:
        deliver(postman, smtp_url=encrypted(postman, way))
    assert (states(), postman.received) == (["waiting"], [])
    assert "certificate verify failed" in problem_of_server()
