"""What is counted in this process, for a monitor to ask."""

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)

disable_created_metrics()  # type: ignore[no-untyped-call]

REGISTRY = CollectorRegistry()
REQUESTS = Counter("aspen_requests", "Requests answered.", ["method", "route", "status"], registry=REGISTRY)
SECONDS = Histogram(
    "aspen_request_seconds",
    "From a request to the end of its answer.",
    ["route"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=REGISTRY,
)
DEEDS = Counter("aspen_deeds", "Deeds saved, by the action of their audit line.", ["action"], registry=REGISTRY)
FAULTS = Counter("aspen_faults", "Faults told to somebody with a reference.", registry=REGISTRY)
SOCKETS = Gauge("aspen_sockets", "Open websockets.", registry=REGISTRY)
WINDOWS = Gauge("aspen_windows", "Pages held for browsers, connected or awaited.", registry=REGISTRY)
ProcessCollector(registry=REGISTRY)
