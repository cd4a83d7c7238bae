import Allocations
import MediaControlPlatform
import Testing

@Suite struct `A packet on the media thread` {
    @Test(arguments: [false, true])
    func `costs no allocation and wakes no task, recorded only or passed on as well`(isHeard: Bool) async {
        let few = await MediaThreadBench(packetsATurn: 1, isHeard: isHeard).run()
        let many = await MediaThreadBench(packetsATurn: 5, isHeard: isHeard).run()
        #expect(few.packets > 0)
        #expect(many.packets == 5 * few.packets)
        // What is left are the counts, once a second, RTCP, and the journal's batches.
        #expect(many.allocations == few.allocations)
        #expect(many.hops == few.hops)
    }

    #if canImport(Glibc)
        @Test func `would be seen to allocate and to wake a task`() {
            allocations_start()
            let task = Task.detached {}
            let array = [UInt8](repeating: 1, count: CommandLine.arguments.count + 100)
            let count = allocations_stop()
            #expect(count >= 2 && !array.isEmpty)
            #expect(allocations_hops() == 1)
            task.cancel()
        }
    #endif
}
