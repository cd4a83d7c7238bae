import CallCore
import Testing

@testable import CallRecordingNIO

@Suite struct EndpointSocketAddressTests {
    @Test(arguments: [("192.0.2.7", 5_060), ("255.255.255.255", 65_535), ("::1", 1), ("2001:db8::a:1", 5_061)])
    func `an endpoint survives the way to the sockets and back`(host: String, port: UInt16) throws {
        let endpoint = try #require(Endpoint(host: host, port: port))
        #expect(try Endpoint(endpoint.socketAddress()) == endpoint)
    }
}
