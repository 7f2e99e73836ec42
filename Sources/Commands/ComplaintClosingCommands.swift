import ArgumentParser
import Complaints

/// `bailanys complaints tell`.
struct ComplaintTell: OfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "tell", abstract: "Record that the applicant was told of the extension and its reason.")
    @OptionGroup var folders: Folders
    @Argument(help: "The number of the complaint.") var number: String
    @Option(help: "How: forum, phone, e-mail, letter.") var by: String
    @Option(help: "When he was told; now unless given.") var at: String?

    func run(in office: Office) async throws {
        try await office.centre.complaints.tellApplicant(
            number, by: by, happenedAt: try office.moment(at), by: office.actor, at: office.now)
        office.output.line("Recorded.")
    }
}

/// `bailanys complaints withdraw`.
struct ComplaintWithdraw: OfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw", abstract: "Record that the applicant took a complaint back.")
    @OptionGroup var folders: Folders
    @Argument(help: "The number of the complaint.") var number: String
    @Option(help: "Why, where it was said; name nobody.") var reason: String?
    @Option(help: "When it was taken back; now unless given.") var at: String?

    func run(in office: Office) async throws {
        try await office.centre.complaints.withdraw(
            number, reason: reason, happenedAt: try office.moment(at), by: office.actor, at: office.now)
        office.output.line("Recorded.")
    }
}

/// `bailanys complaints correct`.
struct ComplaintCorrect: OfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "correct",
        abstract: "Correct when a complaint was answered or withdrawn; the clocks follow, the entry stays.",
        discussion: """
            A breach that came of the wrong moment alone is gone from the clock and from the numbers of the month; a report \
            that was sealed before stays as it is: seal it again with the reason.
            """)
    @OptionGroup var folders: Folders
    @Argument(help: "The number of the complaint.") var number: String
    @Option(help: "When it really happened, as 2026-03-19T10:30+05:00.") var at: String
    @Option(help: "Why the entry was wrong; name nobody.") var reason: String

    func run(in office: Office) async throws {
        try await office.centre.complaints.correctClosing(
            number, to: try office.moment(at), reason: reason, by: office.actor, at: office.now)
        office.output.line("Recorded.")
    }
}
