"""Topics: facts announced after the commit reach every open window, and never endanger what was saved."""

import asyncio
import threading
from pathlib import Path

import pytest

from models.errors import WrongState
from services import db, independent_events, live, review
from services.live import Topic
from tests import make


async def heard(queue: "asyncio.Queue[object]") -> object:
    return await asyncio.wait_for(queue.get(), 5)


async def test_what_is_published_from_a_thread_is_heard_on_the_loop_that_subscribed() -> None:
    topic, queue = Topic(), asyncio.Queue[object]()
    topic.subscribe(lambda *facts: queue.put_nowait((facts, threading.current_thread())))
    await asyncio.to_thread(topic.publish, 1, 2)
    assert await heard(queue) == ((1, 2), threading.current_thread())


async def test_a_listener_with_a_key_hears_only_that_key_and_one_without_hears_all() -> None:
    topic, queue = Topic(), asyncio.Queue[object]()
    topic.subscribe(lambda fact: queue.put_nowait(("ann", fact)), key=1)
    topic.subscribe(lambda fact: queue.put_nowait(("bob", fact)), key=2)
    topic.subscribe(lambda fact: queue.put_nowait(("all", fact)))
    topic.publish("one", key=1)
    topic.publish("two", key=2)
    topic.publish("none")
    assert [await heard(queue) for _ in range(5)] == [
        ("ann", "one"), ("all", "one"), ("bob", "two"), ("all", "two"), ("all", "none")]  # fmt: skip
    assert queue.empty()


async def test_who_stops_listening_hears_nothing_more_and_may_stop_twice() -> None:
    topic, queue = Topic(), asyncio.Queue[object]()
    stop = topic.subscribe(lambda fact: queue.put_nowait(("stopped", fact)))
    topic.subscribe(lambda fact: queue.put_nowait(("stays", fact)))
    stop()
    stop()
    topic.publish("news")
    assert await heard(queue) == ("stays", "news")
    assert queue.empty()


async def test_two_windows_of_the_same_listener_stop_one_by_one() -> None:
    topic, queue = Topic(), asyncio.Queue[object]()
    first = topic.subscribe(queue.put_nowait)
    topic.subscribe(queue.put_nowait)
    first()
    topic.publish("news")
    assert await heard(queue) == "news"
    assert queue.empty()


def test_a_loop_that_is_gone_does_not_fail_a_saved_change(database: Path) -> None:
    async def subscribe() -> None:
        live.claims_changed.subscribe(lambda _: None)
        live.record_changed.subscribe(lambda: None)

    asyncio.run(subscribe())
    ann, cem = make.person(), make.coordinator()
    claim_id = make.own_entry(ann)
    assert review.approve(cem, [claim_id]).done == (claim_id,)
    assert make.status_of(claim_id) == "APPROVED"


async def test_a_decision_is_announced_once_it_is_saved_to_the_queue_and_to_its_owner(database: Path) -> None:
    ann, cem, dia = make.person(), make.coordinator(), make.person("Dia Dunn")
    claim_id, queue = make.own_entry(ann), asyncio.Queue[object]()
    stops = [
        live.claims_changed.subscribe(lambda ids: queue.put_nowait((ids, make.status_of(claim_id)))),
        live.record_changed.subscribe(lambda: queue.put_nowait("ann"), key=ann.person_id),
        live.record_changed.subscribe(lambda: queue.put_nowait("dia"), key=dia.person_id),
    ]
    await asyncio.to_thread(review.approve, cem, [claim_id])
    assert [await heard(queue), await heard(queue)] == [((claim_id,), "APPROVED"), "ann"]
    assert queue.empty()
    for stop in stops:
        stop()


async def test_what_was_refused_or_not_saved_is_not_announced(database: Path) -> None:
    ann, cem = make.person(), make.coordinator()
    claim_id, queue = make.own_entry(ann), asyncio.Queue[object]()
    independent_events.withdraw(ann, claim_id)
    stop = live.claims_changed.subscribe(queue.put_nowait)
    with pytest.raises(WrongState):
        await asyncio.to_thread(review.approve, cem, [claim_id])
    with pytest.raises(RuntimeError, match="on the way"), db.writing() as session:
        db.tell(session, lambda: live.claims_changed.publish((claim_id,)))
        raise RuntimeError("on the way")
    live.claims_changed.publish("the next news")
    assert await heard(queue) == "the next news"
    assert queue.empty()
    stop()


async def test_subscribing_and_stopping_while_others_publish_loses_no_news() -> None:
    topic, queue = Topic(), asyncio.Queue[object]()
    topic.subscribe(queue.put_nowait)

    def publish() -> None:
        for number in range(200):
            topic.publish(number)

    threads = [threading.Thread(target=publish) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(200):
        topic.subscribe(lambda _: None)()
    for thread in threads:
        await asyncio.to_thread(thread.join)
    assert sorted([await heard(queue) for _ in range(800)]) == sorted(list(range(200)) * 4)  # type: ignore[type-var]
