import CallRecording
import Foundation
import Synchronization

/// What a person sees while the call goes on: a line for each thing that happens, and below them one that moves.
final class LiveView: CallObserver {
    private struct State {
        var began = Date()
        var status = ""
    }

    private let isTerminal = isatty(1) == 1
    private let state = Mutex(State())

    /// Starts counting the seconds in front of each line.
    func begin() { self.state.withLock { $0.began = Date() } }

    /// Prints a line above the one that moves.
    func line(_ text: String) {
        self.state.withLock { state in
            let time = String(format: "%5.1f s  ", Date().timeIntervalSince(state.began))
            if self.isTerminal, !state.status.isEmpty { self.write("\r\u{1B}[K") }
            self.write(time + text + "\n")
            if self.isTerminal { self.write(state.status) }
        }
    }

    /// Prints a line without the seconds.
    func plain(_ text: String) {
        self.state.withLock { _ in self.write(text + "\n") }
    }

    /// Shows what is going on now, five times a second; on anything but a terminal only every fifth second.
    func status(_ text: String, tick: Int) {
        if self.isTerminal {
            self.state.withLock { state in
                state.status = text
                self.write("\r\u{1B}[K" + text)
            }
        } else if tick % 25 == 0 {
            self.line(text)
        }
    }

    /// Takes the moving line away.
    func clearStatus() {
        self.state.withLock { state in
            if self.isTerminal, !state.status.isEmpty { self.write("\r\u{1B}[K") }
            state.status = ""
        }
    }

    /// What the boxes report: the course of the call in full, and whatever went wrong.
    func observe(_ report: CallReport) {
        switch report.level {
        case .debug: break
        case .info: self.line("\(report.box): \(report.message)")
        case .warning: self.line("! \(report.box): \(report.message)")
        case .alarm: self.line("!! \(report.box): \(report.message)")
        }
    }

    private func write(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }
}
