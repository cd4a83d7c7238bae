import CallCore
import MSML
import TestSupport
import Testing

/// Documents made by chance, the same ones in every run.
@Suite struct MSMLGeneratedTests {
    @Test func `whatever is written is read alike`() throws {
        var writer = MSMLWriter(seed: 0x5707)
        for _ in 0..<400 {
            let document = writer.document()
            #expect(try MSMLTests.document(document.encoded()) == document)
        }
    }

    @Test func `a single end tag that is missing is mended or refused, and never moves an order`() throws {
        var writer = MSMLWriter(seed: 0x5708)
        var mended = 0
        for _ in 0..<200 {
            let request = writer.request()
            let text = String(decoding: request.encoded(), as: UTF8.self)
            for tag in ["</join>", "</play>", "</dialogstart>", "</createconference>", "</group>", "</stream>"] {
                guard let place = text.firstRange(of: tag) else { continue }
                var broken = text
                broken.removeSubrange(place)
                guard let read = try? MSMLTests.request(Array(broken.utf8)) else { continue }
                mended += 1
                #expect(read.elements.count == request.elements.count)
            }
        }
        #expect(mended > 50)
    }

    @Test func `damaged documents are refused or read, and what is read is written and read alike`() throws {
        var writer = MSMLWriter(seed: 0x5709)
        var mutations = Mutations(seed: 0x570A)
        for _ in 0..<200 {
            let original = writer.document().encoded()
            for _ in 0..<20 {
                let bytes = mutations.next(of: original, inserting: Array("<>&;\"'/:=! x*".utf8))
                guard let read = try? MSMLTests.document(bytes) else { continue }
                #expect(try MSMLTests.document(read.encoded()) == read)
            }
        }
    }

    @Test(arguments: MSMLExampleTests.files)
    func `a damaged example is refused or read, and what is read is written and read alike`(file: String) throws {
        let original = Array(try MSMLExampleTests.text(file).utf8)
        var mutations = Mutations(seed: 0x570B)
        for _ in 0..<100 {
            let bytes = mutations.next(of: original, inserting: Array("<>&;\"'/:=! x*".utf8))
            guard let read = try? MSMLTests.document(bytes) else { continue }
            #expect(try MSMLTests.document(read.encoded()) == read)
        }
    }

    @Test(arguments: [
        ("<msml version=\"1.1\"><join id1=\"conn:A\" id2=\"conf:R\"><stream media=\"audio\"/></msml>", 1),
        (
            "<msml version=\"1.1\"><createconference name=\"R\"><audiomix><asn ri=\"1s\"></audiomix></createconference></msml>",
            1
        ),
        ("<msml version=\"1.1\"><destroyconference id=\"conf:R\"><join id1=\"conn:A\" id2=\"conf:R\"/></msml>", 2),
    ])
    func `an inner end tag may be missing`(text: String, orders: Int) throws {
        #expect(try MSMLTests.request(Array(text.utf8)).elements.count == orders)
    }

    @Test(arguments: [
        "<msml version=\"1.1\"><join id1=\"conn:A\" id2=\"conf:R\"/>",
        "<msml version=\"1.1\"><join id1=\"conn:A\" id2=\"conf:R\"/></msm",
        "<msml version=\"1.1\"><join id1=\"conn:A\" id2=\"conf:R\"><join id1=\"conn:B\" id2=\"conf:R\"/></msml>",
        "<msml version=\"1.1\"><join id1=\"conn:A\" id2=\"conf:R\"><stream media=\"audio\"/><unjoin id1=\"conn:A\" id2=\"conf:R\"/></msml>",
        "<msml version=\"1.1\"></join></msml>", "<msml version=\"1.1\"><a></b></msml>",
        "<msml version=\"1.1\"><!-- </msml>", "<msml version=\"1.1\"><![CDATA[ </msml>", "<msml version=\"1.1",
        "<msml><join id1='conn:A></msml>",
    ])
    func `a document that breaks off, or whose meaning is open, is refused`(text: String) {
        #expect(throws: MSMLError(.xml(.malformed), "")) { try MSMLTests.document(Array(text.utf8)) }
    }

    @Test func `many open tags are refused soon`() {
        let text =
            "<msml>" + String(repeating: "<a>", count: 60) + String(repeating: "<b></c>", count: 30_000) + "</msml>"
        #expect(throws: MSMLError(.xml(.malformed), "")) { try MSMLTests.document(Array(text.utf8)) }
    }

    @Test(arguments: [
        ("<!DOCTYPE msml [<!ENTITY a 'b'>]><msml version=\"1.1\">&a;</msml>", XMLError.Code.documentType),
        ("<msml version=\"1.1\">" + String(repeating: "<group>", count: 80), .tooDeep),
        ("<msml version=\"1.1\">" + String(repeating: "<join/>", count: 10_001), .tooMany),
        (String(repeating: " ", count: 262_145), .tooLong), ("\u{0}<msml/>", .malformed),
        ("<msml>\u{0}</msml>", .encoding),
    ])
    func `what is refused as XML says as what`(text: String, code: XMLError.Code) {
        #expect(throws: MSMLError(.xml(code), "")) { try MSMLTests.document(Array(text.utf8)) }
    }
}
