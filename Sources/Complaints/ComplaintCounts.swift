import GRDB
import Journal
import WorkingDays

/// How many complaints were filed and closed in which month, of what kind, and how late: kept with the rows of `complaint`, so
/// that statistics cost what the months are, not what the years hold. And the indexes of the lists.
///
/// What was annulled counts nowhere.
enum ComplaintCounts {
    /// By month of filing and of closing (empty while it is open), how it stands, whether it was closed past its term, about
    /// what it is, and whether it came through the forum.
    static let byMonth = CountTable("complaintMonth", "closedIn", "filedIn", "status", "isLate", "kind", "isForum")

    /// Lists choose by columns of their index alone; only the rows that are shown are looked up. Complaints come in the order
    /// of filing, so one wide index of that order costs an import least. What is open, late, withdrawn or annulled is little.
    /// What an officer has is a stretch of an index of its own: what is open by its term, all of it by filing.
    static let indexes = """
        CREATE INDEX complaintByFiling ON complaint (filedOn, id, body, kind, status, service, region, assignee);
        CREATE INDEX complaintByClosing ON complaint (closedOn, status) WHERE closedOn IS NOT NULL;
        CREATE INDEX complaintOpen ON complaint (dueOn, filedOn, id, kind, body, bodyKind, service, region, closedOn, assignee)
          WHERE closedOn IS NULL;
        CREATE INDEX complaintLate ON complaint (filedOn, id, status, kind, body, service, region, closedOn, dueOn, assignee)
          WHERE closedOn > dueOn;
        CREATE INDEX complaintWithdrawn ON complaint (filedOn, id, status, kind, body, service, region, assignee)
          WHERE status = 'withdrawn';
        CREATE INDEX complaintAnnulled ON complaint (filedOn, id, status, kind, body, service, region, assignee)
          WHERE status = 'annulled';
        CREATE INDEX complaintInHand ON complaint
          (assignee, dueOn, filedOn, id, kind, body, bodyKind, service, region, closedOn)
          WHERE closedOn IS NULL AND assignee IS NOT NULL;
        CREATE INDEX complaintAssigned ON complaint
          (assignee, filedOn, id, status, kind, body, service, region, closedOn, dueOn)
          WHERE assignee IS NOT NULL;
        """
}

extension ComplaintRecord {
    /// Counts this complaint, or takes it out again.
    func count(_ number: Int, in counts: inout Counts) {
        guard status != .annulled else { return }
        let filedIn = CivilMonth(filedOn).description
        let closedIn = closedOn.map { CivilMonth($0).description } ?? ""
        let isLate = closedOn.map { $0 > dueOn } ?? false
        counts.add(
            number, to: ComplaintCounts.byMonth,
            [closedIn, filedIn, status.rawValue, isLate ? "1" : "0", kind.rawValue, channel == "forum" ? "1" : "0"])
    }
}
