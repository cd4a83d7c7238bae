import CallCore
import Testing

@Suite struct EndpointTests {
    @Test(arguments: [
        ("127.0.0.1", "127.0.0.1:5060"),
        ("255.255.255.255", "255.255.255.255:5060"),
        ("::1", "[0:0:0:0:0:0:0:1]:5060"),
        ("[2001:db8::9]", "[2001:db8:0:0:0:0:0:9]:5060"),
        ("::ffff:10.0.0.1", "[0:0:0:0:0:ffff:a00:1]:5060"),
        ("1::", "[1:0:0:0:0:0:0:0]:5060"),
    ])
    func `a numeric address is read and written`(host: String, expected: String) {
        #expect(Endpoint(host: host, port: 5060)?.description == expected)
    }

    @Test(arguments: [
        ("10.0.0.1", true), ("172.16.0.1", true), ("172.31.255.255", true), ("192.168.1.1", true),
        ("169.254.0.1", true), ("100.64.0.1", true), ("fd00::1", true), ("fe80::1", true),
        ("11.0.0.1", false), ("172.32.0.1", false), ("192.169.0.1", false), ("100.128.0.1", false),
        ("127.0.0.1", false), ("203.0.113.1", false), ("2001:db8::1", false),
    ])
    func `an address that cannot be reached from outside is known`(host: String, isPrivate: Bool) {
        #expect(Endpoint(host: host, port: 1)?.isPrivate == isPrivate)
    }

    @Test func `only the address of all addresses is unspecified`() {
        let hosts = ["0.0.0.0", "::", "127.0.0.1", "::1"]
        #expect(hosts.map { Endpoint(host: $0, port: 1)?.isUnspecified } == [true, true, false, false])
    }

    @Test(arguments: [
        "", "example.com", "1.2.3", "1.2.3.256", "1.2.3.4.5", ":::", "1:2:3:4:5:6:7:8:9", "1::2::3", ":1", "g::",
    ])
    func `what is no numeric address is refused`(host: String) {
        #expect(Endpoint(host: host, port: 5060) == nil)
    }
}
