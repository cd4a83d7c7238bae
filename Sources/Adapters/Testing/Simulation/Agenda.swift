import CallCore

/// What is still to happen in a simulation, in the order of its times; what is due at the same time happens in the order in which it
/// was entered.
struct Agenda<Item> {
    private struct Entry {
        var time: MonotonicTime
        var number: Int
        var item: Item

        func isBefore(_ other: Entry) -> Bool {
            (self.time, self.number) < (other.time, other.number)
        }
    }

    /// A binary heap, the next entry first.
    private var entries: [Entry] = []
    private var count = 0

    mutating func enter(_ item: Item, at time: MonotonicTime) {
        self.count += 1
        self.entries.append(Entry(time: time, number: self.count, item: item))
        var child = self.entries.count - 1
        while child > 0, self.entries[child].isBefore(self.entries[(child - 1) / 2]) {
            self.entries.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func next() -> (item: Item, time: MonotonicTime)? {
        guard let first = self.entries.first else { return nil }
        let last = self.entries.removeLast()
        if !self.entries.isEmpty {
            self.entries[0] = last
            self.sink()
        }
        return (first.item, first.time)
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < self.entries.count && self.entries[child].isBefore(self.entries[least]) {
                least = child
            }
            guard least != parent else { return }
            self.entries.swapAt(parent, least)
            parent = least
        }
    }
}
