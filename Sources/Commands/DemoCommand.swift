import ArgumentParser
import ContactCentre
import DemoData
import Foundation
import Rulebook
import WorkingDays

/// `bailanys demo`: labelled demo data.
struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Make labelled demo data on the real registry.", subcommands: [Generate.self])

    /// `bailanys demo generate`.
    struct Generate: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "generate",
            abstract: "Write complaints as the forum would export them, to the standard output.",
            discussion: """
                The same options give the same bytes. Numbers begin with DEMO-, every text says that it is demo data.
                Example: bailanys demo generate --complaints 1000 --months 3 --seed 7 > forum.csv
                """)
        @OptionGroup var folders: Folders
        @Option(help: "How many complaints.") var complaints = 1_000
        @Option(help: "Over how many months.") var months = 12
        @Option(help: "The last month, as 2026-10; the present one unless given.") var through: String?
        @Option(help: "Another seed gives other data.") var seed: UInt64 = 1

        func validate() throws {
            guard complaints > 0, (1...120).contains(months) else {
                throw ValidationError("--complaints is at least 1, --months from 1 to 120.")
            }
            if let through, CivilMonth(through) == nil {
                throw ValidationError("--through takes a month as 2026-10, not “\(through)”.")
            }
        }

        func run() throws {
            let law = ScheduleFolder(path: folders.schedules)
            let now = Moment.current
            let month = through.flatMap { CivilMonth($0) } ?? CivilMonth(CivilZone.almaty.civilDate(of: now))
            let end = CivilZone.almaty.start(of: month.next.first)
            var demo = try DemoComplaints(
                DemoOptions(complaints: complaints, months: months, through: month, asOf: min(now, end), seed: seed),
                registry: DemoRegistry(folder: folders.knowledge),
                rulebooks: law.rulebooks(knownEvents: ContactCentre.lawfulEvents),
                calendar: law.calendar())
            let output = StandardOutput()
            // What goes to a terminal shows by itself how far it is.
            let isSeen = isatty(FileHandle.standardOutput.fileDescriptor) == 1
            let progress = WorkProgress(output, .pieces("complaints written"))
            var written: Int64 = -1
            try demo.write { piece in
                try FileHandle.standardOutput.write(contentsOf: Data(piece))
                written += Int64(piece.count { $0 == 0x0A })
                if !isSeen { progress.reached(written, of: Int64(complaints)) }
            }
            if !isSeen { output.endProgress() }
        }
    }
}
