import Casework
import Complaints
import ContactCentre
import DemoData
import Intake
import Journal
import Languages
import Triage
import WorkingDays

extension Demonstration {
    /// How many of the words that came in are registered as they were proposed.
    private static let registered = 3

    /// What came in and waits for an officer, and the first of it registered as it was proposed.
    func recordIncoming(_ centre: ContactCentre) async throws {
        let now = centre.now()
        let today = centre.casework.today(now)
        for (index, incoming) in DemoIncoming.all.prefix(size.incoming).enumerated() {
            let reading = try await centre.readings.read(incoming.text, on: today)
            let words = IntakeWords(
                text: incoming.text, channel: incoming.channel, language: incoming.language.rawValue,
                contacts: ComplaintContacts(name: incoming.name, phone: incoming.phone),
                forumNumber: incoming.channel == "forum" ? "DEMO-IN-\(index + 1)" : nil,
                receivedAt: now.adding(milliseconds: -Int64(incoming.minutes) * 60_000))
            let receipt = try await centre.intake.receive(words, reading, by: Self.actor, at: now)
            guard index < Self.registered else { continue }
            let matter = IntakeMatter(
                kind: reading.kind.value, service: reading.likelyService?.value, region: reading.region?.value,
                place: reading.place?.value, named: reading.named?.value)
            _ = try await centre.intake.register(receipt.number, as: [matter], by: Self.actor, at: now)
        }
        output.note("demo: \(min(size.incoming, DemoIncoming.all.count)) letters and calls that came in today")
    }
}
