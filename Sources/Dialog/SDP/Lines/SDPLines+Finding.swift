extension SDPLines {
    /// Copies a text and finds its lines. Blank lines and zeros between lines are passed over.
    ///
    /// - Parameters:
    ///   - text: below 256 MiB.
    ///   - room: how many lines there is room for.
    ///   - rest: takes where the first line begins for which there is none; the end of the text where all are found.
    init(copying text: Span<UInt8>, room: Int, rest: inout Int) {
        // Text and places share one allocation: two would be a third of what finding the lines costs.
        var buffer: [UInt8] = []
        buffer.reserveCapacity(text.count + room * SDPPlace.byteCount)
        unsafe text.withUnsafeBufferPointer { unsafe buffer.append(contentsOf: $0) }
        var start = 0
        buffer.append(addingCapacity: room * SDPPlace.byteCount) { output in
            unsafe output.withUnsafeMutableBufferPointer { places, placesCount in
                let places = UnsafeMutableRawBufferPointer(places)
                var (block, count) = (0, 0)
                // A block at a time: a search for the end of each line would be mostly wrong guesses of its length.
                blocks: while block < text.count {
                    var feeds = text.bits(ofBlockAt: block, to: text.count, anyOf: (0x0A, 0x0A, 0x0A))
                    let isLast = text.count &- block <= 64
                    while feeds != 0 || isLast && start < text.count {
                        let feed = feeds == 0 ? text.count : block &+ feeds.trailingZeroBitCount
                        let end = text.lineEnd(start, feed)
                        if start < end {
                            guard count < places.count else { break blocks }
                            let place = SDPPlace(start..<end, in: text)
                            unsafe places.storeBytes(of: place, toByteOffset: count, as: SDPPlace.self)
                            count &+= SDPPlace.byteCount
                        }
                        start = feed &+ 1
                        feeds &= feeds &- 1
                    }
                    block &+= 64
                }
                placesCount = count
            }
        }
        rest = start < text.count ? start : text.count
        self.init(buffer, text.count..<buffer.count)
    }
}

extension Span<UInt8> {
    /// Where a line ends without its CR; where it begins, for a line of nothing but blanks, CRs and zeros.
    @inline(__always)
    fileprivate func lineEnd(_ start: Int, _ feed: Int) -> Int {
        // Nearly every line begins with a letter, so that it is not empty.
        self[start] > 0x20 ? feed &- (self[feed &- 1] == 0x0D ? 1 : 0) : self.unusualLineEnd(start..<feed)
    }

    private func unusualLineEnd(_ line: Range<Int>) -> Int {
        let end = line.upperBound - (line.isEmpty || self[line.upperBound - 1] != 0x0D ? 0 : 1)
        for index in line.lowerBound..<end where self[index] > 0x20 { return end }
        return line.lowerBound
    }
}
