import Foundation
import PersonalData
import WorkingDays

/// How long restore points are kept.
package struct BackupRetention: Equatable, Sendable {
    /// How many of the newest.
    package let newest: Int
    /// The last of each of so many months.
    package let months: Int

    /// The 30 newest, and the last of each of 12 months.
    package static let standard = BackupRetention(newest: 30, months: 12)

    /// A rule from its parts; one is always kept.
    package init(newest: Int, months: Int) {
        self.newest = max(1, newest)
        self.months = max(0, months)
    }

    /// Which of some points are kept: pure.
    /// - Parameter points: their names and moments, the newest first.
    package func kept(_ points: [(name: String, madeAt: Moment)], zone: CivilZone = .almaty) -> Set<String> {
        var kept = Set(points.prefix(newest).map(\.name))
        var months: Set<CivilMonth> = []
        for point in points {
            let month = CivilMonth(zone.civilDate(of: point.madeAt))
            guard months.count < self.months || months.contains(month) else { break }
            if months.insert(month).inserted { kept.insert(point.name) }
        }
        return kept
    }
}

/// Removes from a backup folder what nothing needs any more; what is whole stays whole at every step.
struct BackupKeeper {
    let path: String
    let disk: BackupDisk

    /// How many vaults of one identity are kept: who was erased is gone from all of them after so many backups.
    static let vaults = 2

    /// The files beside the points that some points need.
    /// - Parameter points: the points, the newest first.
    static func needed(by points: [BackupPoint], _ reader: BackupReader) throws -> Set<String> {
        var needed: Set<String> = []
        var vaults: [String: Int] = [:]
        for point in points {
            needed.formUnion(point.manifest.segments.map(\.part.file))
            needed.formUnion(try reader.files(of: point.manifest).map(\.part.file))
            let count = vaults[point.manifest.vault.identity, default: 0]
            vaults[point.manifest.vault.identity] = count + 1
            if count < Self.vaults { needed.insert(point.manifest.vaultPart.file) }
        }
        return needed
    }

    /// Removes what an earlier backup that was broken off has left.
    func removeUnfinished() throws {
        let points = path + "/" + BackupLayout.points
        for name in try BackupDisk.names(in: points) where name.hasPrefix(BackupLayout.unfinished) {
            try disk.remove(points + "/" + name)
        }
        for folder in [path, path + "/" + BackupLayout.events, path + "/" + BackupLayout.vault] {
            for name in try BackupDisk.names(in: folder) where name.hasSuffix(BackupLayout.part) {
                try disk.remove(folder + "/" + name)
            }
        }
        for shelf in try BackupDisk.names(in: path + "/" + BackupLayout.files) {
            let folder = path + "/" + BackupLayout.files + "/" + shelf
            for name in try BackupDisk.names(in: folder) where name.hasSuffix(BackupLayout.part) {
                try disk.remove(folder + "/" + name)
            }
        }
    }

    /// Removes points that are not kept, and what no point needs.
    /// - Returns: how many points were removed.
    func prune(_ reader: BackupReader, _ retention: BackupRetention) throws -> Int {
        let (all, damaged) = try reader.points()
        // What a damaged point needs is not known.
        guard damaged.isEmpty else { return 0 }
        let kept = retention.kept(all.map { ($0.name, $0.manifest.madeAt) })
        for point in all where !kept.contains(point.name) {
            let folder = path + "/" + BackupLayout.points + "/"
            // Named as unfinished first: half removed it is no point.
            try disk.rename(folder + point.name, to: folder + BackupLayout.unfinished + point.name)
            try disk.remove(folder + BackupLayout.unfinished + point.name)
        }
        let points = all.filter { kept.contains($0.name) }
        let needed = try Self.needed(by: points, reader)
        for folder in [BackupLayout.events, BackupLayout.vault] {
            for name in try BackupDisk.names(in: path + "/" + folder) where !needed.contains(folder + "/" + name) {
                try disk.remove(path + "/" + folder + "/" + name)
            }
        }
        for shelf in try BackupDisk.names(in: path + "/" + BackupLayout.files) {
            let folder = BackupLayout.files + "/" + shelf
            for name in try BackupDisk.names(in: path + "/" + folder) where !needed.contains(folder + "/" + name) {
                try disk.remove(path + "/" + folder + "/" + name)
            }
        }
        return all.count - points.count
    }
}
