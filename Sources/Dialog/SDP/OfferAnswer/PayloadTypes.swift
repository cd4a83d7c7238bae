/// What the payload types of one medium stand for, in all its descriptions since it began.
///
/// - Source: RFC 3264 §8.3.2.
struct PayloadTypes: Hashable, Sendable {
    private var codecs: [UInt8: AudioCodec] = [:]

    /// Notes what a description says. A peer that breaks its word keeps the old one here.
    mutating func note(_ described: [AudioCodec]) {
        for codec in described where self.codecs[codec.payloadType] == nil { self.codecs[codec.payloadType] = codec }
    }

    /// Gives codecs the numbers that they had, and others such that no number changes its meaning. A codec for which
    /// none is left is dropped.
    func settle(_ proposed: inout [AudioCodec]) {
        var taken: Set<UInt8> = []
        proposed = proposed.compactMap { codec in
            var codec = codec
            let former = self.codecs.filter { $0.value.isSameEncoding(as: codec) && !taken.contains($0.key) }.keys
            let isFree = { (type: UInt8) in !taken.contains(type) && self.codecs[type] == nil }
            if !former.contains(codec.payloadType) {
                let isOwnFree = isFree(codec.payloadType)
                guard let type = former.min() ?? (isOwnFree ? codec.payloadType : (96...127).first(where: isFree))
                else { return nil }
                codec.payloadType = type
            }
            taken.insert(codec.payloadType)
            return codec
        }
    }
}
