import Blocking
import Casework
import Journal
import WorkingDays

/// Takes in a file of applications, line by line and batch by batch; memory is bounded by one batch.
///
/// Each batch is one transaction: what the progress has counted is on the disk, and the same file taken in again completes it,
/// since a line that says nothing new changes nothing.
package struct ApplicationImport: Sendable {
    let desk: ApplicationDesk
    let file: ApplicationFile
    let batchSize: Int

    /// An import of one file.
    /// - Parameter batchSize: how many lines make a transaction.
    package init(_ file: ApplicationFile, into desk: ApplicationDesk, batchSize: Int = 1_000) {
        self.desk = desk
        self.file = file
        self.batchSize = max(1, batchSize)
    }

    /// Takes in the file and blocks the calling thread.
    /// - Parameters:
    ///   - refused: told each line that was not taken in, in order, after its batch is on the disk.
    ///   - progress: told the report so far after each batch.
    /// - Throws: `CSVError` where the rest of the file cannot be read, with all before it taken in; `JournalError`.
    @discardableResult
    package func runNow(
        by actor: Actor, at now: Moment, refused: (ApplicationProblem) throws -> Void = { _ in },
        progress: (ApplicationIntakeReport) throws -> Void = { _ in }
    ) throws -> ApplicationIntakeReport {
        try desk.casework.journal.withRoom {
            let next = try file.lines()
            var report = ApplicationIntakeReport()
            var isAtEnd = false
            while !isAtEnd {
                var batch: [ApplicationDesk.Sent] = []
                var fault: (any Error)?
                do {
                    while batch.count < batchSize {
                        guard let line = try next() else {
                            isAtEnd = true
                            break
                        }
                        batch.append(line)
                    }
                } catch {
                    // What stands before the fault is taken in all the same.
                    fault = error
                }
                let intake = try append(batch, by: actor, at: now)
                report.add(intake.report)
                for problem in intake.problems { try refused(problem) }
                try progress(report)
                if let fault { throw fault }
            }
            return report
        }
    }

    private func append(_ batch: [ApplicationDesk.Sent], by actor: Actor, at now: Moment) throws -> ApplicationIntake {
        guard !batch.isEmpty else { return ApplicationIntake() }
        return try desk.casework.transactNow(by: actor, at: now) { session in
            try desk.take(batch, from: .file, named: file.name, in: session)
        }
    }

    /// The same, off the cooperative pool; a task that is cancelled ends it between two batches.
    package func run(
        by actor: Actor, at now: Moment, refused: @escaping @Sendable (ApplicationProblem) throws -> Void = { _ in },
        progress: @escaping @Sendable (ApplicationIntakeReport) -> Void = { _ in }
    ) async throws -> ApplicationIntakeReport {
        try await Blocking.long.run { cancellation in
            try runNow(by: actor, at: now, refused: refused) { report in
                progress(report)
                try cancellation.check()
            }
        }
    }
}
