import CallRecording

// A host that brings its own transports and stores, and nothing of the adapters.
print(SIPMessage(request: .options, uri: SIPURI("sip:7001@127.0.0.1")!).encoded().count, RecordingSystem.self)
