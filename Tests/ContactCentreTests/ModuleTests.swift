import Casework
import ContactCentre
import Delivery
import Rulebook
import TestSupport
import Testing

@Suite("The table of businesses")
struct ModuleTests {
    @Test("The law names only events that a module makes or that are told to come")
    func rulebooks() throws {
        let schedules = ScheduleFolder(path: Repository.path + "/schedules")
        let books = try schedules.rulebooks(knownEvents: ContactCentre.lawfulEvents)
        let asked = Set(books.editions.flatMap(\.procedures).flatMap(\.rules).flatMap(\.events))
        #expect(asked.subtracting(ContactCentre.catalogue.names) == ContactCentre.eventsToCome)
        #expect(KnownEvents.all.isSubset(of: ContactCentre.lawfulEvents))
    }

    @Test("Every procedure of the law whose events are made is a kind of case, with one right to read and one to act")
    func kinds() throws {
        let schedules = ScheduleFolder(path: Repository.path + "/schedules")
        let books = try schedules.rulebooks(knownEvents: ContactCentre.lawfulEvents)
        let made = books.editions.flatMap(\.procedures).filter { procedure in
            procedure.rules.flatMap(\.events).contains(where: ContactCentre.catalogue.knows)
        }
        let procedures = Set(made.map(\.id)).subtracting(["quarterly-report"])
        // A review of a complaint is a stream called after the complaint.
        let kinds = procedures.map { $0 == "complaint-review" ? "complaint" : $0 }
        #expect(Set(kinds).isSubset(of: Set(ContactCentre.kinds.keys)))
    }
}
