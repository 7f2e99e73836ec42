import ContactCentre
import TestSupport

/// The law and the knowledge of this repository.
package enum RepositoryLaw {
    private static let law = Result {
        try CentreLaw(schedules: Repository.path + "/schedules", knowledge: Repository.path + "/knowledge")
    }

    /// Read once for all centres that the tests of a process open.
    /// - Throws: what is wrong with a file.
    package static func read() throws -> CentreLaw { try law.get() }
}
