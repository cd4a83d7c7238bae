import Testing

@testable import CallRecordingSockets

@Suite struct `Port pool` {
    @Test(
        arguments: [
            (20_000..<20_004, [20_000, 20_002]), (20_001..<20_005, [20_002]), (20_001..<20_006, [20_002, 20_004]),
            (20_000..<20_001, []), (20_000..<20_000, []), (65_530..<65_535, [65_530, 65_532]),
        ] as [(Range<UInt16>, [UInt16])])
    func `every pair is an even port whose next one is in the range`(ports: Range<UInt16>, pairs: [UInt16]) {
        var pool = PortPool(ports)
        #expect(pool.count == pairs.count)
        var taken: [UInt16] = []
        while let port = pool.take() { taken.append(port) }
        #expect(taken == pairs)
    }

    @Test func `a pair that was given back waits until all others have been used`() {
        var pool = PortPool(20_000..<20_006)
        let first = pool.take()
        pool.giveBack(20_000)
        let others = [pool.take(), pool.take(), pool.take(), pool.take()]
        #expect(first == 20_000)
        #expect(others == [20_002, 20_004, 20_000, nil])
    }

    @Test func `pairs do not get lost or doubled, however often they are used`() {
        var pool = PortPool(20_000..<20_400)
        for _ in 0..<10_000 {
            guard let port = pool.take() else { break }
            pool.giveBack(port)
        }
        var all: Set<UInt16> = []
        while let port = pool.take() { all.insert(port) }
        #expect(all.count == 200)
    }
}
