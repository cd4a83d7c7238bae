// What every driver is linked with: hands the fuzzer's bytes to the driver's `fuzz`.

import Glibc

/// What libFuzzer calls for each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func entry(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    // Safe: the fuzzer owns `count` bytes at `data` until this returns; they are copied, so that the address
    // sanitizer sees every step beyond their end.
    fuzz(Array(UnsafeBufferPointer(start: data, count: count)))
    return 0
}

/// Ends the run where something that must hold does not; the fuzzer then keeps the input.
func expect(_ condition: Bool, _ message: @autoclosure () -> String) {
    guard !condition else { return }
    print(message())
    fflush(nil)
    abort()
}
