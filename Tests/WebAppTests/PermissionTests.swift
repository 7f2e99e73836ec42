import Accounts
import CanonicalJSON
import Casework
import Complaints
import ContactCentre
import Foundation
import HTTPTypes
import HummingbirdTesting
import Journal
import Synchronization
import TestSupport
import Testing
import WebApp
import WorkingDays

@Suite("Who sees complaints")
struct PermissionTests {
    /// A site with a complaint that is late and a sealed report that lists it.
    private static func prepared() async throws -> (site: Site, number: String) {
        let site = try await Site(bringsUpToDate: true)
        let filing =
            #"{"channel":"phone","kind":"other","body":"KGD","subject":"x","filedAt":"2026-02-10T10:00:00+05:00"}"#
        let number = Mutex("")
        try await site.test { browser in
            let officer = try await APIClient(browser, site, as: .complaintsOfficer)
            let made = try #require(try await officer.post("complaints", filing).json["number"]?.string)
            number.withLock { $0 = made }
            #expect(try await officer.post("reports/2026-02/seal", "{}").status == 201)
        }
        try await site.centre.casework.recordBreaches(at: site.time.now)
        return (site, number.withLock { $0 })
    }

    @Test(
        "clocks of complaints are those of people who may read complaints: interface, worklist, file, body, first page")
    func clocks() async throws {
        let (site, number) = try await Self.prepared()
        try await site.test { browser in
            for role in [Role.coordinator, .auditor] {
                let sees = role.permissions.contains(.readComplaints)
                let api = try await APIClient(browser, site, as: role)
                for query in ["?kind=complaint", "", "?body=KGD"] {
                    let answer = try await api.get("clocks\(query)")
                    #expect(answer.status == 200 && answer.text.contains(number) == sees, "\(role) \(query)")
                }
                let own = Browser(client: browser.client)
                try await own.signIn(role.rawValue)
                for path in [
                    "/clocks", "/clocks?list=open", "/clocks?list=late", "/clocks?list=breached&format=csv",
                    "/bodies/KGD",
                ] {
                    let page = try await own.get(path)
                    #expect(page.status == .ok, "\(path)")
                    if !sees { #expect(!page.text.contains(number), "\(role) \(path)") }
                }
                #expect(try await own.get("/clocks").text.contains(number) == sees)
            }
        }
    }

    @Test("the sealed list of complaints is for those who may read complaints, the report for all who read reports")
    func revisions() async throws {
        let (site, _) = try await Self.prepared()
        try await site.test { browser in
            for role in [Role.coordinator, .administrator, .auditor, .complaintsOfficer] {
                let sees = role.permissions.contains(.readComplaints)
                let own = Browser(client: browser.client)
                try await own.signIn(role.rawValue)
                let page = try await own.get("/reports/2026-02")
                #expect(page.status == .ok && page.text.contains("/revisions/1\"") == sees, "\(role)")
                let document = try await own.get("/api/v1/reports/2026-02/revisions/1")
                #expect(document.status == (sees ? .ok : .forbidden), "\(role)")
            }
        }
    }
}
