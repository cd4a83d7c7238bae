import Foundation
import MSML
import Testing

/// The examples of RFC 5707, by section; names are ours.
@Suite struct MSMLExampleTests {
    static let files: [String] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Fixtures/msml/rfc5707").standardizedFileURL.path
        return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }()

    /// Examples that are no XML, with what is to be read in the place of what is written.
    static let broken: [String: (String, String)] = [
        "8.7.2-1.videolayout.xml": (#"top="33%" relativesize="1/3">"#, #"top="33%" relativesize="1/3"/>"#),
        "8.7.2-2.videolayout.xml": (#"priority=".2">"#, #"priority=".2"/>"#),
        "8.7.3-1.videolayout.xml": (#"top="33%" relativesize="1/3">"#, #"top="33%" relativesize="1/3"/>"#),
        "12.1-6.join.xml": ("</msml>", "</join></msml>"),
        "12.4-1.createconference.xml": (
            #"left="0%" top="50%" relativesize="1/4">"#, #"left="0%" top="50%" relativesize="1/4"/>"#
        ),
    ]

    static func text(_ file: String) throws -> String {
        let text = String(decoding: try fixture("msml/rfc5707/\(file)"), as: UTF8.self)
        // What is neither an order nor an answer stands where it belongs.
        let element = file.split(separator: ".").dropLast().last ?? ""
        switch element {
        case "audiomix", "videolayout":
            return "<msml version=\"1.1\"><modifyconference id=\"conf:team\">\(text)</modifyconference></msml>"
        case "group", "collect", "record":
            return "<msml version=\"1.1\"><dialogstart target=\"conn:tag-a\">\(text)</dialogstart></msml>"
        default: return text
        }
    }

    static func document(_ file: String) throws -> MSMLDocument {
        try MSMLTests.document(Array(Self.text(file).utf8))
    }

    static func orders(_ file: String) throws -> [MSMLRequest.Element] {
        guard case .request(let request) = try Self.document(file) else { return [] }
        return request.elements
    }

    @Test func `there are all of them`() {
        #expect(Self.files.count == 66)
    }

    @Test(arguments: Self.files)
    func `an example is read, written and read alike, and nothing is lost`(file: String) throws {
        let text = try Self.text(file)
        let read = try MSMLTests.document(Array(text.utf8))
        let written = read.encoded()
        #expect(try MSMLTests.document(written) == read)

        let whole = Self.broken[file].map { text.replacingOccurrences(of: $0.0, with: $0.1) } ?? text
        let before = try XMLElement(parsing: Array(whole.utf8).span, blanks: .dropped)
        let after = try XMLElement(parsing: written.span, blanks: .dropped)
        #expect(
            after
                == (before.name == "msml"
                    ? before : XMLElement("msml", attributes: after.attributes, elements: [before])))
    }

    @Test(arguments: Self.broken.keys.sorted())
    func `the examples without end tags are no XML`(file: String) throws {
        let bytes = Array(try Self.text(file).utf8)
        #expect(throws: XMLError.self) { try XMLElement(parsing: bytes.span) }
    }

    @Test(arguments: Self.files)
    func `every order of an example is known`(file: String) throws {
        for case .other(let element) in try Self.orders(file) { Issue.record("\(element.name) is not known") }
    }

    @Test(arguments: Self.files.filter { $0.contains("dialogstart") || $0.contains("group") })
    func `every primitive of an example is known`(file: String) throws {
        func check(_ primitives: [MSMLPrimitive]) {
            for primitive in primitives {
                switch primitive {
                case .other(let element): Issue.record("\(element.name) is not known")
                case .group(let group): check(group.contents)
                default: break
                }
            }
        }
        for case .dialogStart(let dialog) in try Self.orders(file) { check(dialog.body) }
    }
}
