import Accounts
import Complaints
import ContactCentre
import Correspondence
import Journal
import Registry

/// What is to be done to each row, read from the form; the desks that do it are those of the page of one complaint.
enum BulkOrder: Sendable {
    case assign(ComplaintHolder)
    case remind
    case extend(days: Int, reason: String)
    case transfer(to: String, reason: String)

    /// Reads what was said besides the rows; nil where something is wrong with it, which the reader's form then says.
    /// - Throws: `SiteError` where nobody is signed in.
    init?(_ act: BulkAct, _ reader: inout StepReader) throws {
        switch act {
        case .take, .handOver:
            guard let step = act.step, let holder = try reader.holder(step) else { return nil }
            self = .assign(holder)
        case .remind: self = .remind
        case .extend:
            let reason = reader.text("reason")
            guard let days = reader.number("days"), reader.isRight else { return nil }
            self = .extend(days: days, reason: reason)
        case .transfer:
            let (body, reason, unit) = (reader.text("body"), reader.text("reason"), reader.optional("unit"))
            guard reader.isRight else { return nil }
            self = .transfer(to: BodyAddress(code: body, unit: unit).description, reason: reason)
        }
    }

    /// Does it to one row in a transaction of its own, once for each sending of the form.
    /// - Throws: `Refusal`, `ClockError` and others that `WebRequest.problem` has words for; what is a failure of ours.
    func perform(_ row: BulkRow, of act: BulkAct, _ site: WebRequest) async throws {
        let (centre, actor, now) = (site.environment.centre, try site.authority.actor, site.environment.now())
        let key = try site.formKey(of: actor, part: "\(act.rawValue)/\(row.number)")
        switch self {
        case .assign(let holder):
            try await centre.complaints.assign(
                row.number, to: holder, seen: row.seen, by: actor, at: now, once: key)
        case .remind:
            try await centre.notices.sendAgain(
                row.number, id: FormKey.random(site.environment.randomBytes), by: actor, at: now, once: key)
        case .extend(let days, let reason):
            try await centre.complaints.extend(
                row.number, days: days, reason: reason, happenedAt: now, by: actor, at: now, once: key)
        case .transfer(let body, let reason):
            try await centre.complaints.transfer(
                row.number, to: body, reason: reason, happenedAt: now, by: actor, at: now, once: key)
        }
    }
}
