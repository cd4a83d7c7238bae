// modules: CallCore TLib
// seeds: Tests/Fixtures/tlib
import CallCore
import TLib

/// No text traps the reader of logs.
func fuzz(_ bytes: [UInt8]) { _ = TLogRecord.records(in: String(decoding: bytes, as: UTF8.self)) }
