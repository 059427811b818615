"""A certificate authority of a company, for tests: files that a server and a client can use."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


class Authority:
    """Signs certificates; `bundle` is the file that makes a client trust it."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._key = folder, ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Acme private authority")])
        self._signed = self._sign(self._name, self._key, x509.BasicConstraints(ca=True, path_length=None))
        self.bundle = str(self._keep("authority.pem", self._signed))

    def certificate(self, *, name: str = "", ip: str = "") -> str:
        """Return the file of a key and certificate for this host name or address."""
        key = ec.generate_private_key(ec.SECP256R1())
        stands_for = [x509.DNSName(name)] if name else [x509.IPAddress(ip_address(ip))]
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "server")])
        signed = self._sign(subject, key, x509.SubjectAlternativeName(stands_for))
        return str(self._keep(f"{(name or ip).replace('.', '-')}.pem", signed, key))

    def _sign(self, subject, key, extension):
        now = datetime.now(UTC)
        begun = x509.CertificateBuilder().subject_name(subject).issuer_name(self._name).public_key(key.public_key())
        numbered = begun.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        dated = numbered.not_valid_after(now + timedelta(days=2))
        return dated.add_extension(extension, critical=False).sign(self._key, hashes.SHA256())

    def _keep(self, name, certificate, key=None) -> Path:
        text = certificate.public_bytes(serialization.Encoding.PEM)
        if key:
            form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            text += key.private_bytes(serialization.Encoding.PEM, form, plain)
        path = self._folder / name
        path.write_bytes(text)
        return path
