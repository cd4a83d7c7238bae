import TLib

/// Messages made by chance, the same ones in every run: known and unknown types and attributes, every form of value,
/// lists in lists, awkward texts.
struct MadeMessages {
    private var random: TokenGenerator

    init(seed: UInt64) { self.random = TokenGenerator(seed: seed) }

    mutating func next() -> TMessage {
        let types: [TMessageType] = [
            .eventEstablished, .eventError, .requestPrivateService, .eventUserEvent, TMessageType(rawValue: 700),
        ]
        var message = TMessage(types.randomElement(using: &self.random) ?? .eventACK)
        for _ in 0..<Int.random(in: 0...12, using: &self.random) {
            switch Int.random(in: 0..<9, using: &self.random) {
            case 0: message[.thisDN] = DN(rawValue: self.text())
            case 1: message[.connID] = ConnID(rawValue: self.random.next())
            case 2: message[.timeinSecs] = Int.random(in: 0...4_000_000_000, using: &self.random)
            case 3: message[.userData] = self.list(depth: 0)
            case 4: message[.extensions] = self.list(depth: 0)
            case 5: message[.referenceID] = Int(truncatingIfNeeded: self.random.next())
            case 6: message[.userEvent] = .eventQueued
            case 7: message[TAttribute<[UInt8]>(code: 63)] = self.bytes()
            default: message[TAttribute<String>(code: 900)] = self.text()
            }
        }
        return message
    }

    private mutating func list(depth: Int) -> KVList {
        KVList(
            (0..<Int.random(in: 0...6, using: &self.random)).map { _ in
                let key = self.text()
                switch Int.random(in: 0..<4, using: &self.random) {
                case 0: return KVList.Pair(key, .string(self.text()))
                case 1: return KVList.Pair(key, .integer(Int(truncatingIfNeeded: self.random.next())))
                case 2: return KVList.Pair(key, .binary(self.bytes()))
                default: return KVList.Pair(key, depth < 4 ? .list(self.list(depth: depth + 1)) : .integer(0))
                }
            })
    }

    private mutating func bytes() -> [UInt8] {
        (0..<Int.random(in: 0...6, using: &self.random)).map { _ in UInt8.random(in: 0...255, using: &self.random) }
    }

    private mutating func text() -> String {
        let pieces = ["a", "7001", "'", "\"", "\t", "\n", "\\", "\\x0a", "(list)", " [", "] = ", "Ä", "..", "€", "x"]
        return (0..<Int.random(in: 0...5, using: &self.random))
            .map { _ in pieces.randomElement(using: &self.random) ?? "" }.joined()
    }
}
