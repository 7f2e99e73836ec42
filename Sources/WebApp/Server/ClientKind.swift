/// The kind of browser that a request comes from, as its owner would name it; never all that it says of itself, which would tell one
/// machine from others.
enum ClientKind {
    /// What a browser calls itself, in the order in which they are looked for: many name others after themselves.
    private static let browsers: [(mark: String, name: String)] = [
        ("YaBrowser/", "Yandex Browser"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Edg", "Edge"),
        ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"),
        ("Chromium/", "Chrome"), ("Safari/", "Safari"),
    ]
    /// What they call the system below them, in the same way.
    private static let systems: [(mark: String, name: String)] = [
        ("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iPadOS"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"), ("Linux", "Linux"),
    ]

    /// The kind of a browser by its `User-Agent`, such as “Firefox, Windows”; nil where neither part is known.
    static func name(_ agent: String?) -> String? {
        guard let agent = agent.map({ String($0.prefix(400)) }) else { return nil }
        let parts = [browsers, systems].compactMap { list in list.first { agent.contains($0.mark) }?.name }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}
