import ArgumentParser
import Commands
import Testing

@Suite("What the server is told of the network")
struct ServeTests {
    @Test(
        "what would make all strangers one, or send passwords in plain, is refused with the word that is missing",
        arguments: [
            (["--behind-tls"], "--proxy"), (["--host", "0.0.0.0"], "--behind-tls"), (["--host", "0.0.0.0"], "--tls"),
            (["--tls", "--plain-http"], "--tls speaks"),
            (["--tls", "--behind-tls", "--proxy", "none"], "--tls speaks"),
            (["--host", "::"], "--plain-http"),
            (["--host", "centre.example"], "--behind-tls"), (["--proxy", "localhost"], "10.0.0.0/8"),
            (["--behind-tls", "--proxy", "10.0.0.1/8"], "10.0.0.0/8"),
        ])
    func refused(arguments: [String], word: String) {
        do {
            _ = try Bailanys.parseAsRoot(["serve"] + arguments)
            Issue.record("\(arguments) was taken")
        } catch {
            #expect(Bailanys.message(for: error).contains(word))
        }
    }

    @Test(
        "what is right or meant is taken",
        arguments: [
            [], ["--host", "localhost"], ["--host", "127.0.0.2"], ["--host", "::1"],
            ["--host", "0.0.0.0", "--plain-http"], ["--tls"], ["--host", "0.0.0.0", "--tls", "--proxy", "10.0.0.0/8"],
            ["--behind-tls", "--proxy", "127.0.0.1"], ["--behind-tls", "--proxy", "none"],
            ["--behind-tls", "--host", "0.0.0.0", "--proxy", "10.0.0.0/8", "--proxy", "::1"],
        ])
    func taken(arguments: [String]) throws { _ = try Bailanys.parseAsRoot(["serve"] + arguments) }
}
