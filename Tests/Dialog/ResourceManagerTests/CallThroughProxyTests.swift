import ResourceManager
import SIP
import Testing

/// Two user agents that talk through the proxy, as SIP Server and a media server do.
@Suite struct CallThroughProxyTests {
    static func invite(_ network: inout Network) throws -> SIPSessionID {
        let session = network.client.makeSession()
        let uri = try #require(
            SIPURI("sip:msml=\(Scene.conference)@10.0.0.1:5070;dn=7001;record;tenant-dbid=1;media-service=record"))
        network.order(
            .invite(
                SIPInvitation(
                    requestURI: uri, from: SIPAddress(SIPURI(user: "7001", endpoint: Scene.client)),
                    to: SIPAddress(uri), contactUser: "7001", destination: Scene.proxy,
                    offer: SIPBody(type: "application/sdp", bytes: Array("v=0\r\n".utf8)))), session)
        return session
    }

    /// Every tenth message lost and every tenth doubled, from none to all of the ways that this can go wrong.
    @Test(arguments: Array(zip(0..<25, [0] + Array(repeating: 10, count: 24))))
    func `both legs of a recording stand, are controlled and end, whatever the network does`(seed: Int, lost: Int)
        throws
    {
        var network = Network(seed: UInt64(seed), lost: lost)
        let legs = [try Self.invite(&network), try Self.invite(&network)]
        network.run(until: .seconds(20))
        for (token, leg) in legs.enumerated() {
            #expect(network.reports[leg]?.contains { if case .established = $0 { true } else { false } } == true)
            network.order(.info(SIPBody(type: "application/msml+xml", bytes: [60]), token: token), leg)
            network.order(.offer(nil), leg)
        }
        network.run(until: .seconds(20))
        for (token, leg) in legs.enumerated() {
            let reports = network.reports[leg] ?? []
            #expect(reports.contains(.infoAnswered(token: token, .ok, nil)))
            #expect(reports.contains { if case .answered = $0 { true } else { false } })
            network.order(.answer(SIPBody(type: "application/sdp", bytes: Array("v=0\r\n".utf8))), leg)
        }
        network.run(until: .seconds(20))
        #expect(network.proxy.mediaServer(of: Scene.conference) == Scene.first)
        for leg in legs { network.order(.end, leg) }
        network.run(until: .seconds(70))
        #expect(network.endedAtServer == 2)
        #expect(network.proxy.mediaServer(of: Scene.conference) == nil)
    }

    @Test func `a leg that is taken back before it is answered leaves nothing behind`() throws {
        var network = Network(seed: 1, lost: 0)
        let leg = try Self.invite(&network)
        network.order(.end, leg)
        network.run(until: .seconds(70))
        #expect(network.endedAtServer == 1)
        #expect(network.proxy.mediaServer(of: Scene.conference) == nil)
    }
}
