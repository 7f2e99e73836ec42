/// The seven zones of Kazakhstan from 2000 on, from the tz database (edition 2025b), in seconds since 1970.
///
/// Summer time ended in 2004; Qyzylorda moved on 2018-12-21; on 2024-03-01 the whole country went to UTC+5.
/// `scripts/verify-terms --zones` compares every hour of them with the tz database.
extension CivilZone {
    /// Almaty, Astana and most of the country; the default.
    package static let almaty = CivilZone(
        name: "Asia/Almaty", firstHours: 6,
        changes: [
            (954_014_400, 7), (972_763_200, 6), (985_464_000, 7), (1_004_212_800, 6),
            (1_017_518_400, 7), (1_035_662_400, 6), (1_048_968_000, 7), (1_067_112_000, 6),
            (1_080_417_600, 7), (1_099_166_400, 6), (1_709_229_600, 5),
        ])

    /// Qostanay region.
    package static let qostanay = CivilZone(
        name: "Asia/Qostanay", firstHours: 5,
        changes: [
            (954_018_000, 6), (972_766_800, 5), (985_467_600, 6), (1_004_216_400, 5),
            (1_017_522_000, 6), (1_035_666_000, 5), (1_048_971_600, 6), (1_067_115_600, 5),
            (1_080_421_200, 6), (1_709_229_600, 5),
        ])

    /// Aqtobe region.
    package static let aqtobe = CivilZone(
        name: "Asia/Aqtobe", firstHours: 5,
        changes: [
            (954_018_000, 6), (972_766_800, 5), (985_467_600, 6), (1_004_216_400, 5),
            (1_017_522_000, 6), (1_035_666_000, 5), (1_048_971_600, 6), (1_067_115_600, 5),
            (1_080_421_200, 6), (1_099_170_000, 5),
        ])

    /// Qyzylorda region.
    package static let qyzylorda = CivilZone(
        name: "Asia/Qyzylorda", firstHours: 5,
        changes: [
            (954_018_000, 6), (972_766_800, 5), (985_467_600, 6), (1_004_216_400, 5),
            (1_017_522_000, 6), (1_035_666_000, 5), (1_048_971_600, 6), (1_067_115_600, 5),
            (1_080_421_200, 6), (1_545_328_800, 5),
        ])

    /// Mangystau region.
    package static let aqtau = CivilZone(
        name: "Asia/Aqtau", firstHours: 4,
        changes: [
            (954_021_600, 5), (972_770_400, 4), (985_471_200, 5), (1_004_220_000, 4),
            (1_017_525_600, 5), (1_035_669_600, 4), (1_048_975_200, 5), (1_067_119_200, 4),
            (1_080_424_800, 5),
        ])

    /// Atyrau region.
    package static let atyrau = CivilZone(
        name: "Asia/Atyrau", firstHours: 4,
        changes: [
            (954_021_600, 5), (972_770_400, 4), (985_471_200, 5), (1_004_220_000, 4),
            (1_017_525_600, 5), (1_035_669_600, 4), (1_048_975_200, 5), (1_067_119_200, 4),
            (1_080_424_800, 5),
        ])

    /// West Kazakhstan region.
    package static let oral = CivilZone(
        name: "Asia/Oral", firstHours: 4,
        changes: [
            (954_021_600, 5), (972_770_400, 4), (985_471_200, 5), (1_004_220_000, 4),
            (1_017_525_600, 5), (1_035_669_600, 4), (1_048_975_200, 5), (1_067_119_200, 4),
            (1_080_424_800, 5),
        ])

    /// Every zone of the country.
    package static let kazakhstan: [CivilZone] = [almaty, qostanay, aqtobe, qyzylorda, aqtau, atyrau, oral]

    /// The zone with this name of the tz database ("Asia/Aqtobe"), or nil when it is not one of Kazakhstan's.
    package static func named(_ name: String) -> CivilZone? {
        kazakhstan.first { $0.name == name }
    }

    private init(name: String, firstHours: Int64, changes: [(Int64, Int64)]) {
        self.init(
            name: name, firstHours: firstHours, transitions: changes.map { Transition(start: $0.0, hours: $0.1) })
    }
}
