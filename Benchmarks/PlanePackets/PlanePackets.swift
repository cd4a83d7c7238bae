import Allocations
import ArgumentParser
import CallRecording
import CallRecordingSockets

/// What a packet costs the media thread: time, and whether anything is allocated for it.
@main
struct PlanePackets: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What a packet costs the media plane: time, and calls of malloc in steady state.",
        discussion: """
            "memory" is the plane's own work: packets lie in memory, what is sent is thrown away. "sockets" is the same with \
            UDP on loopback, the kernel's share included. Turns are counted one by one; the exit code is 1 where one that \
            did nothing but take packets has allocated. Reports and RTCP, once a second and once in five, and the buffers \
            of the journal's batches are counted apart: they do not grow with the number of packets.
            """)

    @Option(help: "Calls, two parties each.")
    var calls = 100
    @Option(help: "Packets of each party.")
    var packets = 1_000

    func validate() throws {
        guard self.calls > 0, self.calls <= 2_000, self.packets > 0 else {
            throw ValidationError("Calls are 1 to 2000; packets are 1 or more.")
        }
    }

    func run() throws {
        guard Self.countsAllocations() else {
            print("!!! ALLOCATIONS CANNOT BE COUNTED ON THIS SYSTEM")
            throw ExitCode(1)
        }
        print("transport  work                   packets   ns a packet   allocations in packet turns   in other work")
        var allocated = 0
        for relay in [false, true] {
            let memory = PacketsInMemory(parties: 2 * self.calls)
            allocated += self.measure("memory", memory, relay: relay)
            let sockets = try PacketsOverSockets(parties: 2 * self.calls)
            allocated += self.measure("sockets", sockets, relay: relay)
        }
        if allocated > 0 {
            print("!!! PACKETS HAVE COST ALLOCATIONS")
            throw ExitCode(1)
        }
    }

    private func measure(_ name: String, _ source: some PacketSource, relay: Bool) -> Int {
        var bench = PlaneBench(source, calls: self.calls, relay: relay)
        // Until every buffer has found its size.
        bench.turn(150)
        bench.forget()
        bench.turn(self.packets)
        let work = relay ? "recorded and relayed" : "recorded"
        let time = bench.nanoseconds / Double(max(bench.taken, 1))
        print(
            Self.padded(name, 10), Self.padded(work, 20), Self.padded("\(bench.taken)", -9),
            Self.padded("\(Int(time.rounded()))", -13), Self.padded("\(bench.allocationsOfPackets)", -29),
            Self.padded("\(bench.allocationsOfOtherWork)", -15))
        guard bench.taken == 2 * self.calls * self.packets else {
            print("!!! THE PLANE WAS GIVEN \(2 * self.calls * self.packets) PACKETS")
            return 1
        }
        return bench.allocationsOfPackets
    }

    /// Whether the hook is in the way of the Swift runtime: an array that outlives its scope must be seen.
    private static func countsAllocations() -> Bool {
        allocations_start()
        let array = [UInt8](repeating: 1, count: CommandLine.arguments.count + 100)
        let count = allocations_stop()
        return count > 0 && !array.isEmpty
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        let space = String(repeating: " ", count: max(0, abs(width) - text.count))
        return width < 0 ? space + text : text + space
    }
}
