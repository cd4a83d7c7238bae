internal import CallCore

// What the attributes of a medium say of its formats and packets.

extension MediaDescription {
    /// Which encoding each payload type stands for, in the order of the lines.
    ///
    /// - Source: RFC 8866 §6.6.
    public var rtpMaps: [RTPMap] { self.all.allAttributes(.formatMap) { RTPMap($0, $1) } }

    /// What `a=fmtp` says of a format.
    ///
    /// - Source: RFC 8866 §6.15.
    public func formatParameters(of format: String) -> String? {
        self.all.firstAttribute(.formatParameters) { span, range in
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
            if codecs.isEmpty { codecs.reserveCapacity(6) }
            codecs.append(AudioCodec("", payloadType: UInt8(truncatingIfNeeded: number), clockRate: 0))
        }
        // Each line is looked at once, not once a format.
        self.all.forEachAttribute(.formatMap) { span, range in
            guard let map = RTPMapPlaces(span, range) else { return }
            for index in codecs.indices
            where codecs[index].payloadType == map.payloadType && codecs[index].name.isEmpty {
                codecs[index].name = span.string(map.name)
                (codecs[index].clockRate, codecs[index].channels) = (map.clockRate, map.channels)
            }
        }
        self.all.forEachAttribute(.formatParameters) { span, range in
            var position = range.lowerBound
            guard let format = span.nextField(from: &position, to: range.upperBound),
                let number = span.number(format, limit: 127)
            else { return }
            for index in codecs.indices
            where codecs[index].payloadType == UInt8(truncatingIfNeeded: number)
                && codecs[index].formatParameters == nil
            {
                let parameters = span.trimmed(position..<range.upperBound)
                if !parameters.isEmpty { codecs[index].formatParameters = span.string(parameters) }
            }
        }
        var isComplete = true
        for index in codecs.indices where codecs[index].name.isEmpty {
            if let type = StaticPayloadType(codecs[index].payloadType) {
                codecs[index].name = type.name
                (codecs[index].clockRate, codecs[index].channels) = (type.clockRate, type.channels ?? 1)
            } else {
                isComplete = false
            }
        }
        if !isComplete { codecs.removeAll { $0.name.isEmpty } }
        return codecs
    }

    /// How much audio the describing party would like in each packet. `a=ptime`.
    ///
    /// - Source: RFC 8866 §6.4.
    public var packetTime: Duration? { self.milliseconds(.packetTime) }

    /// How much audio the describing party can take in each packet. `a=maxptime`.
    ///
    /// - Source: RFC 8866 §6.5.
    public var maximumPacketTime: Duration? { self.milliseconds(SDPAttributeName("maxptime")) }

    /// A time of 1 ms to 1 s; what comes after a decimal point is left out.
    private func milliseconds(_ name: SDPAttributeName) -> Duration? {
        self.all.firstAttribute(name) { span, range in
            let value = span.trimmed(range)
            let whole = value.lowerBound..<span.end(of: value, before: UInt8(ascii: "."))
            guard let milliseconds = span.number(whole, limit: 1_000), milliseconds > 0 else { return nil }
            return .milliseconds(Int64(milliseconds))
        }
    }
}
