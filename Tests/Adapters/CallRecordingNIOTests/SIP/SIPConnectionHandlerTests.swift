import CallCore
import NIOCore
import NIOEmbedded
import SIP
import Testing

@testable import CallRecordingNIO

/// The waits of a connection, in time that passes only when a test says so.
@Suite struct SIPConnectionHandlerTests {
    private let channel = EmbeddedChannel()
    private let connections: SIPConnections

    init() throws {
        let limits = SIPConnectionLimits(message: .seconds(10), idle: .seconds(600), keepAlive: .seconds(100))
        self.connections = SIPConnections(Inbox(capacity: 16), limits: limits, localEndpoint: .loopback(5060))
        self.channel.remoteAddress = try SocketAddress(ipAddress: "127.0.0.1", port: 40_000)
        try self.channel.pipeline.syncOperations.addHandler(SIPConnectionHandler(self.connections, wire: .tcp))
        self.channel.pipeline.fireChannelActive()
    }

    private func receive(_ text: String) throws { try self.channel.writeInbound(ByteBuffer(string: text)) }

    private func pass(_ seconds: Int64) { self.channel.embeddedEventLoop.advanceTime(by: .seconds(seconds)) }

    /// Lets time pass for a peer that answers every ping.
    private func live(_ seconds: Int64) throws {
        for _ in 0..<seconds {
            self.pass(1)
            if try self.sent() == "\r\n\r\n" { try self.receive("\r\n") }
        }
    }

    private func sent() throws -> String? {
        try self.channel.readOutbound(as: ByteBuffer.self).map { String(buffer: $0) }
    }

    private var isOpen: Bool { self.connections.count == 1 }

    private var request: String { String(decoding: SIPMessage.options("a").encoded(), as: UTF8.self) }

    @Test func `a message that takes too long ends the connection`() throws {
        try self.receive(String(self.request.prefix(50)))
        self.pass(5)
        try self.receive("x")
        self.pass(4)
        #expect(self.isOpen)
        self.pass(1)
        #expect(!self.isOpen)
    }

    @Test func `a message that comes in time does not`() throws {
        try self.receive(String(self.request.prefix(50)))
        self.pass(9)
        try self.receive(String(self.request.dropFirst(50)))
        self.pass(90)
        #expect(self.isOpen)
    }

    @Test func `RFC 5626 §4.4.1: a ping is answered`() throws {
        try self.receive("\r\n")
        #expect(try self.sent() == nil)
        try self.receive("\r\n")
        #expect(try self.sent() == "\r\n")
        try self.receive(self.request + "\r\n\r\n")
        #expect(try self.sent() == "\r\n" && self.isOpen)
    }

    @Test func `a silent connection is pinged, and in the end closed`() throws {
        self.pass(99)
        #expect(try self.sent() == nil)
        self.pass(1)
        #expect(try self.sent() == "\r\n\r\n")
        // The answer keeps it from being pinged, not from being idle.
        self.pass(9)
        try self.receive("\r\n")
        self.pass(99)
        #expect(try self.sent() == nil && self.isOpen)
        self.pass(1)
        #expect(try self.sent() == "\r\n\r\n")
        try self.receive("\r\n")
        for _ in 0..<3 {
            self.pass(100)
            #expect(try self.sent() == "\r\n\r\n")
            try self.receive("\r\n")
        }
        self.pass(90)
        #expect(self.isOpen)
        self.pass(1)
        #expect(!self.isOpen)
    }

    @Test func `RFC 5626 §4.4.1: a connection whose ping nobody answers is closed after 10 seconds`() throws {
        self.pass(100)
        #expect(try self.sent() == "\r\n\r\n")
        self.pass(9)
        #expect(self.isOpen)
        self.pass(1)
        #expect(!self.isOpen)
    }

    @Test func `messages and a peer's pings keep a connection open, whichever way they go`() throws {
        try self.live(500)
        try self.receive(self.request)
        try self.live(500)
        try self.receive("\r\n\r\n")
        try self.live(500)
        self.channel.writeAndFlush(ByteBuffer(string: self.request), promise: nil)
        try self.live(500)
        #expect(self.isOpen)
    }

    @Test func `a header that does not end is given up`() throws {
        try self.receive("OPTIONS sip:a SIP/2.0\r\nSubject: " + String(repeating: "x", count: 33_000))
        #expect(!self.isOpen)
    }
}
