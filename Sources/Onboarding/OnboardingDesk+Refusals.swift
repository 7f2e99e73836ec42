import Casework
import GRDB
import Journal
import WorkingDays

/// The duty to inform the Agency of a body that refused several times within one month (797 §12).
extension OnboardingDesk {
    /// Begins the notice at the second refusal within one month of the first, once for each calendar month.
    ///
    /// A month from 31 March ends on 30 April: the month is that of the act, from one refusal to the next, and not the one
    /// of the calendar. A notice covers all refusals of the calendar month of its second one.
    static func watchRefusals(of body: String, at moment: Moment, in session: CaseSession) throws {
        let day = session.zone.civilDate(of: moment)
        var refusals: [(record: DutyRecord, at: Moment)] = []
        let (first, last) = (day.adding(months: -1), day.adding(months: 1))
        for record in try DutyRecord.refusals(of: body, from: first, through: last, session.db) {
            let state = try session.load(Duty<AdditionalRequest>.self, id: record.stream.id).state
            let at = state.endedAt ?? moment
            let notice = "\(body)-\(CivilMonth(session.zone.civilDate(of: at)))"
            guard try session.load(Duty<RefusalNotice>.self, id: notice).version == 0 else { continue }
            refusals.append((record, at))
        }
        // Refusals may be entered out of their order: the duty begins with the second one that happened.
        refusals.sort { $0.at < $1.at }
        func end(_ index: Int) -> CivilDate { session.zone.civilDate(of: refusals[index].at).adding(months: 1) }
        let pairs = refusals.indices.dropFirst(DutyRecord.repeatedly - 1)
        guard
            let second = pairs.first(where: {
                session.zone.civilDate(of: refusals[$0].at) <= end($0 - DutyRecord.repeatedly + 1)
            })
        else { return }
        let start = second - DutyRecord.repeatedly + 1
        let told = refusals[start...].filter { session.zone.civilDate(of: $0.at) <= end(start) }
        var documents: [String] = []
        for refusal in told {
            let state = try session.load(Duty<AdditionalRequest>.self, id: refusal.record.stream.id).state
            documents += (state.ended?.documents ?? []).filter { !documents.contains($0) }
        }
        let note = DutyNote(
            body: body, text: told.map(\.record.text).joined(separator: "; "),
            reference: told.map(\.record.stream.id).joined(separator: ", "), documents: documents)
        let month = CivilMonth(session.zone.civilDate(of: refusals[second].at))
        try session.perform(
            .begin(note, at: refusals[second].at), on: Duty<RefusalNotice>.self, id: "\(body)-\(month)", isNew: true)
    }
}

extension CivilDate {
    /// The same day of another month, or its last day where it is shorter.
    fileprivate func adding(months: Int) -> CivilDate {
        var month = CivilMonth(self)
        let day = month.first.days(to: self) + 1
        for _ in 0..<abs(months) { month = months < 0 ? month.previous : month.next }
        return month.day(day) ?? month.last
    }
}
