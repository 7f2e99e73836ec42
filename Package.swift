// swift-tools-version: 6.2
import PackageDescription

// Dependencies point down only; `scripts/check-layers` holds every target to the list written here.
// Versions are pinned exactly: Package.resolved is not kept, so this file alone says what is built.

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")
let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let niossl = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")

/// One library target and, beside it, its tests.
func module(
    _ name: String, _ dependencies: [Target.Dependency] = [], tests: [Target.Dependency]? = [],
    resources: [Resource] = []
) -> [Target] {
    let target = Target.target(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
    guard let tests else { return [target] }
    let test = Target.testTarget(
        name: name + "Tests", dependencies: [.target(name: name)] + dependencies + tests, swiftSettings: settings)
    return [target, test]
}

let targets: [[Target]] = [
    // Pure: no I/O, no database, no clock of their own.
    module("Languages"),
    module("WorkingDays"),
    module("CanonicalJSON"),
    module("CSV"),
    module("Rulebook", ["Languages", "WorkingDays", yams], tests: ["TestSupport"]),
    module("Forms", ["Rulebook", "WorkingDays", "Languages", "CanonicalJSON", yams], tests: ["TestSupport"]),
    module("TextAnalysis", tests: ["CStemmer"]),
    module("Markup", ["Languages"]),
    // Systems at the edge that know nothing of our field.
    [
        .systemLibrary(
            name: "CLibcurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CStemmer", providers: [.apt(["libstemmer-dev"])]),
        .systemLibrary(name: "CQREncode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(
            name: "CXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .systemLibrary(name: "CLDAP", pkgConfig: "ldap", providers: [.apt(["libldap-dev"])]),
        .systemLibrary(name: "CPango", pkgConfig: "pangocairo", providers: [.apt(["libpango1.0-dev"])]),
    ],
    module("Blocking"),
    module(
        "Signatures", ["WorkingDays", x509, asn1, niossl, crypto], tests: ["SigningSupport"]),
    module(
        "Proofs", ["Signatures", "Journal", "CZlib", "WorkingDays", "CanonicalJSON", crypto], tests: ["SigningSupport"]),
    module("Attachments", ["Blocking", crypto], tests: ["TestSupport"]),
    module("Spreadsheets", ["CExpat", "CZlib", "Languages"], tests: []),
    module("Workbooks", ["CXlsxWriter", "WorkingDays"], tests: ["Spreadsheets"]),
    module("Printing", ["CPango", "Workbooks", "WorkingDays"], tests: []),
    module("Curl", ["CLibcurl"], tests: ["LoopbackServer", hummingbird, hummingbirdTLS]),
    module("Postgres", ["CPostgres"], tests: ["PostgresSupport"]),
    module("Directory", ["CLDAP", "Blocking"], tests: ["DirectorySupport"]),
    module(
        "OpenID", ["CanonicalJSON", "Curl", "WorkingDays", crypto, cryptoExtras],
        tests: ["OpenIDSupport", "LoopbackServer", hummingbird]),
    module("Stores", ["CanonicalJSON", grdb], tests: ["TestSupport"]),
    module(
        "Filings", ["Spreadsheets", "Workbooks", "Forms", "WorkingDays", "Languages", "CanonicalJSON"],
        tests: ["Rulebook", "CZlib"]),
    // The journal and what all cases share.
    module(
        "Journal", ["CSQLite", "Stores", "WorkingDays", "Languages", "CanonicalJSON", grdb, sqlite, crypto],
        tests: ["TestSupport", "PostgresJournal", "PostgresSupport"]),
    module(
        "PostgresJournal", ["Postgres", "Journal", "WorkingDays"],
        tests: ["PostgresSupport", "TestSupport", grdb]),
    module("PersonalData", ["Stores", grdb, crypto], tests: ["TestSupport"]),
    module(
        "Casework", ["Journal", "Rulebook", "WorkingDays", "Languages", "CanonicalJSON", grdb], tests: ["TestSupport"]),
    module(
        "Registry",
        ["Casework", "Journal", "PersonalData", "CSV", "WorkingDays", "Languages", "CanonicalJSON", grdb, crypto],
        tests: ["TestSupport", "Rulebook"]),
    // The business.
    module("CardSearch", ["Languages", "TextAnalysis", grdb, yams]),
    module(
        "KnowledgeBase",
        [
            "Stores", "Casework", "Journal", "Registry", "CardSearch", "TextAnalysis", "Rulebook", "WorkingDays",
            "Languages", "CanonicalJSON", grdb, crypto, yams,
        ],
        tests: ["TestSupport"]),
    module(
        "Onboarding",
        [
            "Casework", "Journal", "Registry", "CSV", "Rulebook", "WorkingDays", "Languages", "CanonicalJSON", grdb,
            crypto,
        ],
        tests: ["TestSupport", "PersonalData"]),
    module(
        "Complaints",
        [
            "Blocking", "Casework", "Journal", "PersonalData", "Registry", "CSV", "Rulebook", "WorkingDays",
            "Languages",
            "CanonicalJSON", grdb, crypto, yams,
        ],
        tests: ["TestSupport"]),
    module(
        "Triage",
        [
            "Complaints", "CardSearch", "TextAnalysis", "CSV", "Rulebook", "WorkingDays", "Languages", "CanonicalJSON",
            yams,
        ],
        tests: ["ContactCentre", "TestSupport"]),
    module(
        "Delivery",
        [
            "Casework", "Journal", "Curl", "Signatures", "WorkingDays", "Languages", "CanonicalJSON", grdb, crypto,
            logging, lifecycle,
        ],
        tests: ["TestSupport", "SigningSupport", "LoopbackServer", "Agency", hummingbird, hummingbirdTLS]),
    module(
        "Reporting",
        [
            "CSV", "Casework", "Journal", "Registry", "Complaints", "PersonalData", "Delivery", "Forms",
            "Rulebook", "WorkingDays", "Languages", "CanonicalJSON", grdb, crypto, logging, lifecycle,
        ],
        tests: ["TestSupport", "Contacts"]),
    module(
        "InternalControl",
        [
            "Filings", "Spreadsheets", "Workbooks", "Forms", "Reporting", "Casework", "Journal", "Registry", "Delivery",
            "Rulebook", "Correspondence", "PersonalData", "WorkingDays", "Languages", "CanonicalJSON", grdb, crypto,
            yams,
        ],
        tests: ["Complaints", "DemoData", "TestSupport"]),
    module(
        "CardProposals",
        [
            "Casework", "Journal", "Registry", "KnowledgeBase", "Onboarding", "WorkingDays", "CanonicalJSON", grdb,
            crypto,
        ],
        tests: ["TestSupport", "Rulebook", "CardSearch", "PersonalData"]),
    module(
        "CardBlanks",
        ["Casework", "Journal", "KnowledgeBase", "Spreadsheets", "Workbooks", "WorkingDays", "Languages"],
        tests: ["TestSupport", "CardSearch", "Registry", "Rulebook", grdb]),
    module(
        "Contacts",
        [
            "Blocking", "Casework", "Journal", "Registry", "KnowledgeBase", "TextAnalysis", "PersonalData", "Delivery",
            "CSV",
            "WorkingDays",
            "Languages", "CanonicalJSON", grdb, crypto,
        ],
        tests: ["TestSupport", "Rulebook"]),
    module(
        "Applications",
        [
            "Blocking", "Contacts", "Casework", "Journal", "CSV", "WorkingDays", "CanonicalJSON", grdb, crypto,
        ],
        tests: ["TestSupport", "Registry", "Rulebook", "Reporting", "Delivery", "Forms", "PersonalData", "Complaints"]),
    module(
        "Intake",
        [
            "Blocking", "Complaints", "Contacts", "Triage", "Casework", "Journal", "PersonalData", "WorkingDays",
            "CanonicalJSON", grdb,
        ],
        tests: ["TestSupport", "Rulebook"]),
    module(
        "Correspondence",
        [
            "Printing", "Blocking", "Casework", "Curl", "Journal", "Registry", "Onboarding", "Complaints",
            "PersonalData",
            "Delivery", "Attachments", "Rulebook",
            "WorkingDays", "Languages", "CanonicalJSON", grdb, crypto, yams, logging, lifecycle,
        ],
        tests: ["TestSupport"]),
    module(
        "Freshness",
        [
            "Blocking", "Casework", "Journal", "Registry", "KnowledgeBase", "TextAnalysis", "Correspondence",
            "Delivery", "PersonalData", "WorkingDays", "Languages", grdb, crypto,
        ],
        tests: ["TestSupport"]),
    module(
        "Accounts",
        [
            "Blocking", "Casework", "Journal", "Stores", "WorkingDays", "Languages", "CanonicalJSON", grdb, crypto,
            cryptoExtras,
        ],
        tests: ["TestSupport"]),
    module(
        "Backup", ["Accounts", "Journal", "PersonalData", "Stores", "CanonicalJSON", "WorkingDays", grdb, crypto],
        tests: ["TestSupport"]),
    module(
        "Agency",
        [
            "CanonicalJSON", "Signatures", "WorkingDays", grdb, crypto, hummingbird, hummingbirdTLS, logging, lifecycle,
        ],
        tests: ["LoopbackServer", "SigningSupport", "Curl", hummingbirdTesting]),
    module(
        "DemoData",
        [
            "Registry", "CSV", "Casework", "Journal", "PersonalData", "Complaints", "Onboarding", "KnowledgeBase",
            "Contacts", "Applications", "Forms", "Rulebook", "WorkingDays", "Languages", "CanonicalJSON",
        ],
        tests: ["TestSupport"]),
    // Everything wired together, and its edges.
    module(
        "ContactCentre",
        [
            "Blocking", "Journal", "Casework", "Registry", "KnowledgeBase", "CardSearch", "Onboarding", "Complaints",
            "Triage", "Intake", "Applications",
            "Reporting", "InternalControl", "Filings", "Spreadsheets", "Delivery", "Attachments", "Contacts",
            "Correspondence", "Freshness", "CardProposals",
            "Accounts", "Backup", "PersonalData", "Forms", "Stores", "Rulebook", "WorkingDays", "Languages",
            "CanonicalJSON",
            "Curl", "Directory", "OpenID", "Signatures", "Proofs", "PostgresJournal",
            crypto, grdb, yams, logging,
            lifecycle,
        ],
        tests: [
            "TestSupport", "CentreSupport", "SigningSupport", "PostgresSupport", "LoopbackServer", hummingbird,
            hummingbirdTLS,
        ]),
    module(
        "WebApp",
        [
            "Blocking", "ContactCentre", "Markup", "CSV", "Journal", "Casework", "Registry", "KnowledgeBase",
            "CardSearch",
            "Onboarding",
            "Complaints", "Triage", "Intake", "Applications", "Reporting", "InternalControl", "Filings", "Spreadsheets",
            "Delivery",
            "Attachments",
            "Contacts", "Correspondence", "Freshness", "CardProposals", "CardBlanks",
            "Accounts", "PersonalData", "Forms", "Rulebook", "WorkingDays", "Languages", "CanonicalJSON",
            "TextAnalysis", "CQREncode", "Signatures", "Proofs", "Workbooks", "Printing", grdb, crypto, hummingbird,
            hummingbirdTLS, logging,
        ],
        tests: [
            "Directory", "DirectorySupport", "OpenIDSupport",
            "TestSupport", "CentreSupport", "SigningSupport", "LoopbackServer", "Backup", "DemoData",
            hummingbirdTesting, lifecycle,
            yams,
        ],
        resources: [.copy("Static"), .copy("Texts"), .copy("Description")]),
    module(
        "Commands",
        [
            "Blocking", "ContactCentre", "WebApp", "Agency", "DemoData", "Curl", "CSV", "Journal", "Casework",
            "Registry",
            "KnowledgeBase", "CardSearch", "Onboarding", "Complaints", "Triage", "Intake", "Applications", "Reporting",
            "InternalControl", "Delivery",
            "Attachments",
            "Contacts",
            "Correspondence", "Freshness", "CardProposals", "CardBlanks", "Accounts", "Backup", "PersonalData", "Forms",
            "Filings", "Spreadsheets",
            "Rulebook",
            "WorkingDays",
            "Languages", "CanonicalJSON",
            "TextAnalysis", "Signatures", "Proofs", "Workbooks", "Printing", grdb, crypto, hummingbird, arguments,
            logging,
            lifecycle,
        ],
        tests: ["TestSupport", "CentreSupport", "SigningSupport", "LoopbackServer"]),
    [
        .executableTarget(name: "bailanys", dependencies: ["Commands"], swiftSettings: settings),
        .target(
            name: "TestSupport", dependencies: ["Journal", "Casework", "WorkingDays", "Rulebook", grdb],
            path: "Tests/TestSupport", swiftSettings: settings),
        .target(
            name: "CentreSupport", dependencies: ["ContactCentre", "TestSupport"], path: "Tests/CentreSupport",
            swiftSettings: settings),
        .target(
            name: "SigningSupport", dependencies: ["Signatures", "WorkingDays", x509, asn1, crypto, cryptoExtras],
            path: "Tests/SigningSupport", swiftSettings: settings),
        .target(
            name: "PostgresSupport", dependencies: ["Postgres"], path: "Tests/PostgresSupport", swiftSettings: settings),
        .target(
            name: "DirectorySupport", dependencies: ["Directory", "LoopbackServer"], path: "Tests/DirectorySupport",
            swiftSettings: settings),
        .target(
            name: "OpenIDSupport",
            dependencies: ["OpenID", "CanonicalJSON", "WorkingDays", crypto, cryptoExtras, hummingbird],
            path: "Tests/OpenIDSupport", swiftSettings: settings),
        .target(
            name: "LoopbackServer", dependencies: [hummingbird, hummingbirdTLS, lifecycle],
            path: "Tests/LoopbackServer",
            swiftSettings: settings),
        .testTarget(
            name: "SimulationTests",
            dependencies: [
                "ContactCentre", "Casework", "Complaints", "Delivery", "Forms", "Journal", "PersonalData", "Registry",
                "Reporting", "Rulebook", "WorkingDays", "TestSupport", grdb, logging,
            ], swiftSettings: settings),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "TestSupport", "PostgresSupport", "SigningSupport", "LoopbackServer", "CanonicalJSON", "Journal",
                "WorkingDays", "bailanys",
            ],
            swiftSettings: settings),
    ],
]

/// Measured by scripts/bench-import and scripts/bench-reading, built only when asked for.
let benchmarks: [Target] =
    Context.environment["BAILANYS_BENCH"] == nil
    ? []
    : [
        .executableTarget(
            name: "bench-import",
            dependencies: [
                "ContactCentre", "Complaints", "DemoData", "Casework", "Forms", "Journal", "Reporting", "Rulebook",
                "WorkingDays", grdb, sqlite,
            ], path: "Benchmarks/Import", swiftSettings: settings),
        .executableTarget(
            name: "bench-postgres", dependencies: ["Journal", "PostgresJournal", "Postgres", "WorkingDays", grdb],
            path: "Benchmarks/Postgres", swiftSettings: settings),
        .executableTarget(
            name: "bench-reading", dependencies: ["CardSearch", "ContactCentre", "Triage", "WorkingDays"],
            path: "Benchmarks/Reading", swiftSettings: settings),
    ]

/// What is built: everything, or with BAILANYS_ONLY=JournalTests,CaseworkTests only those targets and what they stand on, so that
/// a change at the bottom is tried without building what stands above it.
let wanted: [Target] = {
    let all = targets.flatMap { $0 } + benchmarks
    guard let only = Context.environment["BAILANYS_ONLY"] else { return all }
    var names = Set(only.split(separator: ",").map(String.init))
    var count = 0
    while count != names.count {
        count = names.count
        for target in all where names.contains(target.name) {
            for case .targetItem(let name, _) in target.dependencies { names.insert(name) }
            for case .byNameItem(let name, _) in target.dependencies { names.insert(name) }
        }
    }
    return all.filter { names.contains($0.name) }
}()

let package = Package(
    name: "bailanys",
    products: wanted.contains { $0.name == "bailanys" } ? [.executable(name: "bailanys", targets: ["bailanys"])] : [],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        // These come with Hummingbird; Signatures names them because it uses them itself.
        .package(url: "https://github.com/apple/swift-certificates.git", exact: "1.21.1"),
        .package(url: "https://github.com/apple/swift-asn1.git", exact: "1.7.4"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", exact: "2.37.6"),
    ],
    targets: wanted,
    swiftLanguageModes: [.v6]
)
