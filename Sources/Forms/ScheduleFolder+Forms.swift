import Rulebook

extension ScheduleFolder {
    /// All forms in `reports/`.
    /// - Parameter measures: what the business modules can count.
    /// - Throws: `RulebookLoadError` with every problem found, or `ScheduleError.unreadable`.
    package func forms(measures: [String: MeasureShape]) throws -> FormSet {
        try FormSet.load(files: files(in: "reports"), measures: measures)
    }
}
