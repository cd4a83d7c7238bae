import CallXML
import TestSupport
import Testing

/// What must end neither the process nor its memory.
@Suite struct XMLHostilityTests {
    static func code(_ bytes: [UInt8]) -> XMLError.Code? {
        do throws(XMLError) {
            _ = try XMLElement(parsing: bytes.span)
            return nil
        } catch {
            return error.code
        }
    }

    static func code(_ text: String) -> XMLError.Code? { Self.code(Array(text.utf8)) }

    @Test func `a billion laughs are refused before the first`() {
        var entities = "<!ENTITY lol0 \"lol\">"
        for level in 1...9 {
            let ten = String(repeating: "&lol\(level - 1);", count: 10)
            entities += "<!ENTITY lol\(level) \"\(ten)\">"
        }
        #expect(Self.code("<?xml version=\"1.0\"?><!DOCTYPE lolz [\(entities)]><lolz>&lol9;</lolz>") == .documentType)
    }

    @Test(arguments: [
        "<!DOCTYPE a [<!ENTITY % b SYSTEM 'http://127.0.0.1:1/x'> %b;]><a/>",
        "<!DOCTYPE a PUBLIC '-//x' 'http://127.0.0.1:1/x'><a/>",
        "<!-- --><!DOCTYPE a><a/>", "<a><!DOCTYPE a></a>", "<a/><!DOCTYPE a>",
    ])
    func `a document type is refused wherever it stands`(text: String) {
        #expect(Self.code(text) == .documentType)
    }

    /// In small letters it is no document type, and nothing else either.
    @Test(arguments: ["<!doctype a><a/>", "<!ENTITY b 'c'><a/>", "<!ELEMENT a ANY><a/>", "<![INCLUDE[<a/>]]>"])
    func `other declarations are no XML`(text: String) {
        #expect(Self.code(text) == .malformed)
    }

    @Test(arguments: ["&lol;", "&#x110000;", "&#xD800;", "&#0;", "&#;", "&;", "&amp"])
    func `references to nothing are refused`(reference: String) {
        #expect(Self.code("<a>\(reference)</a>") == .malformed)
        #expect(Self.code("<a b=\"\(reference)\"/>") == .malformed)
    }

    @Test func `depth is bounded at the limit`() {
        let limit = XMLLimits().depth
        for (depth, expected) in [(limit, nil), (limit + 1, XMLError.Code.tooDeep)] {
            let text = String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
            #expect(Self.code(text) == expected)
        }
    }

    @Test func `elements and attributes are counted together, to the limit`() {
        let limit = XMLLimits().nodeCount
        for (count, expected) in [(limit - 1, nil), (limit, XMLError.Code.tooMany)] {
            #expect(Self.code("<a>" + String(repeating: "<b/>", count: count) + "</a>") == expected)
            let attributes = (0..<count).map { " b\($0)=''" }.joined()
            #expect(Self.code("<a\(attributes)/>") == expected)
        }
    }

    @Test func `one value may be as large as the document`() throws {
        let value = String(repeating: "x", count: XMLLimits().byteCount - 20)
        #expect(try XMLElement(parsing: Array("<a b=\"\(value)\"/>".utf8).span)[attribute: "b"] == value)
        #expect(Self.code("<a b=\"\(value)xxxxxxxxxxxxxxxxxxxxxx\"/>") == .tooLong)
    }

    @Test(arguments: [[0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFF], [0xC3], [0x80]])
    func `bytes that are no UTF-8 are refused`(bytes: [UInt8]) {
        #expect(Self.code(Array("<a>".utf8) + bytes + Array("</a>".utf8)) != nil)
        #expect(Self.code(Array("<a b='".utf8) + bytes + Array("'/>".utf8)) != nil)
    }

    @Test(arguments: [
        [0xFE, 0xFF], [0xFF, 0xFE], [0xFF, 0xFE, 0x00, 0x00], [0x2B, 0x2F, 0x76, 0x38], [0xEF, 0xBB],
    ])
    func `marks of other encodings are refused`(mark: [UInt8]) {
        #expect(Self.code(mark + Array("<a/>".utf8)) == .malformed)
        #expect(Self.code(mark + Array("<a/>".utf16).flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }) != nil)
    }

    @Test(arguments: [
        "<gvp:a xmlns:gvp='urn:x'><gvp:b/></gvp:a>", "<a><gvp:b xmlns:gvp='urn:x'/></a>", "<a><gvp:b gvp:c='1'/></a>",
        "<a><b:c/><d:e/><f:g/></a>", "<a:b/>", "<a:b c='1'/>", "<a:b\nc='1'><d:e/></a:b>", "<!-- <x:y --><a><b:c/></a>",
        "<?xml version='1.0'?> <a><b:c/></a>", "<a x='xmlns:'><b:c/></a>", "<a><![CDATA[<b:c/>]]></a>",
        "<a><x1:b/><x2:b/><x3:b/><x4:b/><x5:b/><x6:b/><x7:b/><x8:b/><x9:b/></a>", "<a><é:b/></a>", "<a><xml:b/></a>",
    ])
    func `prefixes stay as they are, declared or not`(text: String) throws {
        let read = try XMLElement(parsing: Array(text.utf8).span)
        let again = try XMLElement(parsing: read.document().span)
        #expect(again == read)
        let declarations = text.split(separator: "xmlns:gvp=").count - 1
        #expect(read.description.split(separator: "xmlns:").count - 1 == declarations || text.contains("'xmlns:'"))
        #expect(!read.description.contains("undeclared"))
    }

    @Test(arguments: [("<?b?>", XMLError.Code.malformed), ("<!DOCTYPE a>", .documentType), ("\u{0}", .encoding)])
    func `what must not be there is found behind any number of prefixes`(text: String, code: XMLError.Code) {
        for count in 0...12 {
            let elements = (0..<count).map { "<x\($0):b/>" }.joined()
            #expect(Self.code("<a>\(elements)\(text)</a>") == code)
        }
    }

    @Test func `equal elements may differ in the order of their attributes`() {
        let (b, c) = (XMLAttribute("b", "1"), XMLAttribute("c", "2"))
        let (left, right) = (XMLElement("a", attributes: [b, c]), XMLElement("a", attributes: [c, b]))
        #expect(left == right)
        #expect(left.hashValue == right.hashValue)
        #expect(left != XMLElement("a", attributes: [b, b]))
        #expect(left != XMLElement("a", attributes: [b]))
    }

    @Test func `blanks between elements are dropped where that is asked for`() throws {
        let bytes = Array("<a>\n <b> </b> x <c>\n<d/> y </c>\n</a>".utf8)
        let expected = XMLElement(
            "a",
            children: [
                .element(XMLElement("b", text: " ")), .text("x"),
                .element(XMLElement("c", children: [.element(XMLElement("d")), .text("y")])),
            ])
        #expect(try XMLElement(parsing: bytes.span, blanks: .dropped) == expected)
        #expect(try XMLElement(parsing: bytes.span).children.count == 5)
    }

    @Test func `mixed documents are read, or refused, whatever is done to them`() throws {
        let original = Array(
            "<?xml version=\"1.0\"?><!--c--><a xmlns:d='urn:d'><d:b e:f=\"&#65;&lt;\">t<![CDATA[<x>]]></d:b><g:h/></a>"
                .utf8)
        var mutations = Mutations(seed: 0xC0FFEE)
        for _ in 0..<6_000 {
            let bytes = mutations.next(of: original, inserting: Array("<>&;\"'/:=!?[]-x\u{FE}".utf8))
            guard let read = try? XMLElement(parsing: bytes.span) else { continue }
            #expect(try XMLElement(parsing: read.document().span) == read)
        }
    }
}
