import CallRecording
import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A plain HTTP client that asks a site's web server.
struct WebClient: Sendable {
    /// What came back.
    struct Answer: Sendable {
        let status: Int
        let body: [UInt8]
        private let fields: [String: String]

        init(_ response: HTTPURLResponse, body: [UInt8]) {
            (self.status, self.body) = (response.statusCode, body)
            self.fields = Dictionary(
                response.allHeaderFields.map { ("\($0.key)".lowercased(), "\($0.value)") },
                uniquingKeysWith: { first, _ in first })
        }

        /// A header field.
        subscript(name: String) -> String? { self.fields[name.lowercased()] }

        /// The body as JSON.
        func json() throws -> [String: any Sendable] {
            guard let object = try JSONSerialization.jsonObject(with: Data(self.body)) as? [String: any Sendable]
            else { throw Overdue("a JSON object") }
            return object
        }
    }

    let server: Endpoint

    func get(_ path: String, method: String = "GET", range: String? = nil) async throws -> Answer {
        guard let url = URL(string: "http://\(self.server)\(path)") else { throw Overdue("an address: \(path)") }
        var request = URLRequest(url: url)
        request.httpMethod = method
        request.cachePolicy = .reloadIgnoringLocalCacheData
        if let range { request.setValue(range, forHTTPHeaderField: "Range") }
        let (data, response) = try await URLSession.shared.data(for: request)
        guard let response = response as? HTTPURLResponse else { throw Overdue("an answer over HTTP") }
        return Answer(response, body: [UInt8](data))
    }
}
