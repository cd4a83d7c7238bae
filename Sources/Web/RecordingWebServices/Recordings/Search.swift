internal import CallCore
internal import HTTPMessaging
internal import RecordingAPI
internal import RecordingStorage

/// The parameters of a search.
///
/// - Source: GIR API, query parameters of `/api/v2/recordings`.
struct Search {
    /// Why a search cannot be made.
    struct Refusal: Error {
        var code: StatusReply.Code
        var message: String
    }

    var query = RecordingQuery()
    /// The one recording that is wanted, where a call was named.
    var id: RecordingID?
    var limit = RecordingWebService.pageLimit
    var offset = 0
    var after: String?
    private var conditions: [RequestTarget.Parameter] = []

    /// Reads parameters. Names that mean nothing here are passed over; they are no conditions.
    init(_ target: RequestTarget) throws(Refusal) {
        var known = 0
        for parameter in target.parameters {
            let value = parameter.value
            known += 1
            switch parameter.name {
            case "callerPhoneNumber": self.query.callerPhoneNumber = value
            case "dialedPhoneNumber": self.query.dialedPhoneNumber = value
            case "startTime": self.query.startTime = try Self.time(parameter)
            case "endTime": self.query.endTime = try Self.time(parameter)
            case "userName": self.query.userName = value
            case "callUUID": self.id = RecordingID(rawValue: value)
            case "limit": self.limit = try Self.number(parameter, 1...RecordingWebService.pageLimit)
            case "offset":
                self.offset = try Self.number(parameter, 0...RecordingWebService.offsetLimit)
                continue
            case "after":
                self.after = value
                continue
            case "query":
                throw Refusal(code: .invalidRequestParameter, message: "query is not supported; name the fields")
            default:
                known -= 1
                continue
            }
            self.conditions.append(parameter)
        }
        guard known > 0 else {
            throw Refusal(
                code: .requiredParameterMissing,
                message: "at least one parameter is needed: callerPhoneNumber, dialedPhoneNumber, startTime, endTime, "
                    + "userName, callUUID, limit or offset")
        }
    }

    /// The path and query of the page that follows `token`.
    func address(after token: String) -> String {
        "/api/v2/recordings?"
            + (self.conditions + [RequestTarget.Parameter(name: "after", value: token)])
            .map { "\(PercentCoding.encode($0.name))=\(PercentCoding.encode($0.value))" }
            .joined(separator: "&")
    }

    private static func time(_ parameter: RequestTarget.Parameter) throws(Refusal) -> WallTime {
        // A zone `+0000` that was not written `%2B0000` arrives with a blank.
        let text = String(parameter.value.map { $0 == " " ? "+" : $0 })
        guard let time = WallTime(iso8601: text) else {
            throw Refusal(
                code: .invalidRequestParameter,
                message: "\(parameter.name) is no date; write 2015-09-10T16:58:22.000+0000 or 2015-09-10T16:58:22Z")
        }
        return time
    }

    private static func number(
        _ parameter: RequestTarget.Parameter, _ allowed: ClosedRange<Int>
    ) throws(Refusal) -> Int {
        guard let number = Int(parameter.value), number >= allowed.lowerBound else {
            throw Refusal(
                code: .invalidRequestParameter, message: "\(parameter.name) is no number from \(allowed.lowerBound) on")
        }
        return min(number, allowed.upperBound)
    }
}
