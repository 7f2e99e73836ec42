import ArgumentParser
import Foundation

/// Where a command's words go: a terminal, a pipe, or the person at the other end of the socket.
protocol CommandOutput: Sendable {
    /// Prints one line of the answer.
    func line(_ text: String)
    /// Prints one line beside the answer: a warning, a step that is done.
    func note(_ text: String)
    /// Shows how far long work has come; printed only where a person watches.
    func progress(_ text: String)
    /// Waits until little of what was printed waits to be read; asked between the lines of what may be long.
    /// - Throws: `CancellationError` where nobody wants the answer any more.
    func room() async throws
}

extension CommandOutput {
    /// What is printed is printed at once.
    func room() async throws {}
}

/// The standard streams of this process.
struct StandardOutput: CommandOutput {
    private let watches =
        isatty(FileHandle.standardError.fileDescriptor) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"

    func line(_ text: String) {
        endProgress()
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }

    func note(_ text: String) {
        endProgress()
        write(text + "\n")
    }

    func progress(_ text: String) {
        // A line that reached the edge would go on in the next one, and the next drawing would not take it away.
        if watches { write("\r\u{1B}[K" + text.prefix(max(1, columns - 1))) }
    }

    /// Takes away what was shown of the progress, at the end and before something is printed.
    func endProgress() {
        if watches { write("\r\u{1B}[K") }
    }

    /// How wide the terminal is now.
    private var columns: Int {
        var size = winsize()
        guard ioctl(FileHandle.standardError.fileDescriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return 80
        }
        return Int(size.ws_col)
    }

    private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
