import CallCore
import Foundation
import SIP
import Testing

/// The messages of RFC 4475 and RFC 5118: each is taken, refused or dropped as its RFC says, and none ends the process.
@Suite struct TortureTests {
    @Test(arguments: TortureMessage.all)
    func `a receiver does what the RFC says`(message: TortureMessage) throws {
        var receiver = TortureReceiver()
        #expect(try receiver.outcome(of: message.bytes()) == message.outcome, Comment(rawValue: message.reason))
    }

    @Test func `every message of both RFCs is looked at`() throws {
        #expect(TortureMessage.all.filter { $0.name.hasPrefix("rfc4475/") }.count == 49)
        #expect(TortureMessage.all.filter { $0.name.hasPrefix("rfc5118/") }.count == 12)
        #expect(Set(TortureMessage.all.map(\.name)).count == 61)
    }

    @Test(arguments: TortureMessage.all)
    func `an answer can be read and has its request's names`(message: TortureMessage) throws {
        var receiver = TortureReceiver()
        for answer in try receiver.receive(message.bytes()).answers {
            let again = try SIPMessage(parsing: answer.encoded().span)
            #expect(again.status == answer.status)
            #expect(again.field("CSeq") != nil && again.field("Via") != nil)
            #expect(again[.to] == nil || again[.to]?.tag != nil)
        }
    }

    @Test(arguments: TortureMessage.all)
    func `what can be read is passed on with every field as it came`(message: TortureMessage) throws {
        guard let original = try? message.message() else { return }
        var changed = original
        changed.prepend(SIPVia(.loopback(5060), branch: "z9hG4bKadded"), to: .via)
        let again = try SIPMessage(parsing: changed.encoded().span)
        let lengthless = { (fields: [SIPHeaderField]) in fields.filter { $0.name != "Content-Length" } }
        #expect(lengthless(again.fields).filter { !$0.value.contains("z9hG4bKadded") } == lengthless(original.fields))
        #expect(again.body == original.body)
    }

    @Test(arguments: TortureMessage.all)
    func `damaged, it never traps`(message: TortureMessage) throws {
        let original = try message.bytes()
        var random = TokenGenerator(seed: UInt64(original.count))
        var receiver = TortureReceiver()
        for _ in 0..<200 {
            var bytes = original
            for _ in 0..<3 {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                bytes[place] = Array("\r\n\t \"\\<>;:,=@\0".utf8).randomElement(using: &random) ?? 0
            }
            _ = receiver.receive(bytes)
        }
    }
}
