import HTTPMessaging
import Testing

@Suite struct GatedServiceTests {
    private struct Echo: HTTPService {
        func respond(to call: HTTPCall) async -> HTTPReply { HTTPReply(HTTPResponse(status: .ok)) }
    }

    @Test(arguments: [("/open", 200), ("/closed", 401)])
    func `the service sees only what the gate lets pass`(path: String, status: Int) async {
        let service = GatedService(Echo()) { call in
            call.request.path == "/closed" ? HTTPReply(HTTPResponse(status: .unauthorized)) : nil
        }
        #expect(await service.respond(to: HTTPCall(.get, path)).response.status.code == status)
    }
}
