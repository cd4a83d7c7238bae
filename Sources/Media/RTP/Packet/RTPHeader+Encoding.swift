extension RTPHeader {
    /// Writes a packet: this header without contributing sources and extension, then the payload, without padding.
    ///
    /// Allocates nothing. The space must be there: ``byteCount`` bytes and the payload.
    @inlinable
    public func encode(payload: Span<UInt8>, into output: inout OutputSpan<UInt8>) {
        output.append(0x80)
        self.encodeFields(into: &output)
        output.append(bytesOf: payload)
    }

    /// Writes what follows the first byte of the fixed header.
    @inlinable
    func encodeFields(into output: inout OutputSpan<UInt8>) {
        output.append(self.payloadType & 0x7F | (self.marker ? 0x80 : 0))
        output.appendUInt16(self.sequenceNumber)
        output.appendUInt32(self.timestamp)
        output.appendUInt32(self.ssrc)
    }

    /// Writes a packet to the end of an array, which grows where it must; one that is emptied with its capacity kept does not.
    @inlinable
    public func append(payload: Span<UInt8>, to bytes: inout [UInt8]) {
        bytes.append(addingCapacity: Self.byteCount + payload.count) { output in
            self.encode(payload: payload, into: &output)
        }
    }

    /// The packet as bytes of its own.
    @inlinable
    public func encoded(payload: Span<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        self.append(payload: payload, to: &bytes)
        return bytes
    }

    /// Writes payload type, marker, sequence number, timestamp and SSRC over those of a packet, and leaves its
    /// contributing sources, extension, payload and padding as they are: what a relay does.
    ///
    /// - Returns: false where fewer than ``byteCount`` bytes are there, which are then left alone.
    @inlinable
    @discardableResult
    public func rewrite(_ packet: inout MutableSpan<UInt8>) -> Bool {
        guard packet.count >= Self.byteCount else { return false }
        packet[1] = self.payloadType & 0x7F | (self.marker ? 0x80 : 0)
        packet[2] = UInt8(truncatingIfNeeded: self.sequenceNumber >> 8)
        packet[3] = UInt8(truncatingIfNeeded: self.sequenceNumber)
        for index in 0..<4 {
            packet[4 + index] = UInt8(truncatingIfNeeded: self.timestamp >> UInt32(24 - 8 * index))
            packet[8 + index] = UInt8(truncatingIfNeeded: self.ssrc >> UInt32(24 - 8 * index))
        }
        return true
    }
}
