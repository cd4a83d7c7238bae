import CallCore

/// Damaged copies of honest bytes, the same ones in every run.
package struct Mutations {
    private var random: TokenGenerator

    package init(seed: UInt64) { self.random = TokenGenerator(seed: seed) }

    /// Flips, removes, adds, repeats or cuts, one to four times.
    package mutating func next(of original: [UInt8], inserting alphabet: [UInt8]) -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 1...4, using: &self.random) {
            guard !bytes.isEmpty else { break }
            let place = Int.random(in: 0..<bytes.count, using: &self.random)
            switch Int.random(in: 0..<6, using: &self.random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &self.random)
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(alphabet.randomElement(using: &self.random) ?? 0, at: place)
            case 3: bytes.removeSubrange(place..<min(bytes.count, place + 20))
            case 4: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 40)], at: place)
            default: bytes.removeSubrange(place...)
            }
        }
        return bytes
    }
}
