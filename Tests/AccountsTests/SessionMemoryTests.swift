import GRDB
import Testing
import WorkingDays

@testable import Accounts

@Suite("What is remembered of sessions")
struct SessionMemoryTests {
    private func known(_ label: String) -> SessionMemory.Known {
        let moment = Moment(millisecondsSince1970: 0)
        let session = StoredSession(
            account: 1, kind: .browser, label: label, createdAt: moment, lastSeenAt: moment, awaitsCode: false)
        let person = Credential(
            row: Row([
                "account": 1, "loginName": "aigul", "displayName": "Aigul", "passwordHash": "", "home": "local",
                "isEndedByHome": 0,
                "mustChangePassword": false,
            ]))
        let account = Account(
            row: Row([
                "number": 1, "roles": "operator", "isDisabled": false, "hasSecondFactor": false, "createdAt": 0,
                "streamVersion": 1,
            ]))
        return SessionMemory.Known(session: session, person: person, account: account)
    }

    @Test("A session is remembered until anything changes")
    func forgets() {
        let memory = SessionMemory()
        memory.keep(known("first"), for: [1], edition: memory.known([1]).edition)
        #expect(memory.known([1]).0?.session.label == "first")
        memory.forget()
        #expect(memory.known([1]).0 == nil)
    }

    @Test("What was read before a change is not kept after it")
    func readBeforeAChange() {
        let memory = SessionMemory()
        let edition = memory.known([1]).edition
        memory.forget()
        memory.keep(known("stale"), for: [1], edition: edition)
        #expect(memory.known([1]).0 == nil)
    }
}
