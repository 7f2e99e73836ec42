import Testing
import WorkingDays

@testable import Backup

@Suite("How long restore points are kept")
struct RetentionTests {
    /// A point a day, the newest first: 400 days back from 30 November 2026.
    private static let points = (0..<400).map { day in
        (name: "\(day)", madeAt: Moment(millisecondsSince1970: 1_795_989_600_000 - Int64(day) * 86_400_000))
    }

    @Test("The newest and the last of each month, and nothing else")
    func kept() {
        let kept = BackupRetention(newest: 7, months: 3).kept(Self.points)
        // 30 November is day 0; 31 October is 30 days before it, 30 September 61.
        #expect(kept == Set((0..<7).map { "\($0)" } + ["30", "61"]))
    }

    @Test("One is kept whatever is asked for")
    func one() {
        #expect(BackupRetention(newest: 0, months: 0).kept(Self.points) == ["0"])
        #expect(BackupRetention(newest: 3, months: 12).kept([]) == [])
    }
}
