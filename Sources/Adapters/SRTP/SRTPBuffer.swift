internal import RTP

/// Space for one datagram and what protects it, used again and again.
final class SRTPBuffer {
    private let bytes: UnsafeMutableBufferPointer<UInt8>

    /// A datagram of 2 048 bytes, the longest that is media, a tag of 16, an index of 4, and the longest identifier.
    private static let capacity = 2_048 + 16 + 4 + SRTPKey.maximumIdentifierByteCount

    init() {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.capacity, alignment: 16)
        memory.initializeMemory(as: UInt8.self, repeating: 0)
        self.bytes = memory.bindMemory(to: UInt8.self)
    }

    deinit { UnsafeMutableRawBufferPointer(self.bytes).deallocate() }

    /// Lends a copy of a datagram with room behind it; false where it is too long to be media.
    func with(_ datagram: Span<UInt8>, _ body: (inout OutputSpan<UInt8>) -> Void) -> Bool {
        var output = OutputSpan(buffer: self.bytes, initializedCount: 0)
        guard output.replace(with: datagram) else { return false }
        body(&output)
        _ = output.finalize(for: self.bytes)
        return true
    }
}

extension OutputSpan where Element == UInt8 {
    /// Takes other bytes instead of those that are there; false where there is no space for them.
    mutating func replace(with bytes: Span<UInt8>) -> Bool {
        guard bytes.count <= self.capacity else { return false }
        self.withUnsafeMutableBufferPointer { buffer, count in
            bytes.withUnsafeBufferPointer { bytes in
                if let source = bytes.baseAddress { buffer.baseAddress?.update(from: source, count: bytes.count) }
            }
            count = bytes.count
        }
        return true
    }
}
