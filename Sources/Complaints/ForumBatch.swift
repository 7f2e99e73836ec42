import Casework
import PersonalData

/// Some thousands of lines, worked out and ready to be appended in one transaction.
struct ForumBatch: Sendable {
    /// One line.
    enum Item: Sendable {
        /// A complaint that was not there when the batch was worked out.
        case new(CaseDraft<Complaint>, ForumRow)
        /// A complaint that is there, or is named twice in what is on its way.
        case known(ForumRow)
        /// A line that cannot be taken in.
        case refused(RefusedLine)
    }

    /// The lines, in their order.
    var items: [Item] = []
    /// The keys of the people of `known` lines who have one.
    var keys = PersonKeys.none
    /// The last line that was read.
    var lastLine = 0
    /// How many bytes of the file were read when it was complete.
    var bytesRead: Int64 = 0
}
