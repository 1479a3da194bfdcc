"""Stores: values that can be watched."""

from tests.browser.state.conftest import Run


def test_a_store_tells_at_once_and_until_undone(run: Run) -> None:
    told = run("""
        const { writable } = await import("/state/store.js");
        const store = writable(1), told = [];
        const undo = store.subscribe((value) => told.push(value));
        store.set(2); store.set(2); store.update((value) => value + 1); undo(); store.set(9);
        return told;
    """)
    assert told == [1, 2, 3]


def test_a_store_set_while_it_tells_never_tells_an_old_value_last(run: Run) -> None:
    last = run("""
        const { writable } = await import("/state/store.js");
        const store = writable(0);
        let last;
        store.subscribe((value) => { if (value === 1) store.set(2); });
        store.subscribe((value) => { last = value; });
        store.set(1);
        return last;
    """)
    assert last == 2


def test_a_derived_store_works_only_while_watched(run: Run) -> None:
    result = run("""
        const { writable, derived } = await import("/state/store.js");
        const a = writable(1), b = writable(10), told = [];
        let computed = 0;
        const sum = derived([a, b], (x, y) => { computed++; return x + y; });
        const unwatched = sum.get();
        const undo = sum.subscribe((value) => told.push(value));
        a.set(2); b.set(20); undo();
        const before = computed;
        a.set(3);
        return { unwatched, told, idle: computed === before, after: sum.get() };
    """)
    assert result == {"unwatched": 11, "told": [11, 12, 22], "idle": True, "after": 23}
