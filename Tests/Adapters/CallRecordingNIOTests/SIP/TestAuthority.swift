import CallRecordingNIOTLS
import Crypto
import Foundation
import SwiftASN1
import X509

/// Makes certificates for tests, each with a key of its own.
struct TestAuthority {
    private let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
    private let name: DistinguishedName
    private let certificate: Certificate

    init(_ name: String) throws {
        self.name = try DistinguishedName { CommonName(name) }
        self.certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: self.key.publicKey,
            notValidBefore: Self.year(2020), notValidAfter: Self.year(2049), issuer: self.name, subject: self.name,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
            },
            issuerPrivateKey: self.key)
    }

    /// What those trust who trust this authority.
    func authorities() throws -> SIPSecurity.PEM {
        .bytes(Array(try self.certificate.serializeAsPEM().pemString.utf8))
    }

    /// A certificate for some names, and its key.
    ///
    /// - Parameter until: the year in which it ends.
    func pair(
        for names: [GeneralName], commonName: String = "peer", until: Int = 2_049
    ) throws -> (certificates: SIPSecurity.PEM, key: SIPSecurity.PEM) {
        let own = Certificate.PrivateKey(P256.Signing.PrivateKey())
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: own.publicKey,
            notValidBefore: Self.year(2_020), notValidAfter: Self.year(until), issuer: self.name,
            subject: DistinguishedName { CommonName(commonName) },
            extensions: Certificate.Extensions {
                if !names.isEmpty { SubjectAlternativeNames(names) }
            },
            issuerPrivateKey: self.key)
        return (
            .bytes(Array(try certificate.serializeAsPEM().pemString.utf8)),
            .bytes(Array(try own.serializeAsPEM().pemString.utf8))
        )
    }

    /// What a transport needs that is somebody by these names and trusts this authority.
    func security(
        for names: [GeneralName], commonName: String = "peer", until: Int = 2_049, asksClients: Bool = false
    ) throws -> SIPSecurity {
        let pair = try self.pair(for: names, commonName: commonName, until: until)
        return SIPSecurity(
            certificates: pair.certificates, key: pair.key, authorities: try self.authorities(),
            asksClients: asksClients)
    }

    private static func year(_ year: Int) -> Date {
        Date(timeIntervalSince1970: Double(year - 1_970) * 365.25 * 86_400)
    }
}

extension GeneralName {
    /// An address on this machine.
    static var loopback: GeneralName { .ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1])) }
}
