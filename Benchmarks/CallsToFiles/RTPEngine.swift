import CallRecording
import Foundation

/// rtpengine in userspace, relaying the same calls and writing each into a pcap file.
///
/// - Source: rtpengine, "The ng control protocol".
struct RTPEngine {
    private let process = Process()
    private let control: Int32
    private let folder: URL

    /// Starts it.
    ///
    /// - Throws: where there is none on this machine.
    init(folder: URL) throws {
        let port = 22_222 + Int(ProcessInfo.processInfo.processIdentifier) % 1_000
        self.folder = folder
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        self.process.executableURL = URL(filePath: "/usr/bin/rtpengine")
        self.process.arguments = [
            "--foreground", "--log-stderr", "--log-level=3", "--table=-1", "--interface=127.0.0.1",
            "--listen-ng=127.0.0.1:\(port)", "--port-min=10000", "--port-max=20000",
            "--recording-dir=\(folder.path())", "--recording-method=pcap", "--recording-format=raw",
            "--pidfile=\(folder.appending(path: "pid").path())",
        ]
        self.process.standardError = FileHandle.nullDevice
        self.process.standardOutput = FileHandle.nullDevice
        self.control = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(self.control, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        var patience = timeval(tv_sec: 1, tv_usec: 0)
        setsockopt(self.control, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        guard connected == 0 else { throw TransportError(.failed, "no socket for rtpengine") }
        try self.process.run()
        for _ in 0..<50 {
            if (try? self.ask(["command": "ping"]))?.contains("pong") == true { return }
            usleep(100_000)
        }
        throw TransportError(.failed, "rtpengine does not answer; is it installed?")
    }

    /// Relays and records all calls.
    func record(_ sender: SenderProcess, calls: Int) async throws -> Outcome {
        let start = try self.usage()
        var ports: [UInt16] = []
        for call in 0..<calls {
            let offer = self.description(of: sender.mouth(of: 2 * call))
            let toCallee = try self.ask([
                "command": "offer", "call-id": "call-\(call)", "from-tag": "a", "sdp": offer, "record call": "yes",
            ])
            let toCaller = try self.ask([
                "command": "answer", "call-id": "call-\(call)", "from-tag": "a", "to-tag": "b",
                "sdp": self.description(of: sender.mouth(of: 2 * call + 1)), "record call": "yes",
            ])
            guard let caller = Self.port(in: toCaller), let callee = Self.port(in: toCallee) else {
                throw TransportError(.failed, "rtpengine has refused a call: \(toCallee) \(toCaller)")
            }
            ports += [caller, callee]
        }
        let report = try await sender.speak(to: ports, from: SenderProcess.begin(calls: calls))
        for call in 0..<calls {
            _ = try self.ask([
                "command": "delete", "call-id": "call-\(call)", "from-tag": "a", "delete delay": "0",
            ])
        }
        usleep(500_000)
        let usage = try self.usage() - start
        let (packets, bytes) = try self.recorded()
        return Outcome(usage: usage, received: packets, sender: report, fileBytes: bytes)
    }

    func stop() {
        self.process.terminate()
        self.process.waitUntilExit()
        close(self.control)
    }

    private func description(of port: UInt16) -> String {
        "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio \(port) RTP/AVP 0\r\n"
            + "a=rtpmap:0 PCMU/8000\r\na=sendrecv\r\n"
    }

    /// Sends a command, as a bencoded dictionary after a cookie; gives the answer as it came.
    private func ask(_ fields: [String: String]) throws -> String {
        func text(_ value: String) -> String { "\(value.utf8.count):\(value)" }
        let body = fields.sorted { $0.key < $1.key }.map { text($0.key) + text($0.value) }.joined()
        let request = "\(UInt32.random(in: .min ... .max)) d\(body)e"
        guard send(self.control, request, request.utf8.count, 0) > 0 else {
            throw TransportError(.failed, "rtpengine cannot be reached")
        }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = recv(self.control, &bytes, bytes.count, 0)
        guard count > 0 else { throw TransportError(.failed, "rtpengine does not answer") }
        return String(decoding: bytes[..<count], as: UTF8.self)
    }

    private static func port(in answer: String) -> UInt16? {
        guard let line = answer.range(of: "m=audio ") else { return nil }
        return UInt16(answer[line.upperBound...].prefix { $0.isNumber })
    }

    /// The process's own CPU so far, of all its threads.
    private func usage() throws -> Usage {
        let text = try String(contentsOfFile: "/proc/\(self.process.processIdentifier)/stat", encoding: .utf8)
        let words = text.split(separator: ")").last?.split(separator: " ") ?? []
        guard words.count > 12, let user = Double(words[11]), let kernel = Double(words[12]) else {
            throw TransportError(.failed, "the CPU of rtpengine cannot be read")
        }
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        return Usage(total: (user + kernel) / ticks, kernel: kernel / ticks)
    }

    /// Packets of RTP in the pcap files, and the bytes of the files.
    private func recorded() throws -> (packets: Int, bytes: Int) {
        var (packets, size) = (0, 0)
        let pcaps = self.folder.appending(path: "pcaps")
        for name in try FileManager.default.contentsOfDirectory(atPath: pcaps.path()) {
            let bytes = [UInt8](try Data(contentsOf: pcaps.appending(path: name)))
            size += bytes.count
            // After the file's header of 24 bytes: 16 bytes a packet, the third number of which is its length.
            var place = 24
            while place + 16 <= bytes.count {
                let length = (0..<4).reduce(0) { $0 | Int(bytes[place + 8 + $1]) << (8 * $1) }
                place += 16 + length
                // IPv4 and UDP without options, and what the sender speaks.
                if place <= bytes.count, length == 28 + 172 { packets += 1 }
            }
        }
        return (packets, size)
    }
}
