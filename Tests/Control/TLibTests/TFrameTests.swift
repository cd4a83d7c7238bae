import TLib
import Testing

@Suite struct TFrameTests {
    /// The example of Documentation/Protocols/TLib.md.
    static let example: [UInt8] = [
        0x00, 0x00, 0x00, 0x1A, 0x01, 0x00, 0x00, 0x03,
        0x00, 0x02, 0x01, 0x00, 0x00, 0x00, 0x04, 0x00, 0x00, 0x00, 0x02,
        0x00, 0x14, 0x00, 0x00, 0x00, 0x00, 0x04, 0x37, 0x30, 0x30, 0x31,
    ]

    static func rich() -> TMessage {
        var message = TMessage(.requestPrivateService)
        message[.referenceID] = 4_294_967_295
        message[.privateMsgID] = .recordStart
        message[.thisDN] = "7001"
        message[.connID] = ConnID("006c02462a161006")
        message[.callUUID] = CallUUID("AM5D3AE9D90757BKTSVJTCIAR4000014")
        message[.callType] = .inbound
        message[TAttribute<[UInt8]>(code: 63)] = [0, 255]
        message[.reason] = ["RTR": 115]
        message[.extensions] = [
            "record": "destination", "deep": .list(["a": .list(["b": -5])]), "raw": .binary([1, 2]), "": "",
        ]
        message[TAttribute<String>(code: 999)] = "unknown"
        return message
    }

    func read(_ bytes: [UInt8], chunk: Int = .max) throws -> [TMessage] {
        var decoder = TFrameDecoder()
        var messages: [TMessage] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            decoder.append(Array(rest.prefix(chunk)).span)
            rest = rest.dropFirst(chunk)
            while let message = try decoder.next() { messages.append(message) }
        }
        return messages
    }

    @Test func `a message is written as documented`() {
        var message = TMessage(.requestRegisterAddress)
        message[.referenceID] = 2
        message[.thisDN] = "7001"
        #expect(message.encodedFrame() == Self.example)
    }

    @Test(arguments: [1, 2, 3, 7, 64, 100_000])
    func `messages are read however the stream is cut`(chunk: Int) throws {
        let messages = [Self.rich(), TMessage(.eventACK), Self.rich()]
        #expect(try self.read(messages.flatMap { $0.encodedFrame() }, chunk: chunk) == messages)
    }

    @Test(arguments: [65_534, 65_535, 70_000])
    func `long texts and lists survive`(count: Int) throws {
        var message = TMessage(.eventAttachedDataChanged)
        message[.userData] = KVList([.init("k", .string(String(repeating: "x", count: count)))])
        message[.extensions] = KVList((0..<count).map { .init("", .integer($0)) })
        #expect(try self.read(message.encodedFrame()) == [message])
    }

    @Test(
        arguments: [
            ([0, 0, 0, 3, 1, 0, 0], TParseError(.length, at: 0)),
            ([0xFF, 0xFF, 0xFF, 0xFF], TParseError(.length, at: 0)),
            ([0, 0x0F, 0xFF, 0xFD], TParseError(.length, at: 0)),
            ([0, 0, 0, 4, 2, 0, 0, 1], TParseError(.version, at: 4)),
            ([0, 0, 0, 200, 2], TParseError(.version, at: 4)),
            ([0, 0, 0, 5, 1, 0, 0, 1, 0], TParseError(.truncated, at: 8)),
            ([0, 0, 0, 11, 1, 0, 0, 1, 0, 20, 0, 0, 0, 0, 1], TParseError(.truncated, at: 15)),
            ([0, 0, 0, 11, 1, 0, 0, 1, 0, 20, 5, 0, 0, 0, 0], TParseError(.value, at: 10)),
            ([0, 0, 0, 12, 1, 0, 0, 1, 0, 2, 1, 0, 0, 0, 1, 0], TParseError(.value, at: 15)),
            ([0, 0, 0, 13, 1, 0, 0, 1, 0, 17, 3, 0, 0, 0, 2, 0, 1], TParseError(.truncated, at: 17)),
            ([0, 0, 0, 14, 1, 0, 0, 1, 0, 17, 3, 0, 0, 0, 3, 0, 0, 9], TParseError(.value, at: 17)),
        ] as [([UInt8], TParseError)])
    func `a malformed frame is refused, now and from then on`(bytes: [UInt8], expected: TParseError) {
        var decoder = TFrameDecoder()
        decoder.append(bytes.span)
        #expect(throws: expected) { try decoder.next() }
        decoder.append(Self.example.span)
        #expect(throws: expected) { try decoder.next() }
        #expect(decoder.pendingByteCount == 0)
    }

    @Test func `lists that stand too deep are refused`() {
        var list = KVList()
        for _ in 0..<100 { list = ["deeper": .list(list)] }
        var message = TMessage(.eventACK)
        message[.extensions] = list
        #expect(throws: TParseError.self) { try self.read(message.encodedFrame()) }
    }

    @Test(arguments: 0..<300)
    func `messages made by chance survive the wire`(seed: Int) throws {
        var made = MadeMessages(seed: UInt64(seed))
        let messages = (0..<4).map { _ in made.next() }
        #expect(try self.read(messages.flatMap { $0.encodedFrame() }, chunk: 1 + seed) == messages)
    }

    @Test(arguments: 0..<200)
    func `damaged frames never trap`(seed: Int) {
        var tokens = TokenGenerator(seed: UInt64(seed))
        var bytes = Self.rich().encodedFrame()
        for _ in 0..<3 {
            let bits = tokens.next()
            bytes[Int(bits >> 8) % bytes.count] = UInt8(truncatingIfNeeded: bits)
        }
        _ = try? self.read(bytes)
    }
}
