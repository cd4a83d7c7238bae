extension RTPHeader {
    /// What may stand around the payload of a packet that is written.
    public struct Parts: Hashable, Sendable {
        /// Whose sound was mixed into the payload, at most 15. `CSRC`.
        public var contributingSources: [UInt32]
        /// What stands before the payload.
        public var headerExtension: RTPHeaderExtension?
        /// How many bytes stand after the payload, the last of which says how many; 0 to 255.
        public var paddingCount: UInt8

        /// Describes what stands around a payload.
        public init(
            contributingSources: [UInt32] = [], headerExtension: RTPHeaderExtension? = nil, paddingCount: UInt8 = 0
        ) {
            (self.contributingSources, self.headerExtension) = (contributingSources, headerExtension)
            self.paddingCount = paddingCount
        }
    }

    /// The packet with its parts as bytes of its own; of more than 15 contributing sources the first 15.
    ///
    /// - Source: RFC 3550 §5.1, §5.3.1.
    public func encoded(payload: Span<UInt8>, with parts: Parts) -> [UInt8] {
        let sources = parts.contributingSources.prefix(15)
        let middleCount = 4 * sources.count + (parts.headerExtension?.byteCount ?? 0)
        return [UInt8](capacity: Self.byteCount + middleCount + payload.count + Int(parts.paddingCount)) { output in
            output.append(
                0x80 | (parts.paddingCount > 0 ? 0x20 : 0) | (parts.headerExtension == nil ? 0 : 0x10)
                    | UInt8(sources.count))
            self.encodeFields(into: &output)
            for source in sources { output.appendUInt32(source) }
            if let part = parts.headerExtension {
                output.appendUInt16(part.profile)
                output.appendUInt16(UInt16(part.body.count / 4))
                for byte in part.body { output.append(byte) }
            }
            output.append(bytesOf: payload)
            guard parts.paddingCount > 0 else { return }
            for _ in 1..<parts.paddingCount { output.append(0) }
            output.append(parts.paddingCount)
        }
    }

    /// The contributing sources of the datagram that this header was read from.
    public func contributingSources(in datagram: Span<UInt8>) -> [UInt32] {
        (0..<self.contributingSourceCount).compactMap { self.contributingSource($0, in: datagram) }
    }
}
