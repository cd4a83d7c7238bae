internal import CSRTP
public import RTP

/// Protects what one side sends, or takes the protection off: RTP and RTCP of one key, whatever SSRCs send with it.
///
/// Nothing is allocated here for a packet; libsrtp itself allocates where a new SSRC begins, and for each packet where
/// it is built on NSS. Packets are changed where they lie. One thread at a time.
///
/// - Source: RFC 3711; RFC 4568 §6.4.1 for SSRCs that are bound when their first packet comes.
public final class SRTPStream: @unchecked Sendable {
    // Sendable as the documentation says: whoever holds it uses it on one thread at a time.

    /// Packets that were refused, by their reason.
    public struct Refusals: Hashable, Sendable {
        /// Not protected with this key, or changed on the way.
        public var unauthentic = 0
        /// Sent again by the network, or by somebody who has listened.
        public var replayed = 0
        /// No packets.
        public var malformed = 0
        /// Past the lifetime of the key, or for another reason.
        public var other = 0

        /// All together.
        public var total: Int { self.unauthentic + self.replayed + self.malformed + self.other }

        mutating func count(_ code: SRTPError.Code) {
            switch code {
            case .unauthentic: self.unauthentic += 1
            case .replayed: self.replayed += 1
            case .malformed: self.malformed += 1
            case .expired, .noRoom, .unsupported, .failed: self.other += 1
            }
        }
    }

    /// Which way packets go.
    public enum Direction: Hashable, Sendable {
        /// ``SRTPStream/protect(_:isControl:)`` is called.
        case sending
        /// ``SRTPStream/unprotect(_:isControl:)`` is called.
        case receiving
    }

    /// The key.
    public let key: SRTPKey
    /// Which way packets go.
    public let direction: Direction
    /// What was refused so far.
    public private(set) var refusals = Refusals()

    /// How many SSRCs may share a key; each costs memory until the stream ends. A party has one, and another when it
    /// starts again.
    public static let maximumSourceCount = 64

    private let session: srtp_t
    /// The SSRC of the last packet, which is not looked up again.
    private var lastSource: UInt32?
    private var sourceCount = 0
    private var packets: UInt64 = 0
    private var reports: UInt64 = 0

    /// Prepares a key for use.
    ///
    /// - Throws: `.unsupported` where the library does not have the suite.
    public init(_ direction: Direction, _ key: SRTPKey) throws(SRTPError) {
        guard SRTPLibrary.isReady else { throw SRTPError(.failed) }
        var session: srtp_t?
        let type = direction == .sending ? ssrc_any_outbound : ssrc_any_inbound
        let status = SRTPLibrary.withPolicy(key, for: srtp_ssrc_t(type: type, value: 0)) { srtp_create(&session, $0) }
        guard status == srtp_err_status_ok, let session else {
            throw SRTPError(status == srtp_err_status_alloc_fail ? .failed : .unsupported)
        }
        (self.key, self.direction, self.session) = (key, direction, session)
    }

    deinit { srtp_dealloc(self.session) }

    /// Protects the packet that `datagram` holds, and puts what proves it behind.
    ///
    /// - Throws: `.noRoom`, `.expired`, `.malformed`; `.replayed` where the sequence number was used before: two packets
    ///   under one number would give both away. Then the packet must not be sent.
    public func protect(_ datagram: inout OutputSpan<UInt8>, isControl: Bool) throws(SRTPError) {
        let trailer = self.key.suite.trailerByteCount(isControl: isControl) + self.key.identifier.count
        guard datagram.freeCapacity >= trailer else { throw self.refused(.noRoom) }
        try self.apply(&datagram, isControl, minimum: 0, isControl ? srtp_protect_rtcp : srtp_protect)
        datagram.insert(self.key.identifier, beforeLast: self.byteCountBehindIdentifier(isControl))
    }

    /// Takes off the protection of the packet that `datagram` holds, and what proved it.
    ///
    /// - Throws: `.unauthentic`, `.replayed`, `.malformed`, `.expired`. Then what the bytes are is not known.
    public func unprotect(_ datagram: inout OutputSpan<UInt8>, isControl: Bool) throws(SRTPError) {
        let trailer = self.key.suite.trailerByteCount(isControl: isControl)
        if !self.key.identifier.isEmpty {
            let place = self.byteCountBehindIdentifier(isControl)
            guard datagram.remove(self.key.identifier, beforeLast: place) else { throw self.refused(.unauthentic) }
        }
        try self.apply(&datagram, isControl, minimum: trailer, isControl ? srtp_unprotect_rtcp : srtp_unprotect)
    }

    /// Where the identifier stands: before the tag, but after that of Galois/Counter Mode, which belongs to the payload.
    /// Not left to the library, whose version 2.5 looks for it at the wrong place in RTCP where the tags of RTP and RTCP
    /// differ.
    ///
    /// - Source: RFC 3711 §3.1, §3.4; RFC 7714 §8.2, §9.2.
    private func byteCountBehindIdentifier(_ isControl: Bool) -> Int {
        switch self.key.suite {
        case .aes128GCM, .aes256GCM: 0
        case .aes128CounterSHA1Tag80, .aes256CounterSHA1Tag80: 10
        case .aes128CounterSHA1Tag32, .aes256CounterSHA1Tag32: isControl ? 10 : 4
        }
    }

    /// How often the sequence numbers of a source have wrapped; nil where it has sent nothing. Both sides must count alike.
    public func rolloverCounter(of source: UInt32) -> UInt32? {
        var counter: UInt32 = 0
        return srtp_get_stream_roc(self.session, source, &counter) == srtp_err_status_ok ? counter : nil
    }

    /// Takes a source whose sequence numbers have wrapped before this side came: a late joiner, who was told.
    ///
    /// - Returns: false where the source is known already, or too many are.
    /// - Source: RFC 3711 §3.3.1.
    public func join(_ source: UInt32, rolloverCounter: UInt32) -> Bool {
        guard self.rolloverCounter(of: source) == nil, self.sourceCount < Self.maximumSourceCount else { return false }
        let status = SRTPLibrary.withPolicy(self.key, for: srtp_ssrc_t(type: ssrc_specific, value: source)) {
            srtp_add_stream(self.session, $0)
        }
        guard status == srtp_err_status_ok else { return false }
        self.sourceCount += 1
        return srtp_set_stream_roc(self.session, source, rolloverCounter) == srtp_err_status_ok
    }

    /// Forgets a source.
    public func leave(_ source: UInt32) {
        guard srtp_remove_stream(self.session, source.bigEndian) == srtp_err_status_ok else { return }
        self.sourceCount -= 1
        self.lastSource = nil
    }

    private typealias Operation = (
        srtp_t?, UnsafeMutableRawPointer?, UnsafeMutablePointer<Int32>?
    ) -> srtp_err_status_t

    private func apply(
        _ datagram: inout OutputSpan<UInt8>, _ isControl: Bool, minimum: Int, _ operation: Operation
    ) throws(SRTPError) {
        let head = isControl ? 8 : 12
        guard datagram.count >= head + minimum, datagram.count <= Int(Int32.max) else {
            throw self.refused(.malformed)
        }
        if let lifetime = self.key.lifetime, (isControl ? self.reports : self.packets) >= lifetime {
            throw self.refused(.expired)
        }
        let source = datagram.span.source(at: isControl ? 4 : 8)
        let isNew = source != self.lastSource && self.rolloverCounter(of: source) == nil
        if isNew, self.sourceCount >= Self.maximumSourceCount { throw self.refused(.failed) }
        let status = datagram.withUnsafeMutableBufferPointer { buffer, count in
            var length = Int32(count)
            let status = operation(self.session, buffer.baseAddress, &length)
            count = min(max(0, Int(length)), buffer.count)
            return status
        }
        guard status == srtp_err_status_ok else { throw self.refused(SRTPLibrary.code(of: status)) }
        if isControl { self.reports += 1 } else { self.packets += 1 }
        if isNew { self.sourceCount += 1 }
        self.lastSource = source
    }

    private func refused(_ code: SRTPError.Code) -> SRTPError {
        self.refusals.count(code)
        return SRTPError(code)
    }
}

extension Span where Element == UInt8 {
    /// The SSRC that stands there.
    func source(at offset: Int) -> UInt32 {
        UInt32(self[offset]) << 24 | UInt32(self[offset + 1]) << 16 | UInt32(self[offset + 2]) << 8
            | UInt32(self[offset + 3])
    }
}

extension OutputSpan where Element == UInt8 {
    /// Puts bytes before the last `count`; there must be space for them.
    fileprivate mutating func insert(_ bytes: [UInt8], beforeLast count: Int) {
        guard !bytes.isEmpty else { return }
        for byte in bytes { self.append(byte) }
        var span = self.mutableSpan
        let start = span.count - bytes.count - count
        for index in stride(from: count - 1, through: 0, by: -1) {
            span[start + bytes.count + index] = span[start + index]
        }
        for index in bytes.indices { span[start + index] = bytes[index] }
    }

    /// Takes bytes out that stand before the last `count`; false where others stand there.
    fileprivate mutating func remove(_ bytes: [UInt8], beforeLast count: Int) -> Bool {
        let start = self.count - bytes.count - count
        guard start >= 0 else { return false }
        var span = self.mutableSpan
        for index in bytes.indices where span[start + index] != bytes[index] { return false }
        for index in 0..<count { span[start + index] = span[start + bytes.count + index] }
        self.removeLast(bytes.count)
        return true
    }
}
