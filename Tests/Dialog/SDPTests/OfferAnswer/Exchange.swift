import Foundation
import SDP
import Testing

/// The offers and answers of one example, from a file of `Tests/Fixtures/sdp/exchanges`.
struct Exchange: CustomTestStringConvertible {
    var name: String
    /// Offer, answer, offer, answer …
    var descriptions: [SessionDescription]

    var testDescription: String { self.name }

    static let all: [Exchange] = {
        let folder = fixtureFolder().appending(path: "sdp/exchanges")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().compactMap { name in
            let text = try? String(contentsOf: folder.appending(path: name), encoding: .utf8)
            let parts = text?.components(separatedBy: "\n## ").dropFirst() ?? []
            let descriptions = parts.compactMap { part in
                try? description(String(part.drop { $0 != "\n" }.drop { $0 == "\n" }))
            }
            return descriptions.count == parts.count ? Exchange(name: name, descriptions: descriptions) : nil
        }
    }()
}

extension SessionDescription {
    /// What a party that has said this wanted of each medium.
    ///
    /// - Parameter offer: what it has answered; its direction counts as wanted only where it is not the mere mirror.
    func proposals(answering offer: SessionDescription? = nil) -> [MediaProposal?] {
        zip(self.media.indices, self.media).map { index, media in
            guard media.port != 0, let connection = self.connection(of: media) else { return nil }
            var direction = media.direction ?? .sendrecv
            if let offered = offer?.media[index], (offered.direction ?? .sendrecv).mirrored == direction {
                direction = .sendrecv
            }
            return MediaProposal(
                media: media.media, connection: connection, port: media.port, codecs: media.codecs,
                direction: direction)
        }
    }
}
