import Blocking
import Casework
import Complaints
import Contacts
import GRDB
import Journal
import PersonalData
import Triage
import WorkingDays

/// What is told of words that were received and wait for a decision.
package struct SubmissionReceipt: Codable, Hashable, Sendable {
    /// The number: `IN-2026-000001`.
    package let number: String
    /// When they arrived.
    package let receivedAt: Moment
    /// False where they were received before, by the forum's number, and nothing has changed.
    package let isNew: Bool
}

/// Words with what was read in them; what pages show is drawn from it.
package struct OpenedSubmission: Sendable {
    /// How it stands.
    package let record: SubmissionRecord
    /// The words; nil where the person was erased.
    package let text: String?
    /// Name and contacts; nil where he gave none or was erased.
    package let contacts: ComplaintContacts?
}

/// The door to what came in: receive, register, close; each one transaction, safe to repeat with the same `CommandKey`.
package struct IntakeDesk: Sendable {
    let casework: Casework
    let vault: PersonVault
    let complaints: ComplaintDesk

    /// A desk over the desk of complaints.
    package init(complaints: ComplaintDesk) {
        self.complaints = complaints
        casework = complaints.casework
        vault = complaints.vault
    }

    /// Receives words that somebody is to decide on later; the same number of the forum is received once.
    /// - Throws: `Refusal`; `JournalError`.
    package func receive(
        _ words: IntakeWords, _ reading: ComplaintReading, by actor: Actor, at now: Moment, once key: CommandKey? = nil
    ) async throws -> SubmissionReceipt {
        try Self.check(words)
        return try await casework.transact(by: actor, at: now, once: key) { session in
            if let number = words.forumNumber,
                let known = try SubmissionRecord.fetch(forumNumber: number, in: session.db)
            {
                return SubmissionReceipt(number: known.id, receivedAt: known.receivedAt, isNew: false)
            }
            // What the forum's file has registered is that complaint, erased or not.
            if let number = words.forumNumber,
                let known = try ComplaintRecord.fetch(forumNumber: number, in: session.db)
            {
                return SubmissionReceipt(number: known.id, receivedAt: words.receivedAt, isNew: false)
            }
            let id = try receive(words, reading, withText: true, in: session).id
            return SubmissionReceipt(number: id, receivedAt: words.receivedAt, isNew: true)
        }
    }

    /// Registers words at once: they are received and registered in one act.
    /// - Parameters:
    ///   - matters: what was decided, the chief matter first; each becomes a complaint.
    ///   - nature: what the person says the words are.
    /// - Throws: `Refusal` that names the field, `IntakeRefusal.answerChanged` where another body or day follows than was shown;
    ///   `RoutingError`; `CalendarError`; `JournalError`.
    package func register(
        _ words: IntakeWords, _ reading: ComplaintReading, as matters: [IntakeMatter], by actor: Actor, at now: Moment,
        once key: CommandKey? = nil
    ) async throws -> [ComplaintReceipt] {
        try await complaints.prepare()
        return try await casework.transact(by: actor, at: now, once: key) { session in
            if let number = words.forumNumber,
                let known = try ComplaintRecord.fetch(forumNumber: number, in: session.db)
            {
                return [try complaints.receipt(known, in: session)]
            }
            let (id, person) = try receive(words, reading, withText: false, in: session)
            return try register(
                id, words, of: person, as: matters, proposal: IntakeProposal(reading), in: session)
        }
    }

    /// Registers what was received; it is filed on the day on which it arrived.
    /// - Throws: as for words that are registered at once; `IntakeRefusal.erased` where the person was erased meanwhile.
    package func register(
        _ id: String, as matters: [IntakeMatter], by actor: Actor, at now: Moment, once key: CommandKey? = nil
    ) async throws -> [ComplaintReceipt] {
        try await complaints.prepare()
        return try await casework.transact(by: actor, at: now, once: key) { session in
            let loaded = try session.load(Submission.self, id: id)
            // Whoever comes second is told so before anything is made.
            try Submission.requireOpen(loaded.state)
            guard let received = loaded.state.received, let record = try SubmissionRecord.fetch(id, in: session.db)
            else { throw IntakeRefusal.unknown("There is no such submission: check the number.") }
            let opened = try open(record)
            guard let text = opened.text else {
                throw IntakeRefusal.erased("The person was erased: nothing can be registered of what he wrote.")
            }
            let words = IntakeWords(
                text: text, channel: received.channel, language: received.language,
                contacts: opened.contacts ?? ComplaintContacts(), forumNumber: received.forumNumber,
                contact: received.contact, receivedAt: loaded.state.receivedAt)
            return try register(
                id, words, of: PersonID(received.person), as: matters, proposal: received.proposal, in: session)
        }
    }

    /// Closes what was received without a complaint.
    /// - Parameters:
    ///   - taken: what the person says the words are.
    ///   - told: what the person is told; sealed.
    /// - Throws: `Refusal`.
    package func close(
        _ id: String, as ground: SubmissionGround, nature taken: IntakeNature, duplicateOf: String? = nil,
        told: String?, by actor: Actor, at now: Moment, once key: CommandKey? = nil
    ) async throws {
        _ = try await casework.transact(by: actor, at: now, once: key) { session -> Int in
            let loaded = try session.load(Submission.self, id: id)
            return try close(
                id, ground, taken, duplicateOf, told, person: loaded.state.received?.person,
                proposal: loaded.state.received?.proposal, in: session)
        }
    }

    /// Receives words and closes them without a complaint, in one act.
    /// - Returns: the number of the submission.
    /// - Throws: `Refusal`.
    package func close(
        _ words: IntakeWords, _ reading: ComplaintReading, as ground: SubmissionGround, nature taken: IntakeNature,
        duplicateOf: String? = nil, told: String?, by actor: Actor, at now: Moment, once key: CommandKey? = nil
    ) async throws -> String {
        try Self.check(words)
        return try await casework.transact(by: actor, at: now, once: key) { session in
            let (id, person) = try receive(words, reading, withText: true, in: session)
            _ = try close(
                id, ground, taken, duplicateOf, told, person: person.rawValue, proposal: IntakeProposal(reading),
                in: session)
            return id
        }
    }

    /// Opens the name, the contacts and the words of a submission; the look is recorded before anything is shown.
    /// - Parameter purpose: what for; recorded, holds no names.
    /// - Throws: `Refusal` without a purpose or such a submission; `VaultError`.
    package func reveal(_ id: String, for purpose: String, by actor: Actor, at now: Moment) async throws
        -> OpenedSubmission
    {
        _ = try await casework.transact(by: actor, at: now) { session in
            try session.perform(.reveal(purpose: purpose), on: Submission.self, id: id).version
        }
        guard let record = try await casework.journal.read({ try SubmissionRecord.fetch(id, in: $0) }) else {
            throw IntakeRefusal.unknown("There is no such submission: check the number.")
        }
        return try await opened(record)
    }

    /// Opens the words and the contacts of a submission, off the cooperative pool; shown are the words masked only.
    /// - Throws: `VaultError.doesNotOpen`; `DatabaseError`.
    package func opened(_ record: SubmissionRecord) async throws -> OpenedSubmission {
        try await Blocking.brief.run { try open(record) }
    }

    private func open(_ record: SubmissionRecord) throws -> OpenedSubmission {
        let person = PersonID(record.person)
        let keys = try vault.existingKeys(for: [person])
        return OpenedSubmission(
            record: record,
            text: try record.text.flatMap { try keys.open(SealedText($0), of: person) }
                .map { String(decoding: $0, as: UTF8.self) },
            contacts: try record.contacts.flatMap { try keys.open(SealedText($0), of: person) }
                .map { try ComplaintContacts(bytes: $0) })
    }

    // MARK: Inside a transaction

    private func receive(
        _ words: IntakeWords, _ reading: ComplaintReading, withText: Bool, in session: CaseSession
    ) throws -> (id: String, person: PersonID) {
        if let number = words.forumNumber, let known = try SubmissionRecord.fetch(forumNumber: number, in: session.db) {
            throw IntakeRefusal.exists(
                "The number “\(number)” of the forum was received already as \(known.id): decide on that one.",
                field: "number")
        }
        let id = try SubmissionNumber.next(in: session.today.year, from: session.db).description
        let person = vault.person(knownBy: words.contacts.identity(forumNumber: words.forumNumber, submission: id))
        let keys = try vault.promisedKeys(for: [person])
        session.transaction.beforeCommit("vault") { [vault] in try vault.keepPromises() }
        func seal(_ bytes: [UInt8]) throws -> String { try keys.seal(bytes, for: person).rawValue }
        let signature = DuplicateSignature(words.text, reading, key: duplicateKey)
        let received = SubmissionReceived(
            channel: words.channel, contact: words.contact,
            contacts: withText && !words.contacts.isEmpty ? try seal(words.contacts.bytes) : nil,
            forumNumber: words.forumNumber, language: words.language, person: person.rawValue,
            proposal: IntakeProposal(reading), signature: try seal(signature.bytes),
            text: withText ? try seal(Array(words.text.utf8)) : nil)
        try session.perform(.receive(received, at: words.receivedAt), on: Submission.self, id: id, isNew: true)
        return (id, person)
    }

    private func register(
        _ id: String, _ words: IntakeWords, of person: PersonID, as matters: [IntakeMatter], proposal: IntakeProposal,
        in session: CaseSession
    ) throws -> [ComplaintReceipt] {
        var receipts: [ComplaintReceipt] = []
        for (place, matter) in matters.enumerated() {
            var filing = words.filing(matter)
            // A number of the forum names one complaint.
            if place > 0 { filing.forumNumber = nil }
            let receipt = try complaints.register(filing, of: person, in: session)
            // What the forum's file has registered meanwhile is that complaint.
            if receipt.isNew, let shown = matter.shown, shown.body != receipt.body || shown.dueOn != receipt.dueOn {
                throw IntakeRefusal.answerChanged(
                    "Another body or another last day follows than was shown: \(receipt.body) until \(receipt.dueOn). Look at it and confirm.",
                    field: "body")
            }
            receipts.append(receipt)
        }
        let first = matters.first
        let taken: [IntakeField: String?] = [
            .nature: IntakeNature.complaint.rawValue, .kind: first?.kind.rawValue, .service: first?.service,
            .region: first?.region, .place: first?.place, .named: first?.named, .body: receipts.first?.body,
        ]
        let table = complaints.routing.table(on: session.zone.civilDate(of: words.receivedAt)).edition
        let registered = SubmissionRegistered(
            choices: proposal.choices(taken), complaints: receipts.map(\.number), routing: table)
        try session.perform(.register(registered), on: Submission.self, id: id)
        if let contact = words.contact {
            let call = try session.load(Contact.self, id: contact)
            try session.perform(receipts.map { .file(complaint: $0.number) }, on: call)
        }
        return receipts
    }

    private func close(
        _ id: String, _ ground: SubmissionGround, _ taken: IntakeNature, _ duplicateOf: String?, _ told: String?,
        person: String?, proposal: IntakeProposal?, in session: CaseSession
    ) throws -> Int {
        if let duplicateOf {
            let isKnown =
                try ComplaintRecord.fetch(id: duplicateOf, in: session.db) != nil
                || (duplicateOf != id && SubmissionRecord.fetch(duplicateOf, in: session.db) != nil)
            guard isKnown else {
                throw IntakeRefusal.duplicateOf(
                    "“\(duplicateOf)” is the number of nothing that came in before: check it.", field: "duplicateOf")
            }
        }
        var sealed: String?
        if let told, let person = person.map({ PersonID($0) }) {
            let keys = try vault.existingKeys(for: [person])
            // The key may be promised and not on the disk yet; one that was erased seals nothing.
            if keys.has(person) { sealed = try keys.seal(Array(told.utf8), for: person).rawValue }
        }
        let closed = SubmissionClosed(
            choices: proposal?.choices([.nature: taken.rawValue]) ?? [], duplicateOf: duplicateOf, ground: ground,
            told: sealed)
        return try session.perform(.close(closed), on: Submission.self, id: id).version
    }

    var duplicateKey: KeyedHash { vault.duplicateKey }

    private static func check(_ words: IntakeWords) throws {
        guard words.text.contains(where: { !$0.isWhitespace }) else {
            throw IntakeRefusal.words("There are no words: write what the person says.", field: "subject")
        }
        guard words.text.utf8.count <= ComplaintIntake.longestText else {
            throw IntakeRefusal.words(
                "The text is longer than \(ComplaintIntake.longestText) bytes: shorten it.", field: "subject")
        }
        try ComplaintIntake.check(words.contacts, channel: words.channel)
    }
}

extension ComplaintContacts {
    /// What tells this person from all others, for the vault: his IIN, his number on the forum, or else these words alone.
    fileprivate func identity(forumNumber: String?, submission: String) -> String {
        if let iin { return "iin:" + iin }
        if let forumNumber { return "forum:" + forumNumber }
        return "submission:" + submission
    }
}

extension PersonVault {
    /// The key under which words are compared: of this vault, the same for all its people.
    var duplicateKey: KeyedHash {
        let digits = Array(person(knownBy: "key of duplicates").rawValue)
        func word(_ range: Range<Int>) -> UInt64 { UInt64(String(digits[range]), radix: 16) ?? 0 }
        return KeyedHash(key: (word(0..<16), word(16..<32)))
    }
}
