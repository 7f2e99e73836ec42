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
}

/// The standard streams of this process.
struct StandardOutput: CommandOutput {
    private let watches = isatty(FileHandle.standardError.fileDescriptor) == 1

    func line(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

    func note(_ text: String) {
        if watches { write("\r\u{1B}[K") }
        write(text + "\n")
    }

    func progress(_ text: String) {
        if watches { write("\r\u{1B}[K" + text) }
    }

    private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
