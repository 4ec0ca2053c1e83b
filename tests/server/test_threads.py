"""The threads that calls run in."""

import threading

import pytest

from dota_env_rpc.server import threads


@pytest.fixture
def executor():
    return threads.ThreadPerCall()


def test_calls_that_wait_for_each_other_all_run(executor):
    barrier = threading.Barrier(20, timeout=10.0)
    calls = [executor.submit(barrier.wait) for _ in range(20)]
    assert sorted(call.result(10.0) for call in calls) == list(range(20))


def test_a_thread_that_is_done_takes_the_next_call(executor):
    def run():
        return threading.get_ident()

    first = executor.submit(run).result(10.0)
    used = set()
    for _ in range(50):
        done = threading.Event()
        call = executor.submit(run)
        call.add_done_callback(lambda _, done=done: done.set())
        assert done.wait(10.0)
        used.add(call.result())
    assert first in used and len(used) < 25


def test_idle_threads_end(executor, monkeypatch):
    monkeypatch.setattr(threads, "IDLE_SECONDS", 0.05)
    names = []
    executor.submit(lambda: names.append(threading.current_thread())).result(10.0)
    names[0].join(5.0)
    assert not names[0].is_alive()
    assert executor.submit(lambda: 7).result(10.0) == 7


def test_what_a_call_raises_is_its_result(executor):
    with pytest.raises(ZeroDivisionError):
        executor.submit(lambda: 1 // 0).result(10.0)


def test_threads_do_not_keep_the_interpreter(executor):
    assert executor.submit(lambda: threading.current_thread().daemon).result(10.0)


def test_what_a_call_has_left_to_do_comes_after_its_answer(executor):
    answered, done = threading.Event(), threading.Event()
    order = []

    def work():
        assert answered.wait(10.0)
        order.append("left")
        done.set()

    def run():
        threads.after_call(lambda: 1 // 0)  # which is logged
        threads.after_call(work)
        return "answer"

    order.append(executor.submit(run).result(10.0))
    answered.set()
    assert done.wait(10.0)
    assert order == ["answer", "left"]


def test_outside_of_calls_nothing_is_left_for_later():
    done = []
    threads.after_call(lambda: done.append(True))
    assert done
