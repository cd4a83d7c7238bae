// modules: CallCore RTP
// inputs: 2500000
// seeds: Tests/Fuzz/Corpus/RTCP
import CallCore
import RTP

/// What was read of a compound is read again when it is written.
func fuzz(_ bytes: [UInt8]) {
    var statements: [RTCPStatement] = []
    try? RTCPStatement.find(in: bytes.span) { statements.append($0) }
    guard let compound = try? RTCPCompound(parsing: bytes.span) else { return }
    let written = compound.encoded()
    let again = try? RTCPCompound(parsing: written.span)
    expect(again == compound, "Read as other control packets")
    var expected: [RTCPStatement] = []
    for packet in compound.packets {
        switch packet {
        case .senderReport(var report):
            (report.reports, report.profileExtension) = ([], [])
            expected.append(.sent(report))
        case .goodbye(let sources, _): expected += sources.map { .left(ssrc: $0) }
        default: break
        }
    }
    expect(statements == expected, "Other statements were found than the compound has")
    for packet in compound.packets {
        switch packet {
        case .senderReport(let report):
            _ = WallTime(ntpTime: report.ntpTime)
            for block in report.reports { _ = block.roundTrip(at: report.ntpTime) }
        case .sourceDescription(let descriptions):
            for description in descriptions { _ = description.items.map { ($0.text, $0.privateParts?.prefix) } }
        case .receiverReport, .goodbye, .application, .other: break
        }
    }
}
