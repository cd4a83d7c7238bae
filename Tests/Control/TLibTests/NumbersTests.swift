import TLib
import Testing

/// Names and numbers against Tests/Fixtures/tlib/numbers.txt.
@Suite struct NumbersTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var kind: String
        var name: String
        var number: Int
        var testDescription: String { "\(self.kind) \(self.name) = \(self.number)" }
    }

    static let rows: [Row] = lines(of: "numbers.txt").compactMap { line in
        let words = line.split(separator: " ").map(String.init)
        guard words.count == 3, let number = Int(words[2]) else { return nil }
        return Row(kind: words[0], name: words[1], number: number)
    }

    static func rows(_ kind: String) -> [Row] { Self.rows.filter { $0.kind == kind } }

    @Test func `the table is read`() {
        #expect(Self.rows.count == 252)
        #expect(Set(Self.rows.map(\.kind)).count == 12)
    }

    @Test(arguments: rows("TMessageType"))
    func `a message has its number and name`(row: Row) throws {
        let type = TMessageType(rawValue: try #require(UInt16(exactly: row.number)))
        #expect(type.description == row.name)
        #expect(TMessageType(name: row.name) == type)
        #expect(type.isRequest == row.name.hasPrefix("Request"))
    }

    @Test(arguments: rows("TAttribute"))
    func `an attribute has its number and name`(row: Row) throws {
        #expect(TAttribute<Int>(code: try #require(UInt16(exactly: row.number))).description == row.name)
    }

    @Test(arguments: rows.filter { !["TMessageType", "TAttribute", "TMediaType", "TPartyState"].contains($0.kind) })
    func `a value of an enumeration has its number and name`(row: Row) throws {
        let names: [String: [Int: String]] = [
            "TAddressType": Self.names(TAddressType.self), "TCallType": Self.names(TCallType.self),
            "TCallState": Self.names(TCallState.self), "TDNRole": Self.names(TDNRole.self),
            "TRegisterMode": Self.names(TRegisterMode.self), "TControlMode": Self.names(TControlMode.self),
            "TAgentWorkMode": Self.names(TAgentWorkMode.self), "TRouteType": Self.names(TRouteType.self),
        ]
        #expect(try #require(names[row.kind])[row.number] == row.name.lowercased())
    }

    private static func names<Value: CaseIterable & RawRepresentable<Int>>(_: Value.Type) -> [Int: String] {
        Dictionary(uniqueKeysWithValues: Value.allCases.map { ($0.rawValue, "\($0)".lowercased()) })
    }

    @Test func `kinds of media have their numbers`() {
        let media: [TMediaType] = [
            .voice, .voip, .email, .vmail, .smail, .chat, .video, .cobrowsing, .whiteboard, .appSharing, .webForm,
            .workItem,
        ]
        #expect(media.map(\.rawValue) == Self.rows("TMediaType").map(\.number))
    }

    @Test func `states of a party have their numbers, and restrictions their bits`() {
        let states: [TPartyState] = [.initiated, .queued, .alerting, .busy, .connected, .held, .failed]
        let numbers = Self.rows("TPartyState").map(\.number)
        #expect(states.map(\.rawValue) == Array(numbers.prefix(7)))
        let bits = numbers.dropFirst(7).map { TPartyState(rawValue: 0xC + $0) }
        #expect(bits.map(\.isDeaf) == [true, false, false, false])
        #expect(bits.map(\.isMute) == [false, true, false, false])
        #expect(bits.map(\.isBridged) == [false, false, true, false])
        #expect(bits.map(\.isAuditing) == [false, false, false, true])
        #expect(bits.allSatisfy { $0.base == .connected })
    }
}
