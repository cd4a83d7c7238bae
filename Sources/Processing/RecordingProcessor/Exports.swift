@_exported public import RecordingAPI
