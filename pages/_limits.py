"""How often one address may ask for something; counted in the memory of this process."""

import ipaddress
import math
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

IPV6_HOUSE = 64
"""Bits of an IPv6 address that one household or office has for itself."""


class Limiter:
    """So many deeds in any minute for each IPv4 address or IPv6 network.

    At most `most` networks are counted one by one; all beyond share one count, so that many senders cannot fill
    the memory.
    """

    def __init__(self, a_minute: int, *, most: int = 5000) -> None:
        self._limit = RateLimitItemPerMinute(a_minute)
        self._most = most
        self._counts = MemoryStorage()
        self._window = MovingWindowRateLimiter(self._counts)

    def wait(self, address: str) -> int:
        """Counts one deed: 0 if it may be done, else the seconds after which it may."""
        return self.wait_for(network_of(address))

    def wait_for(self, who: str) -> int:
        """The same for a session or another name."""
        if len(self._counts.events) >= self._most and self._limit.key_for(who) not in self._counts.events:
            who = OTHERS
        if self._window.hit(self._limit, who):
            return 0
        return max(1, math.ceil(self._window.get_window_stats(self._limit, who).reset_time - time.time()))

    def forget(self) -> None:
        """Count from zero for everybody."""
        self._counts.reset()


def network_of(address: str) -> str:
    """The address itself for IPv4, its /64 for IPv6, in one spelling each."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return OTHERS
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is None:
            return str(ipaddress.ip_network((int(found), IPV6_HOUSE), strict=False))
        found = found.ipv4_mapped
    return str(found)


OTHERS = "others"
