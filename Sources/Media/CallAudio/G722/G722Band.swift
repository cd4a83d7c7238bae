/// One half of a G.722 decoder's band: turns code words into samples of 8 kHz, by a difference that is scaled by how large
/// the last ones were, added to a prediction that learns from the last samples.
///
/// All arithmetic is that of 16 bits with saturation, as the recommendation has it, so that every decoder in the world
/// stays in step with its encoder.
///
/// - Source: ITU-T G.722 §3 and §6.2, whose names of blocks and variables are in the comments.
struct G722Band {
    private let quantizer: G722Quantizer
    private var predictor = G722Predictor()
    /// NBL, NBH: the logarithm of the scale.
    private var logarithm: Int32 = 0
    /// DETL, DETH: the scale.
    private var scale: Int32

    init(_ quantizer: G722Quantizer) {
        self.quantizer = quantizer
        self.scale = quantizer.scale(for: 0)
    }

    /// Takes the next code word.
    ///
    /// - Returns: a sample of 15 bits. RLOW, RHIGH.
    mutating func decode(_ code: Int) -> Int32 {
        // INVQBL, INVQBH: all bits of the code make the sound…
        let difference = (self.scale * self.quantizer.output[code]) >> 15
        let sample = min(max(self.predictor.prediction + difference, -16_384), 16_383)
        // INVQAL: …but the decoder learns from those only that no network takes away.
        let core = code >> self.quantizer.droppedBits
        let coreDifference = (self.scale * self.quantizer.core[core]) >> 15
        self.predictor.learn(coreDifference)
        // LOGSCL, LOGSCH, SCALEL, SCALEH.
        let decayed = (self.logarithm * 127) >> 7
        self.logarithm = min(max(decayed + self.quantizer.logarithmSteps[core], 0), self.quantizer.logarithmLimit)
        self.scale = self.quantizer.scale(for: self.logarithm)
        return sample
    }
}

/// Two poles and six zeros that follow the sound, a small step a sample.
///
/// - Source: ITU-T G.722 §6.2.1.4, "Block 4", §6.2.2.3, "Block 4H".
struct G722Predictor {
    /// SL, SH: what the next sample probably is.
    private(set) var prediction: Int32 = 0
    /// SZ: the part of it that comes from the zeros.
    private var zeroPrediction: Int32 = 0
    /// A1, A2.
    private var poles: (Int32, Int32) = (0, 0)
    /// B1 to B6.
    private var zeros = InlineArray<6, Int32>(repeating: 0)
    /// D1 to D6: the last differences, the newest first.
    private var differences = InlineArray<6, Int32>(repeating: 0)
    /// R1: the sample before.
    private var reconstructed: Int32 = 0
    /// P1, P2: the last differences with what the zeros made of those before.
    private var partials: (Int32, Int32) = (0, 0)

    mutating func learn(_ difference: Int32) {
        // PARREC, RECONS.
        let partial = Self.saturate(self.zeroPrediction + difference)
        let sample = Self.saturate(self.prediction + difference)
        self.adaptPoles(partial)
        self.adaptZeros(difference)
        self.predict(difference, sample)
        self.partials = (partial, self.partials.0)
        self.reconstructed = sample
    }

    /// UPPOL2, UPPOL1.
    private mutating func adaptPoles(_ partial: Int32) {
        let isLikeLast = partial ^ self.partials.0 >= 0
        let isLikeSecondLast = partial ^ self.partials.1 >= 0
        let slope = Self.saturate(4 * self.poles.0)
        let second =
            (min(isLikeLast ? -slope : slope, 32_767) >> 7) + (isLikeSecondLast ? 128 : -128)
            + (32_512 * self.poles.1) >> 15
        let secondPole = min(max(second, -12_288), 12_288)
        let limit = 15_360 - secondPole
        let first = (isLikeLast ? 192 : -192) + (32_640 * self.poles.0) >> 15
        self.poles = (min(max(first, -limit), limit), secondPole)
    }

    /// UPZERO.
    private mutating func adaptZeros(_ difference: Int32) {
        let step: Int32 = difference == 0 ? 0 : 128
        for index in self.zeros.indices {
            let isAlike = difference ^ self.differences[index] >= 0
            self.zeros[index] = Self.saturate((isAlike ? step : -step) + (32_640 * self.zeros[index]) >> 15)
        }
    }

    /// DELAYA, FILTEZ, FILTEP, PREDIC.
    private mutating func predict(_ difference: Int32, _ sample: Int32) {
        for index in (1..<6).reversed() { self.differences[index] = self.differences[index - 1] }
        self.differences[0] = difference
        var sum: Int32 = 0
        // From the oldest, since the sum is saturated at each step.
        for index in self.zeros.indices.reversed() {
            sum = Self.saturate(sum + (self.zeros[index] * Self.saturate(2 * self.differences[index])) >> 15)
        }
        self.zeroPrediction = sum
        let polePrediction = Self.saturate(
            (self.poles.0 * Self.saturate(2 * sample)) >> 15
                + (self.poles.1 * Self.saturate(2 * self.reconstructed)) >> 15)
        self.prediction = Self.saturate(polePrediction + self.zeroPrediction)
    }

    private static func saturate(_ number: Int32) -> Int32 { min(max(number, -32_768), 32_767) }
}
