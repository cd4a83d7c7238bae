internal import CallCore

/// How badly a network in memory treats packets. Each packet's fate is drawn apart from that of the others.
public struct MediaNetworkConditions: Hashable, Sendable {
    /// Which part of the packets never arrives, 0 to 1.
    public var loss: Double
    /// Which part arrives twice, 0 to 1.
    public var duplication: Double
    /// Which part is held back by ``reorderingDelay``, so that those behind overtake it, 0 to 1.
    public var reordering: Double
    /// How long a packet is held back that is to be overtaken.
    public var reorderingDelay: Duration
    /// How long every packet travels.
    public var delay: Duration
    /// How much longer a packet may travel, drawn evenly; more than the packets' interval reorders them.
    public var jitter: Duration

    /// Describes a network; without arguments one on which everything arrives at once.
    public init(
        loss: Double = 0, duplication: Double = 0, reordering: Double = 0,
        reorderingDelay: Duration = .milliseconds(50), delay: Duration = .zero, jitter: Duration = .zero
    ) {
        (self.loss, self.duplication, self.reordering) = (loss, duplication, reordering)
        (self.reorderingDelay, self.delay, self.jitter) = (reorderingDelay, delay, jitter)
    }

    /// When each copy of a packet arrives that is sent now; none where it is lost.
    ///
    /// Every packet takes the same number of draws, so that one condition more does not change the others' victims.
    func arrivals(from now: MonotonicTime, _ tokens: inout TokenGenerator) -> (MonotonicTime?, MonotonicTime?) {
        let isLost = Double.random(in: 0..<1, using: &tokens) < self.loss
        let isDoubled = Double.random(in: 0..<1, using: &tokens) < self.duplication
        let isHeldBack = Double.random(in: 0..<1, using: &tokens) < self.reordering
        let jitters = (Double.random(in: 0...1, using: &tokens), Double.random(in: 0...1, using: &tokens))
        guard !isLost else { return (nil, nil) }
        let base = now + self.delay + (isHeldBack ? self.reorderingDelay : .zero)
        return (base + self.jitter * jitters.0, isDoubled ? base + self.jitter * jitters.1 : nil)
    }
}
