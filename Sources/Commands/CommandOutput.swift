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

extension CommandOutput {
    /// Shows a bar, for work of which the end is known.
    func progress(_ done: Int64, of total: Int64, _ words: String) {
        let width = 24
        let share = total > 0 ? min(1, Double(done) / Double(total)) : 1
        let full = Int(share * Double(width))
        let bar = String(repeating: "█", count: full) + String(repeating: "░", count: width - full)
        progress("\(bar) \(Int(share * 100)) %  \(done) of \(total) \(words)")
    }
}

/// Shows work that counts its pieces, some of them at a time.
///
/// Drawn at most some times a hundred pieces, so that watching costs nothing; not shared between threads.
struct CountedProgress {
    private let output: any CommandOutput
    private let words: String
    private let total: Int64
    private let step: Int64
    private var done: Int64 = 0

    /// - Parameters:
    ///   - total: how many pieces there are; 0 where it is not known.
    ///   - words: what is counted: “events written”.
    init(_ output: any CommandOutput, total: Int64 = 0, _ words: String) {
        self.output = output
        self.words = words
        self.total = total
        step = total > 0 ? max(1, total / 200) : 1_000
    }

    /// Counts one piece.
    mutating func count() {
        done += 1
        guard done.isMultiple(of: step) || done == total else { return }
        if total > 0 { output.progress(done, of: total, words) } else { output.progress("\(done) \(words)") }
    }
}

/// The standard streams of this process.
struct StandardOutput: CommandOutput {
    private let watches = isatty(FileHandle.standardError.fileDescriptor) == 1

    func line(_ text: String) {
        endProgress()
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }

    func note(_ text: String) {
        endProgress()
        write(text + "\n")
    }

    func progress(_ text: String) {
        if watches { write("\r\u{1B}[K" + text) }
    }

    /// Takes away what was shown of the progress, at the end and before something is printed.
    func endProgress() {
        if watches { write("\r\u{1B}[K") }
    }

    private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
