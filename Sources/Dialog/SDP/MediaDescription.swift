/// One `m=` line and the lines that belong to it.
///
/// - Source: RFC 8866 §5.14.
public struct MediaDescription: Hashable, Sendable {
    /// `audio`, `video` …
    public var media: String
    /// Where RTP is received; 0 where the media is refused or over.
    public var port: UInt16
    /// How many ports are used, written `port/count`; nil where nothing is said.
    public var portCount: Int?
    /// How it is carried, for example `RTP/AVP`.
    public var `protocol`: String
    /// The formats in order of preference: payload types, for RTP.
    public var formats: [String]
    /// The lines after the `m=` line, in order.
    public var lines: [SDPLine]

    /// Describes one medium.
    public init(
        media: String, port: UInt16, portCount: Int? = nil, protocol: String = "RTP/AVP", formats: [String],
        lines: [SDPLine] = []
    ) {
        (self.media, self.port, self.portCount) = (media, port, portCount)
        (self.protocol, self.formats, self.lines) = (`protocol`, formats, lines)
    }

    /// Reads the value of an `m=` line.
    init?(mediaLine value: String) {
        let fields = value.split(separator: " ")
        guard fields.count >= 4, fields.count <= 3 + SessionDescription.Bound.formatCount else { return nil }
        let ports = fields[1].split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let port = UInt16(ports[0]) else { return nil }
        self.init(
            media: String(fields[0]), port: port, protocol: String(fields[2]), formats: fields[3...].map(String.init))
        if ports.count == 2 {
            guard let count = Int(ports[1]), count > 0 else { return nil }
            self.portCount = count
        }
    }

    /// The `m=` line.
    var mediaLine: SDPLine {
        let ports = self.portCount.map { "\(self.port)/\($0)" } ?? "\(self.port)"
        return SDPLine("m", ([self.media, ports, self.protocol] + self.formats).joined(separator: " "))
    }

    /// Where this medium goes, where it says so itself.
    public var connection: SDPConnection? {
        get { SDPLines.first("c", in: self.lines).flatMap(SDPConnection.init(_:)) }
        set { SDPLines.set("c", to: newValue?.description, in: &self.lines, order: "icbka") }
    }

    /// The direction, where this medium says so itself.
    public var direction: MediaDirection? {
        get { SDPLines.direction(in: self.lines) }
        set { SDPLines.setDirection(newValue, in: &self.lines) }
    }

    /// The attributes, in order.
    public var attributes: [SDPAttribute] { self.lines.compactMap(\.attribute) }

    /// The value of the first attribute of a name; "" for a flag; nil where there is none.
    public func attribute(_ name: String) -> String? {
        self.attributes.first { $0.name == name }.map { $0.value ?? "" }
    }

    /// Which encoding each payload type stands for, in the order of the lines.
    ///
    /// - Source: RFC 8866 §6.6.
    public var rtpMaps: [RTPMap] {
        self.attributes.compactMap { $0.name == "rtpmap" ? $0.value.flatMap(RTPMap.init(_:)) : nil }
    }

    /// What `a=fmtp` says of a format.
    ///
    /// - Source: RFC 8866 §6.15.
    public func formatParameters(of format: String) -> String? {
        for attribute in self.attributes where attribute.name == "fmtp" {
            guard let value = attribute.value, value.hasPrefix(format) else { continue }
            let rest = value.dropFirst(format.count)
            if rest.first == " " { return String(rest.drop { $0 == " " }) }
        }
        return nil
    }

    /// How much audio the describing party would like in each packet. `a=ptime`.
    ///
    /// - Source: RFC 8866 §6.4.
    public var packetTime: Duration? {
        guard let value = self.attribute("ptime"), let milliseconds = Int(value.prefix { $0 != "." }),
            (1...1_000).contains(milliseconds)
        else { return nil }
        return .milliseconds(milliseconds)
    }
}

/// One `a=rtpmap` line.
///
/// - Source: RFC 8866 §6.6.
public struct RTPMap: Hashable, Sendable, CustomStringConvertible {
    /// The number in the packets.
    public var payloadType: UInt8
    /// The encoding's name, for example `PCMU`; case does not matter.
    public var name: String
    /// - Unit: Hz.
    public var clockRate: Int
    /// How many channels; 1 where nothing is said.
    public var channels: Int

    /// Maps a payload type.
    public init(payloadType: UInt8, name: String, clockRate: Int, channels: Int = 1) {
        (self.payloadType, self.name) = (payloadType, name)
        (self.clockRate, self.channels) = (clockRate, channels)
    }

    /// Reads the value of the attribute.
    ///
    /// - Returns: nil where a part is missing or a number is none.
    public init?(_ value: String) {
        let fields = value.split(separator: " ")
        guard fields.count == 2, let payloadType = UInt8(fields[0]), payloadType < 128 else { return nil }
        let parts = fields[1].split(separator: "/", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), !parts[0].isEmpty, let clockRate = Int(parts[1]), clockRate > 0
        else { return nil }
        let channels = parts.count == 3 ? Int(parts[2]) ?? 1 : 1
        self.init(payloadType: payloadType, name: String(parts[0]), clockRate: clockRate, channels: max(1, channels))
    }

    /// The value of the attribute.
    public var description: String {
        "\(self.payloadType) \(self.name)/\(self.clockRate)" + (self.channels > 1 ? "/\(self.channels)" : "")
    }
}
