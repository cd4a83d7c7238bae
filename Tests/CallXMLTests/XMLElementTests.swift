import CallXML
import TestSupport
import Testing

@Suite struct XMLElementTests {
    static func parse(_ text: String, limits: XMLLimits = XMLLimits()) throws -> XMLElement {
        try Self.parse(Array(text.utf8), limits: limits)
    }

    static func parse(_ bytes: [UInt8], limits: XMLLimits = XMLLimits()) throws -> XMLElement {
        try XMLElement(parsing: bytes.span, limits: limits)
    }

    @Test func `elements, attributes and text are read in order`() throws {
        let root = try Self.parse(
            "<?xml version='1.0'?><a x='1' b=\"2\">t &lt;<b/>u<![CDATA[<v>]]><!-- no --><c>d</c></a>")
        #expect(root.name == "a")
        #expect(root[attribute: "x"] == "1")
        #expect(
            root.children == [
                .text("t <"), .element(XMLElement("b")), .text("u<v>"), .element(XMLElement("c", text: "d")),
            ])
    }

    @Test func `a prefix that is never declared stays in the name`() throws {
        let root = try Self.parse("<a><gvp:b gvp:c='1'><gvp:d/></gvp:b></a>")
        let inner = try #require(root.element("b"))
        #expect(inner.name == "gvp:b")
        #expect(inner[attribute: "gvp:c"] == "1")
        #expect(inner.elements.map(\.name) == ["gvp:d"])
    }

    @Test func `a declared prefix stays in the name as well`() throws {
        let root = try Self.parse("<g:a xmlns:g='urn:x' xmlns='not a uri'><g:b/></g:a>")
        #expect(root.name == "g:a")
        #expect(root.localName == "a")
        #expect(root[attribute: "xmlns:g"] == "urn:x")
    }

    @Test(arguments: [
        "", " ", "text", "<a", "<a>", "<a><b></a>", "<a/><b/>", "<a/>text", "<a>&foo;</a>", "<a b='1' b='2'/>",
        "<a b=1/>",
        "<a><gvp:b/><c></a>", "<gvp:a><b", "</a>", "<a>&#0;</a>", "<1/>",
    ])
    func `what is not well-formed is refused`(text: String) {
        let error = #expect(throws: XMLError.self) { try Self.parse(text) }
        #expect(error?.code == .malformed)
    }

    @Test(arguments: [
        "<!DOCTYPE a><a/>",
        "<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
        "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
    ])
    func `a document type is refused, and its entities with it`(text: String) {
        let error = #expect(throws: XMLError.self) { try Self.parse(text) }
        #expect(error?.code == .documentType)
    }

    @Test(arguments: ["<?a?><b/>", "<?a b?><c/>", "<a><?b?></a>", "<?xml-stylesheet?><a/>"])
    func `a processing instruction is refused`(text: String) {
        let error = #expect(throws: XMLError.self) { try Self.parse(text) }
        #expect(error?.code == .malformed)
    }

    @Test func `encodings in which a document type could hide are refused`() {
        let refused = XMLError(.encoding, line: 1, "")
        #expect(throws: refused) { try Self.parse("<?xml version='1.0' encoding='UTF-7'?><a/>") }
        #expect(throws: refused) { try Self.parse("<?xml version='1.0' encoding = \"UTF-16\"?><a/>") }
        #expect(throws: XMLError.self) {
            try Self.parse(Array("<a/>".utf16).flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] })
        }
        #expect(throws: XMLError.self) {
            try Self.parse(Array("<a/>".utf16).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })
        }
    }

    @Test func `names that are not ASCII are written in UTF-8 whatever was asked for`() throws {
        let element = XMLElement("ў", children: [.text("ў")])
        let written = element.document(encoding: "US-ASCII")
        #expect(String(decoding: written, as: UTF8.self).hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"))
        #expect(try Self.parse(written) == element)
    }

    @Test func `US-ASCII, ISO-8859-1 and a byte order mark are read`() throws {
        #expect(try Self.parse("<?xml version=\"1.0\" encoding=\"US-ASCII\"?><a>b</a>").text == "b")
        let latin = Array("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>".utf8) + [0xE9] + Array("</a>".utf8)
        #expect(try Self.parse(latin).text == "é")
        #expect(try Self.parse([0xEF, 0xBB, 0xBF] + Array("\r\n<a>é</a>".utf8)).text == "é")
    }

    @Test func `documents beyond a limit are refused`() {
        let limits = XMLLimits(byteCount: 200, depth: 3, nodeCount: 6)
        #expect(throws: XMLError(.tooDeep, line: 1, "")) { try Self.parse("<a><a><a><a/></a></a></a>", limits: limits) }
        #expect(throws: XMLError(.tooMany, line: 1, "")) {
            try Self.parse("<a><b/><b/><b/><b/><b/><b/></a>", limits: limits)
        }
        #expect(throws: XMLError(.tooMany, line: 1, "")) {
            try Self.parse("<a b='' c='' d='' e='' f='' g=''/>", limits: limits)
        }
        #expect(throws: XMLError(.tooLong, "")) {
            try Self.parse("<a>" + String(repeating: "x", count: 200) + "</a>", limits: limits)
        }
        #expect(throws: XMLError(.tooDeep, line: 1, "")) { try Self.parse(String(repeating: "<a>", count: 50_000)) }
    }

    @Test func `what is written is escaped, and read again is the same`() throws {
        let element = XMLElement(
            "a", attributes: [XMLAttribute("b", "<\"&'\n\t>é")],
            children: [.text("]]> & \r\n é \"q\""), .element(XMLElement("c", text: "😀"))])
        #expect(
            element.description
                == "<a b=\"&lt;&quot;&amp;'&#10;&#9;&gt;é\">]]&gt; &amp; &#13;\n é \"q\"<c>😀</c></a>")
        for encoding in ["UTF-8", "US-ASCII"] {
            let bytes = element.document(encoding: encoding)
            #expect(try Self.parse(bytes) == element)
            #expect(encoding == "UTF-8" || bytes.allSatisfy { $0 < 128 })
        }
    }

    @Test func `characters that no document may hold are replaced`() throws {
        let element = XMLElement("a", text: "x\u{0}\u{1B}\u{FFFF}y")
        #expect(try Self.parse(element.document()).text == "x\u{FFFD}\u{FFFD}\u{FFFD}y")
    }

    @Test func `in lines, every tag has its own, and text stays with its element`() {
        let element = XMLElement(
            "a", children: [.text("\n "), .element(XMLElement("b", text: "t")), .element(XMLElement("c")), .text("u")])
        #expect(
            String(decoding: element.document(layout: .lines), as: UTF8.self) == """
                <?xml version="1.0" encoding="UTF-8"?>\r
                <a>\r
                <b>t</b>\r
                <c/>\r
                u\r
                </a>\r

                """)
    }

    @Test func `an attribute is set in its place, added or removed`() {
        var element = XMLElement("a", attributes: [XMLAttribute("b", "1"), XMLAttribute("c", "2")])
        element[attribute: "b"] = "3"
        element[attribute: "d"] = "4"
        element[attribute: "c"] = nil
        #expect(element.attributes == [XMLAttribute("b", "3"), XMLAttribute("d", "4")])
    }

    @Test func `damaged documents are refused or read, and what is read is written and read alike`() throws {
        let original = try fixture("msml/info.createconference-with-recorder.xml")
        var mutations = Mutations(seed: 0x3A1)
        for _ in 0..<3_000 {
            let bytes = mutations.next(of: original, inserting: Array("<>&;\"'/:=!? \u{7F}".utf8))
            guard let read = try? Self.parse(bytes) else { continue }
            let again = try Self.parse(read.document())
            #expect(again == read)
        }
    }
}
