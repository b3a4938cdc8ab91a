"""Which addresses lie on the public internet, so that nobody asks the own network through us."""

from ipaddress import IPv6Address, ip_address, ip_network

# Python's is_global calls these public, or did in some version.
NOT_PUBLIC = [
    ip_network(text)
    for text in (
        "100.64.0.0/10",  # shared by the customers of a provider
        "192.88.99.0/24",  # relays of 6to4
        "64:ff9b::/96",  # an IPv4 address behind a translator
        "64:ff9b:1::/48",
        "2001::/32",  # Teredo, which holds an IPv4 address
        "2002::/16",  # 6to4, which holds an IPv4 address
    )
]


def is_public(text: str) -> bool:
    """Whether text is a public unicast address; False for what is none at all."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and (address.ipv4_mapped or address.scope_id):
        return False
    if address.is_multicast or address.is_reserved or not address.is_global:
        return False
    return not any(
        address.version == network.version and address in network for network in NOT_PUBLIC
    )
