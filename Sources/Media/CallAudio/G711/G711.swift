/// The two ways in which telephone networks squeeze a sample into eight bits.
///
/// - Source: ITU-T G.711; bit-exact with the tools of ITU-T G.191, samples in the upper bits of 16.
public enum G711: Hashable, Sendable, CaseIterable {
    /// North America, Japan. `PCMU`, payload type 0.
    case muLaw
    /// Everywhere else. `PCMA`, payload type 8.
    case aLaw

    /// The law of samples; nil for those that are not squeezed.
    public init?(_ samples: SampleFormat) {
        switch samples {
        case .muLaw: self = .muLaw
        case .aLaw: self = .aLaw
        case .linear16: return nil
        }
    }

    /// The form of the samples.
    public var samples: SampleFormat { self == .muLaw ? .muLaw : .aLaw }

    /// The code of the sample nearest to zero.
    public var silence: UInt8 { self == .muLaw ? 0xFF : 0xD5 }

    /// The sample that a code stands for.
    public func decode(_ code: UInt8) -> Int16 { self.samplesTable[Int(code)] }

    /// The code that stands for a sample.
    public func encode(_ sample: Int16) -> UInt8 {
        self.codesTable[Int(UInt16(bitPattern: sample) >> self.unusedBits)]
    }

    /// Decodes codes, in whatever order channels are interleaved.
    ///
    /// - Complexity: O(n); one table, no allocation. The space must be there.
    public func decode(_ codes: Span<UInt8>, into samples: inout OutputSpan<Int16>) {
        let table = self.samplesTable
        // Said once, so that it need not be checked for every sample.
        guard table.count == 256 else { return }
        for index in codes.indices { samples.append(table[Int(codes[index])]) }
    }

    /// Decodes codes to the end of a row of samples.
    public func decode(_ codes: Span<UInt8>, into samples: inout [Int16]) {
        samples.append(addingCapacity: codes.count) { output in self.decode(codes, into: &output) }
    }

    /// Decodes the codes of two channels to interleaved samples, as many as both have.
    ///
    /// - Complexity: O(n); one pass, no allocation. The space must be there.
    public static func decode(
        left: Span<UInt8>, _ leftLaw: G711, right: Span<UInt8>, _ rightLaw: G711,
        into samples: inout OutputSpan<Int16>
    ) {
        let (leftTable, rightTable) = (leftLaw.samplesTable, rightLaw.samplesTable)
        // Said once, so that it need not be checked for every sample.
        guard leftTable.count == 256, rightTable.count == 256 else { return }
        for index in 0..<min(left.count, right.count) {
            samples.append(leftTable[Int(left[index])])
            samples.append(rightTable[Int(right[index])])
        }
    }

    /// Decodes codes to the bytes of linear samples, in the machine's order: what an encoder of `.linear16` takes.
    public func decode(_ codes: Span<UInt8>, intoBytes bytes: inout [UInt8]) {
        let table = self.samplesTable
        guard table.count == 256 else { return }
        bytes.append(addingCapacity: 2 * codes.count) { output in
            for index in codes.indices {
                let sample = table[Int(codes[index])]
                #if _endian(little)
                    output.append(UInt8(truncatingIfNeeded: sample))
                    output.append(UInt8(truncatingIfNeeded: sample >> 8))
                #else
                    output.append(UInt8(truncatingIfNeeded: sample >> 8))
                    output.append(UInt8(truncatingIfNeeded: sample))
                #endif
            }
        }
    }

    /// Encodes samples.
    ///
    /// - Complexity: O(n); one table, no allocation. The space must be there.
    public func encode(_ samples: Span<Int16>, into codes: inout OutputSpan<UInt8>) {
        let table = self.codesTable
        let unused = self.unusedBits
        for index in samples.indices { codes.append(table[Int(UInt16(bitPattern: samples[index]) >> unused)]) }
    }

    /// Encodes samples to the end of a row of codes.
    public func encode(_ samples: Span<Int16>, into codes: inout [UInt8]) {
        codes.append(addingCapacity: samples.count) { output in self.encode(samples, into: &output) }
    }
}
