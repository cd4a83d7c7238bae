/// The pairs of ports that are free, in the order in which they are to be used.
///
/// A pair that was given back comes last: until all others have been used, what still arrives for its old call finds
/// nobody, and not the wrong party.
struct PortPool: Sendable {
    private var free: [UInt16]
    private var next = 0

    /// Pairs of an even port and the odd one after it.
    ///
    /// - Source: RFC 3550 §11.
    init(_ ports: Range<UInt16>) {
        self.free = stride(
            from: Int(ports.lowerBound) + Int(ports.lowerBound % 2), to: Int(ports.upperBound) - 1, by: 2
        )
        .map { UInt16($0) }
    }

    /// How many pairs are free.
    var count: Int { self.free.count - self.next }

    /// The even port of the pair that has been free the longest; nil where none is.
    mutating func take() -> UInt16? {
        guard self.next < self.free.count else { return nil }
        defer { self.next += 1 }
        return self.free[self.next]
    }

    /// Puts a pair at the end.
    mutating func giveBack(_ port: UInt16) {
        // Those that were taken make room only when they are many, so that nothing is moved for each call.
        if self.next > 64, self.next > self.free.count / 2 {
            self.free.removeFirst(self.next)
            self.next = 0
        }
        self.free.append(port)
    }
}
