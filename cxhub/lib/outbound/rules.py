"""What the operator of this installation lets it call, and by which way. Built once, from the environment."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from ssrfguard import Policy

Network = IPv4Network | IPv6Network
EVERY_PORT = frozenset(range(1, 65536))
LONGEST_URL = 4096
# What an allowed host name may stand for: company servers live on private addresses, and on this machine in tests.
# Link-local addresses are left out, for no company server has one.
INTERNAL = tuple(
    ip_network(text)
    for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "fc00::/7", "::1/128")
)


@dataclass(frozen=True)
class Rules:
    """Who may be called although it is internal, by which proxy, trusting whom, for how long and how much."""

    hosts: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()
    proxy: str = ""
    ca_bundle: str = ""
    deadline_seconds: float = 15
    most_bytes: int = 10 * 1024 * 1024

    @classmethod
    def of(cls, *, allow: Iterable[str] = (), proxy: str = "", ca_bundle: str = "") -> Self:
        """Build the rules from the operator's words. Raises ValueError with a sentence."""
        named = [entry.strip() for entry in allow if entry.strip()]
        networks = [network for entry in named if (network := _network(entry))]
        hosts = [entry.lower().rstrip(".") for entry in named if not _network(entry)]
        for host in hosts:
            if not host.replace("-", "").replace(".", "").replace("_", "").isalnum():
                raise ValueError(f"OUTBOUND_ALLOW has {host!r}; name a host (crm.acme.lan) or a network (10.1.0.0/16).")
        _check_proxy(proxy)
        if ca_bundle and not Path(ca_bundle).is_file():
            raise ValueError(f"OUTBOUND_CA_BUNDLE names {ca_bundle!r}, which is not a file.")
        rules = cls(frozenset(hosts), tuple(networks), proxy, ca_bundle)
        try:
            rules.policy("")
        except ValueError:
            raise ValueError("OUTBOUND_ALLOW has a network whose addresses stand for others. Name those.") from None
        return rules

    def policy(self, host: str) -> Policy:
        """Return which addresses may be called under this host name. Raises ValueError."""
        return _policy(self.networks + (INTERNAL if host.lower() in self.hosts else ()))

    def lists(self, address: str) -> bool:
        """Say whether the operator allows exactly this one address."""
        return ip_network(address) in self.networks

    def described(self) -> list[str]:
        """Return the internal hosts and networks that may be called, for the page where a person sets up a call."""
        return sorted(self.hosts) + [str(network) for network in self.networks]


@cache
def _policy(networks: tuple[Network, ...]) -> Policy:
    return Policy(allowed_networks=networks, allowed_ports=EVERY_PORT, max_url_length=LONGEST_URL)


def _network(entry: str) -> Network | None:
    try:
        return ip_network(entry)
    except ValueError:
        if "/" in entry or ":" in entry:
            raise ValueError(
                f"OUTBOUND_ALLOW has {entry!r}; a network is written like 10.1.0.0/16, a host without port."
            ) from None
        return None


def _check_proxy(proxy: str) -> None:
    parts = urlsplit(proxy)
    if proxy and (parts.scheme != "http" or not parts.hostname or not parts.port):
        raise ValueError("OUTBOUND_PROXY must look like http://proxy.example:3128.")
