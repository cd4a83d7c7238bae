import MSML
import Testing

@Suite struct MSMLResponseTests {
    /// RFC 5707 §11, word for word; 433, 442 and 443 are kept for later.
    static let table: [(MSMLResponse, Int, String)] = [
        (.ok, 200, "OK"),
        (.badRequest, 400, "Bad Request"),
        (.unknownElement, 401, "Unknown Element"),
        (.unsupportedElement, 402, "Unsupported Element"),
        (.missingContent, 403, "Missing mandatory element content"),
        (.forbiddenContent, 404, "Forbidden element content"),
        (.invalidContent, 405, "Invalid element content"),
        (.unknownAttribute, 406, "Unknown attribute"),
        (.unsupportedAttribute, 407, "Attribute not supported"),
        (.missingAttribute, 408, "Missing mandatory attribute"),
        (.forbiddenAttribute, 409, "Forbidden attribute is present"),
        (.invalidAttributeValue, 410, "Invalid attribute value"),
        (.unsupportedLanguage, 420, "Unsupported media description language"),
        (.unknownLanguage, 421, "Unknown media description language"),
        (.ambiguousRequest, 422, "Ambiguous request (both URI and inline description)"),
        (.documentFetchError, 423, "External document fetch error"),
        (.foreignSyntaxError, 424, "Syntax error in foreign language"),
        (.foreignSemanticError, 425, "Semantic error in foreign language"),
        (.foreignUnknownError, 426, "Unknown error executing foreign language"),
        (.objectDoesNotExist, 430, "Object does not exist"),
        (.objectNameInUse, 431, "Object instance name already used"),
        (.conferenceNameInUse, 432, "Conference name already in use"),
        (.externalDocumentFetchError, 434, "External document fetch error"),
        (.cannotJoinClass, 440, "Cannot join objects of the specified class"),
        (.incompatibleMediaTypes, 441, "Objects have incompatible media types"),
        (.tooManyMediaInputs, 444, "Number of media inputs exceeded"),
        (.incompatibleMediaFormats, 450, "Objects have incompatible media formats"),
        (.incompatibleStreamFormat, 451, "Incompatible media stream format"),
        (.serverError, 500, "Internal media server error"),
        (.serviceUnavailable, 503, "Service Unavailable"),
        (.notInService, 510, "Not in service"),
        (.serviceUnavailableNow, 511, "Service Unavailable"),
        (.noResource, 520, "No resource to fulfill request"),
        (.limitExceeded, 521, "Internal limit exceeded"),
    ]

    @Test(arguments: Self.table)
    func `every response has the number and the words of the RFC`(response: MSMLResponse, number: Int, words: String) {
        #expect(response.rawValue == number)
        #expect(response.reason == words)
    }

    @Test func `there are no others`() {
        #expect(MSMLResponse.all == Self.table.map(\.0))
    }

    @Test(arguments: [100, 199, 201, 299, 300, 433, 442, 443, 999])
    func `a number that the RFC does not have is taken without words`(number: Int) {
        let response = MSMLResponse(rawValue: number)
        #expect(response.reason == nil)
        #expect(response.isSuccess == (200..<300).contains(number))
        #expect("\(response)" == "\(number)")
    }

    @Test func `a refusal becomes a result with the words of the RFC, the detail and the mark`() throws {
        let refusal = MSMLRefusal(.objectDoesNotExist, "conf:R")
        let result = try MSMLTests.result(refusal.result(after: "3").encoded())
        #expect(result == MSMLResult(response: 430, description: "Object does not exist: conf:R", mark: "3"))
        #expect(!result.isSuccess)
    }
}
