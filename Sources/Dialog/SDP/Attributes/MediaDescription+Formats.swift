// What the attributes of a medium say of its formats and packets.

extension MediaDescription {
    /// Which encoding each payload type stands for, in the order of the lines.
    ///
    /// - Source: RFC 8866 §6.6.
    public var rtpMaps: [RTPMap] { self.all.allAttributes("rtpmap") { RTPMap($0, $1) } }

    /// What `a=fmtp` says of a format.
    ///
    /// - Source: RFC 8866 §6.15.
    public func formatParameters(of format: String) -> String? {
        self.all.firstAttribute("fmtp") { span, range in
            var position = range.lowerBound
            guard let name = span.nextField(from: &position, to: range.upperBound), span.equals(name, format)
            else { return nil }
            let parameters = span.trimmed(position..<range.upperBound)
            return parameters.isEmpty ? nil : span.string(parameters)
        }
    }

    /// The codecs, in the order of ``formats``; a payload type that nothing explains is left out.
    ///
    /// - Source: RFC 3264 §5.1; RFC 3551 §6 for types that need no `a=rtpmap`.
    public var codecs: [AudioCodec] {
        var codecs: [AudioCodec] = []
        self.forEachFormat { span, format in
            guard let number = span.number(format, limit: 127) else { return }
            let payloadType = UInt8(truncatingIfNeeded: number)
            if codecs.isEmpty { codecs.reserveCapacity(6) }
            let map = RTPMap(assigned: payloadType) ?? RTPMap(payloadType: payloadType, name: "", clockRate: 0)
            codecs.append(AudioCodec(map))
        }
        // Each line is looked at once, not once a format.
        var isMapped: UInt128 = 0
        _ = self.all.firstAttribute("rtpmap") { span, range -> Never? in
            guard let map = RTPMap(span, range), isMapped >> UInt128(map.payloadType) & 1 == 0 else { return nil }
            isMapped |= 1 << UInt128(map.payloadType)
            for index in codecs.indices where codecs[index].payloadType == map.payloadType {
                codecs[index] = AudioCodec(map)
            }
            return nil
        }
        _ = self.all.firstAttribute("fmtp") { span, range -> Never? in
            var position = range.lowerBound
            let number = span.nextField(from: &position, to: range.upperBound).flatMap { span.number($0, limit: 127) }
            guard let number else { return nil }
            for index in codecs.indices where UInt64(codecs[index].payloadType) == number {
                guard codecs[index].formatParameters == nil else { continue }
                let parameters = span.trimmed(position..<range.upperBound)
                if !parameters.isEmpty { codecs[index].formatParameters = span.string(parameters) }
            }
            return nil
        }
        if codecs.contains(where: { $0.name.isEmpty }) { codecs.removeAll { $0.name.isEmpty } }
        return codecs
    }

    /// How much audio the describing party would like in each packet. `a=ptime`.
    ///
    /// - Source: RFC 8866 §6.4.
    public var packetTime: Duration? { self.milliseconds("ptime") }

    /// How much audio the describing party can take in each packet. `a=maxptime`.
    ///
    /// - Source: RFC 8866 §6.5.
    public var maximumPacketTime: Duration? { self.milliseconds("maxptime") }

    /// A time of 1 ms to 1 s; what comes after a decimal point is left out.
    private func milliseconds(_ name: String) -> Duration? {
        self.all.firstAttribute(name) { span, range in
            let value = span.trimmed(range)
            let whole = value.lowerBound..<span.end(of: value, before: UInt8(ascii: "."))
            guard let milliseconds = span.number(whole, limit: 1_000), milliseconds > 0 else { return nil }
            return .milliseconds(Int64(milliseconds))
        }
    }
}
