import CallCore
import CallRecordingInProcess
import Testing

@Suite struct MemoryKeysTests {
    @Test func `each purpose has one key, of its own`() throws {
        let keys = MemoryKeys()
        let key = try keys.key(for: .journal)
        #expect(key.count == 32)
        #expect(try keys.key(for: .journal) == key)
        #expect(try keys.key(for: .manifest) != key)
    }
}
