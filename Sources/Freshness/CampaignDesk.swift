import Casework
import Correspondence
import Delivery
import GRDB
import Journal
import KnowledgeBase
import PersonalData
import Registry
import WorkingDays

/// The door to campaigns: begun and ended by coordinators, answered by bodies through their links.
///
/// The list of cards is frozen when a campaign begins, and in the same transaction each body gets its link and, where an
/// address is known, its mail in the outbox.
package struct CampaignDesk: DeliverySubject {
    /// The kind of delivery.
    package var kind: String { post.kind }
    /// For how many calendar days after the last day a link still opens: a late answer is wanted all the same.
    static let lateDays = 30

    let casework: Casework
    let vault: PersonVault
    let post: SealedPost
    let links: BodyLinkDesk
    let mails: CampaignMails
    let rules: ReminderRules
    /// Where the site is for others, without a slash at its end; empty where no mail can leave.
    let address: String

    /// A desk from its parts.
    /// - Parameter address: where the site is for others; empty where no mail can leave, and all bodies are told on paper.
    package init(
        casework: Casework, vault: PersonVault, outbox: Outbox, links: BodyLinkDesk, mails: CampaignMails,
        rules: ReminderRules, address: String, randomBytes: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.casework = casework
        self.vault = vault
        post = SealedPost("campaign-notice", vault: vault, outbox: outbox, randomBytes: randomBytes)
        self.links = links
        self.mails = mails
        self.rules = rules
        self.address = address
    }

    /// Whether mail can leave.
    package var sendsMail: Bool { !address.isEmpty }

    /// What a campaign would ask and of whom; records nothing.
    /// - Throws: `Refusal` at the field that has to be mended.
    package func preview(_ selection: CardSelection, until lastDay: CivilDate, at now: Moment) async throws
        -> CampaignPlan
    {
        let (today, zone, sendsMail) = (casework.today(now), casework.zone, sendsMail)
        return try await casework.journal.read { db in
            try CampaignPlan.make(selection, until: lastDay, on: today, zone, sendsMail: sendsMail, in: db)
        }
    }

    /// Begins a campaign: the list, a link for each body, a mail to each that has an address.
    /// - Parameter digest: what stood for the list that the person was shown; nil where none was shown.
    /// - Returns: the number of the campaign.
    /// - Throws: `Refusal`: `campaign.changed` where the list is not the one that was shown.
    package func begin(
        _ selection: CardSelection, until lastDay: CivilDate, expecting digest: String? = nil, by actor: Actor,
        at now: Moment, once key: CommandKey? = nil
    ) async throws -> String {
        try await casework.transact(by: actor, at: now, once: key) { session in
            let plan = try CampaignPlan.make(
                selection, until: lastDay, on: session.today, session.zone, sendsMail: sendsMail, in: session.db)
            guard digest == nil || digest == plan.digest else {
                throw FreshnessRefusal.campaignChanged("The list has changed meanwhile: look at it again, then begin.")
            }
            let id = try CampaignRecord.nextNumber(in: session.today.year, from: session.db)
            let begun = CardCampaignBegun(selection: selection, lastDay: lastDay, bodies: plan.bodies)
            try session.perform(.begin(begun), on: CardCampaign.self, id: id, isNew: true)
            for body in plan.bodies {
                try makeLink(of: body.body, in: id, until: lastDay, session)
                try tell(.asked, body.body, of: id, "", in: session)
            }
            return id
        }
    }

    /// Ends a campaign by hand.
    /// - Throws: `Refusal`.
    package func end(
        _ id: String, reason: String, by actor: Actor, at now: Moment, once key: CommandKey? = nil
    ) async throws {
        _ = try await casework.transact(by: actor, at: now, once: key) { session in
            try session.perform(.end(reason: reason), on: CardCampaign.self, id: id).version
        }
    }

    /// Makes a body another link, in the place of one that was revoked or has ended.
    /// - Throws: `Refusal`.
    package func renewLink(
        of body: String, in campaign: String, by actor: Actor, at now: Moment, once key: CommandKey? = nil
    ) async throws {
        _ = try await casework.transact(by: actor, at: now, once: key) { session in
            let record = try Self.running(campaign, body, in: session)
            return try makeLink(of: body, in: campaign, until: max(record.lastDay, session.today), session)
        }
    }

    /// Writes to a body again, because a coordinator wants that.
    /// - Throws: `Refusal`: `campaign.channel` where no mail can go to it.
    package func sendAgain(
        to body: String, in campaign: String, by actor: Actor, at now: Moment, once key: CommandKey? = nil
    ) async throws {
        let word = "\(now.millisecondsSince1970)"
        _ = try await casework.transact(by: actor, at: now, once: key) { session in
            _ = try Self.running(campaign, body, in: session)
            guard sendsMail, try BodyChannel.fetch(body, in: session.db).email != nil else {
                throw FreshnessRefusal.campaignChannel(
                    "No mail can go to this body: set its address on its page, or send the letter on paper.")
            }
            return try tell(.asked, body, of: campaign, word, in: session)
        }
    }

    /// Records a look at the names of those who answered for a body, then opens them; an erased person is nil.
    /// - Throws: `Refusal`; `VaultError` where a key is lost.
    package func reveal(
        _ campaign: String, body: String, for purpose: String, by actor: Actor, at now: Moment
    ) async throws -> [(signer: SignerRecord, details: ResponsiblePersonDetails?)] {
        _ = try await casework.transact(by: actor, at: now) { session in
            try session.perform(.look(body: body, purpose: purpose), on: CardCampaign.self, id: campaign).version
        }
        let signers = try await casework.journal.read {
            try SignerRecord.fetch(campaign: campaign, body: body, in: $0)
        }
        return try signers.map { ($0, try $0.sealed.open(with: vault)) }
    }

    /// Makes a link of a body to its cards in a unit of work.
    @discardableResult
    func makeLink(of body: String, in campaign: String, until lastDay: CivilDate, _ session: CaseSession) throws
        -> String
    {
        let id = post.newName()
        let end = session.zone.start(of: lastDay.adding(days: Self.lateDays + 1))
        try links.make(
            id: id, BodyLinkMade(request: campaign, body: body, expiresAt: end, opens: .cards), in: session)
        return id
    }

    /// The campaign where it runs and asks something of a body.
    /// - Throws: `Refusal`.
    static func running(_ campaign: String, _ body: String, in session: CaseSession) throws -> CampaignRecord {
        guard let record = try CampaignRecord.fetch(campaign, in: session.db) else {
            throw FreshnessRefusal.campaignUnknown("There is no such campaign: check the number.")
        }
        guard record.isRunning else {
            throw FreshnessRefusal.campaignEnded("The campaign has ended: nothing is asked any more.")
        }
        guard try CampaignBodyRecord.fetch(campaign: campaign, body: body, in: session.db) != nil else {
            throw FreshnessRefusal.campaignNotAsked("This campaign asks nothing of that body.")
        }
        return record
    }
}
