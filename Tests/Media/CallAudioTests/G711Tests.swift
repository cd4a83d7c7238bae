import CallAudio
import Testing

@Suite struct `G.711` {
    @Test func `µ-law codes stand for the samples of the recommendation`() {
        #expect(G711.muLaw.decode(0x00) == -32_124)
        #expect(G711.muLaw.decode(0x80) == 32_124)
        #expect(G711.muLaw.decode(0xFF) == 0)
        #expect(G711.muLaw.decode(0x7F) == 0)
        #expect(G711.muLaw.decode(0xFE) == 8)
        #expect(G711.muLaw.decode(0xEF) == 132)
        #expect(G711.muLaw.decode(0x6F) == -132)
    }

    @Test func `A-law codes stand for the samples of the recommendation`() {
        #expect(G711.aLaw.decode(0xD5) == 8)
        #expect(G711.aLaw.decode(0x55) == -8)
        #expect(G711.aLaw.decode(0xAA) == 32_256)
        #expect(G711.aLaw.decode(0x2A) == -32_256)
        #expect(G711.aLaw.decode(0xC5) == 264)
    }

    @Test func `every sample is µ-law encoded as the reference does it`() {
        #expect(allSamples.allSatisfy { G711.muLaw.encode($0) == referenceMuLaw($0) })
    }

    @Test func `every sample is A-law encoded as the reference does it`() {
        #expect(allSamples.allSatisfy { G711.aLaw.encode($0) == referenceALaw($0) })
    }

    /// The digests of what `ulaw_compress`, `alaw_compress`, `ulaw_expand` and `alaw_expand` of ITU-T G.191 (STL 2022) give for
    /// all samples from -32 768 on, and for all codes from 0 on, as 16-bit numbers, the low byte first.
    @Test(arguments: [
        (
            G711.muLaw, "90c29de505fb68e766118303bd552a16005dcf810873698bee1d8f3b247ce28c",
            "3dab54339e520bb2c924826e3b72a917a2b612e9fd12fc867500f1d983a75827"
        ),
        (
            G711.aLaw, "38488f6fd710f4686360edc4d38639f96c491595ef93f8eb8d62d5e07ca6ce7b",
            "e04788d110e58ff8c70c93b8480190d973e3b67876b6119abbaec766cc75c174"
        ),
    ])
    func `all samples and all codes are those of the reference program`(law: G711, encoded: String, decoded: String) {
        let codes = (UInt8.min...UInt8.max).map(law.decode)
        #expect(hexadecimal(PlainDigests().sha256(allSamples.map(law.encode))) == encoded)
        #expect(hexadecimal(PlainDigests().sha256(bytes(codes))) == decoded)
    }

    @Test(arguments: G711.allCases)
    func `a code survives decoding and encoding`(law: G711) {
        for code in UInt8.min...UInt8.max where !(law == .muLaw && code == 0x7F) {
            #expect(law.encode(law.decode(code)) == code)
        }
    }

    @Test func `µ-law's negative zero becomes its zero`() {
        #expect(G711.muLaw.encode(G711.muLaw.decode(0x7F)) == 0xFF)
    }

    @Test(arguments: G711.allCases)
    func `silence is the code nearest to zero`(law: G711) {
        #expect(abs(law.decode(law.silence)) <= 8)
        #expect(law.encode(0) == law.silence)
    }

    @Test func `two channels are decoded to interleaved samples, each by its own law, as far as both go`() {
        let (left, right): ([UInt8], [UInt8]) = ([0x00, 0xFF, 0x80], [0xD5, 0xAA])
        var samples: [Int16] = []
        samples.append(addingCapacity: 6) { output in
            G711.decode(left: left.span, .muLaw, right: right.span, .aLaw, into: &output)
        }
        #expect(samples == [-32_124, 8, 0, 32_256])
    }

    @Test(arguments: G711.allCases)
    func `transcoding is decoding by one law and encoding by the other`(law: G711) {
        let other: G711 = law == .muLaw ? .aLaw : .muLaw
        for code in UInt8.min...UInt8.max {
            #expect(law.transcode(code) == other.encode(law.decode(code)))
        }
    }

    @Test(arguments: G711.allCases)
    func `there and back again is within one step of the coarser law`(law: G711) {
        let other: G711 = law == .muLaw ? .aLaw : .muLaw
        for code in UInt8.min...UInt8.max {
            let before = Int(law.decode(code))
            let after = Int(law.decode(other.transcode(law.transcode(code))))
            #expect(abs(before - after) <= max(16, abs(before) / 16))
        }
    }

    @Test(arguments: G711.allCases)
    func `rows are coded like single samples`(law: G711) {
        let codes = Array(UInt8.min...UInt8.max)
        var samples: [Int16] = [7]
        law.decode(codes.span, into: &samples)
        #expect(samples == [7] + codes.map(law.decode))

        var back: [UInt8] = []
        law.encode(samples.span, into: &back)
        #expect(back == samples.map(law.encode))

        var bytes: [UInt8] = []
        law.decode(codes.span, intoBytes: &bytes)
        let expected = codes.flatMap { code in withUnsafeBytes(of: law.decode(code)) { Array($0) } }
        #expect(bytes == expected)

        var others = codes
        var span = others.mutableSpan
        law.transcode(&span)
        #expect(others == codes.map(law.transcode))
        #expect([UInt8](capacity: 256) { law.transcode(codes.span, into: &$0) } == others)
    }
}

private let allSamples = Array(Int16.min...Int16.max)

/// The steps of ITU-T G.191's `ulaw_compress`, one by one.
private func referenceMuLaw(_ sample: Int16) -> UInt8 {
    var magnitude = Int(sample < 0 ? ~sample : sample) / 4 + 33
    if magnitude > 0x1FFF { magnitude = 0x1FFF }
    var rest = magnitude / 64
    var segment = 1
    while rest != 0 {
        segment += 1
        rest /= 2
    }
    let high = 8 - segment
    let low = 15 - (magnitude >> segment) % 16
    return UInt8(high * 16 + low + (sample >= 0 ? 128 : 0))
}

/// The steps of ITU-T G.191's `alaw_compress`, one by one.
private func referenceALaw(_ sample: Int16) -> UInt8 {
    var step = Int(sample < 0 ? ~sample : sample) / 16
    if step > 15 {
        var exponent = 1
        while step > 31 {
            step /= 2
            exponent += 1
        }
        step = step - 16 + exponent * 16
    }
    return UInt8(step + (sample >= 0 ? 128 : 0)) ^ 0x55
}
