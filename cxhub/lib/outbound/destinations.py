"""Decides where a call may go: the URL, then every address behind its name. Connects only to an address it checked."""

import socket
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.utils.translation import gettext as _
from ssrfguard import Address, Policy, Target, connect, resolve
from ssrfguard.errors import BlockedAddressError, BlockedURLError

from cxhub.lib.outbound.deadlines import Deadline
from cxhub.lib.outbound.errors import Refused, Unreachable
from cxhub.lib.outbound.rules import EVERY_PORT, LONGEST_URL, Rules

IP = IPv4Address | IPv6Address
# Judges how a URL is written and leaves addresses to the rules, so that each refusal gets a sentence of its own.
SHAPE = Policy(
    allowed_networks=(ip_network("0.0.0.0/0"), ip_network("::/0")), allowed_ports=EVERY_PORT, max_url_length=LONGEST_URL
)
# Doors to the keys of a cloud account; some lie in networks that an operator may allow, one is a public address.
METADATA = frozenset(
    ip_address(text)
    for text in ("169.254.169.254", "169.254.170.2", "fd00:ec2::254", "100.100.100.200", "168.63.129.16", "192.0.0.192")
)
NAT64 = ip_network("64:ff9b::/96")
MOST_TRIES = 3


def target_of(url: str) -> Target:
    """Return the scheme, host and port of a URL. Asks no name server. Raises Refused."""
    scheme, _colon, rest = url.partition("://")
    if scheme.lower() not in {"http", "https"}:
        raise Refused(_("Write the whole address, beginning with https:// or http://."))
    if "@" in rest.replace("\\", "/").partition("/")[0].partition("?")[0]:
        raise Refused(_("Take the user name and password out of the address. Give them as the secret."))
    try:
        return SHAPE.check_url(url)
    except (BlockedURLError, BlockedAddressError):
        words = _("This is not an address that can be called. Write it like https://api.example.com/v1.")
        raise Refused(words) from None


def addresses_of(target: Target, rules: Rules, deadline: Deadline) -> tuple[Address, ...]:
    """Return the addresses behind a host, found by one lookup and all of them checked.

    Raises Refused, Unreachable, OutOfTime.
    """
    policy = rules.policy(target.host)
    try:
        found = resolve(target, policy=policy, resolver=lambda *given: deadline.wait_for(socket.getaddrinfo, *given))
    except BlockedAddressError:
        raise _refusal(target) from None
    except (socket.gaierror, UnicodeError):
        raise Unreachable(_("“%(host)s” cannot be found. Check the address.") % {"host": target.host}) from None
    if not all(_may_be_called(address.ip, policy, rules) for address in found):
        raise _refusal(target)
    return found


def connected(addresses: tuple[Address, ...], rules: Rules, deadline: Deadline) -> socket.socket:
    """Return a connection to the first address that answers. No name is looked up. Raises Unreachable, OutOfTime."""
    tried = addresses[:MOST_TRIES]
    for number, address in enumerate(tried):
        try:
            seconds = deadline.left() / (len(tried) - number)
            return connect([address], policy=rules.policy(address.hostname), timeout=seconds)
        except BlockedAddressError:  # something on the way rewrote the destination
            raise Refused(_("The connection led to another place than the address says.")) from None
        except OSError:
            continue
    deadline.left()
    raise Unreachable(_("“%(host)s” does not answer.") % {"host": addresses[0].hostname})


def _refusal(target: Target) -> Refused:
    return Refused(
        _("“%(host)s” is inside a private network. Use a public address, or ask the operator to allow this host.")
        % {"host": target.host_as_written}
    )


def _may_be_called(ip: IP, policy: Policy, rules: Rules) -> bool:
    """Say whether an address that is not on the list of special networks may be called."""
    if METADATA & set(_meanings(ip)):
        return rules.lists(str(ip))
    return any(ip in network for network in policy.allowed_networks) or not any(map(_is_own, _meanings(ip)))


def _meanings(ip: IP) -> Iterator[IP]:
    """Yield the address, and the one inside it that a gateway would send it on to."""
    yield ip
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (IPv4Address(int(ip) & 0xFFFFFFFF) if ip in NAT64 else None)
        if inner:
            yield inner


def _is_own(ip: IP) -> bool:
    """Say whether the address is one of this machine: only such an address can be bound."""
    family = socket.AF_INET if ip.version == 4 else socket.AF_INET6
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((str(ip), 0))
    except OSError:
        return False
    return True
