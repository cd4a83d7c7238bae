import CallRecording
import CallRecordingEmbedded
import Testing

@Suite struct EmbeddedAddressTests {
    @Test(arguments: ["0.0.0.0", "::", "localhost"])
    func `an address that no phone can send to is refused with what to do`(address: String) async {
        let error = await #expect(throws: TransportError.self) {
            try await RecordingPorts.embedded(
                in: "/nonexistent/never-made", address: address, configuration: SwitchConfiguration())
        }
        #expect(error?.message.contains("\(address)' ") == true)
        #expect(error?.message.contains("give one") == true)
    }
}
