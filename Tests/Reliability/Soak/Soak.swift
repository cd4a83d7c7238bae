import ArgumentParser
import CallRecording
import CallRecordingEmbedded
import CallRecordingNIO
import Foundation

/// Calls without end against the embedded system.
@main
struct Soak: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Calls without end: every recording complete, memory flat.",
        discussion: """
            Softphones call each other through the whole system over loopback, as many calls at a time as are wanted. A \
            T-Library client starts, pauses, resumes and stops the recording of each at times made by chance. The exit \
            code is 0 only if every call was recorded, every verdict is "complete", nothing is left on the node, and the \
            process has not grown: the most memory in the last third of the samples is at most 5 % and 4 MB more than in the \
            third before it. The first third is for what is made once.
            """)

    @Option(help: "How long new calls are made.")
    var minutes = 60.0
    @Option(help: "Calls at the same time.")
    var calls = 10
    @Option(help: "Where recordings are made; a folder below it is removed at the end.")
    var directory = FileManager.default.temporaryDirectory.path()
    @Flag(help: "A minute only; memory is shown and not judged.")
    var short = false

    func validate() throws {
        guard (1...200).contains(self.calls), self.minutes > 0 else {
            throw ValidationError("Calls are 1 to 200; minutes are more than 0.")
        }
    }

    func run() async throws {
        let folder = URL(filePath: self.directory).appending(path: "soak-\(UUID())").path()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let lanes = (0..<self.calls).map(Lane.init)
        let clock = SystemClock()
        let troubles = Troubles()
        let ports = try await RecordingPorts.embedded(
            in: folder, mediaPorts: 20_000..<UInt16(20_000 + 16 * self.calls),
            configuration: SwitchConfiguration(
                dns: Dictionary(
                    uniqueKeysWithValues: lanes.flatMap { [($0.agent, DNOptions()), ($0.customer, DNOptions())] }),
                profile: IVRProfile(type2: nil)),
            clock: clock, observer: troubles)
        let system = try await RecordingSystem(ports: ports)
        let desk = try await Desk(at: ports.tLibrary.localEndpoint, clock: clock)
        let length = Duration.seconds(self.short ? 60 : self.minutes * 60)
        let end = clock.now + length
        print("\(self.calls) calls at a time for \(Int(length / .seconds(60))) min")
        let (made, memory) = try await withThrowingTaskGroup(of: Void.self) { background in
            background.addTask { try await system.run() }
            background.addTask { try await desk.run() }
            defer { background.cancelAll() }
            for lane in lanes { try await desk.client.register(lane.agent) }
            async let memory = Memory.watch(
                every: length / (self.short ? 6 : max(6, self.minutes)), until: end, clock: clock)
            let made = try await Self.play(lanes, at: ports.sip.localEndpoint, desk, clock, until: end)
            await system.shutDown()
            return (made, await memory)
        }
        var failures = troubles.all
        failures += try await Check(ports: ports, folder: folder).failures(expecting: made)
        if !self.short, let growth = memory.growth { failures.append(growth) }
        print("\(made) calls were made and recorded")
        for failure in failures { print("!!! \(failure)") }
        if !failures.isEmpty { throw ExitCode(1) }
    }

    /// - Returns: how many calls were made.
    private static func play(
        _ lanes: [Lane], at registrar: Endpoint, _ desk: Desk, _ clock: SystemClock, until end: MonotonicTime
    ) async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for lane in lanes {
                group.addTask { try await lane.play(at: registrar, desk, clock, until: end) }
            }
            return try await group.reduce(0, +)
        }
    }
}
