import Foundation
import LoopbackServer
import TestSupport
import Testing

/// The built program speaking TLS, asked by openssl and curl.
@Suite("The server speaks TLS", .serialized)
struct TLSTests {
    private let program = Program()
    private let (first, second): (DemoCertificates, DemoCertificates)

    init() throws { (first, second) = (try DemoCertificates(), try DemoCertificates()) }

    private var certificate: String { program.folder.file("server.pem") }
    private var key: String { program.folder.file("server-key.pem") }

    private func place(_ pair: DemoCertificates, certificate: Bool = true, key: Bool = true) throws {
        for (name, path, isWanted) in [
            ("server.pem", self.certificate, certificate), ("server-key.pem", self.key, key),
        ]
        where isWanted {
            let bytes = try Data(contentsOf: URL(filePath: pair.path(name)))
            try bytes.write(to: URL(filePath: path), options: .atomic)
        }
    }

    private func start(_ arguments: String..., settings: String? = nil) throws -> Program.Running {
        try FileManager.default.createDirectory(atPath: program.data, withIntermediateDirectories: true)
        let text = settings ?? "tls-certificate: \(certificate)\ntls-key: \(key)\n"
        try Data(text.utf8).write(to: URL(filePath: program.data + "/bailanys.yaml"))
        return try program.start("serve", "--port", "0", "--tls", "--metrics-port", "0", until: "Ready in")
    }

    private func port(_ server: Program.Running, _ scheme: String = "https") throws -> String {
        let found = server.text.firstMatch(of: try Regex("\(scheme)://127.0.0.1:([0-9]+)/"))
        return String(try #require(found?.output[1].substring))
    }

    private func curl(_ port: String, _ pair: DemoCertificates, _ more: String...) throws -> Program.Outcome {
        try program.run(
            program: "/bin/bash", "-c",
            (["curl", "-s", "-S", "-i", "--max-time", "10", "--cacert", pair.path("ca.pem")] + more
                + ["https://localhost:\(port)/sign-in", "--connect-to", "localhost:\(port):127.0.0.1:\(port)"])
                .joined(separator: " "))
    }

    private func wait(for sign: String, in server: Program.Running) throws {
        for _ in 0..<1_200 {
            if server.text.contains(sign) { return }
            usleep(50_000)
        }
        Issue.record("“\(sign)” was never printed:\n\(server.text)")
    }

    @Test("by 1.2 and 1.3 and nothing older, with HSTS and cookies for https only; plain HTTP gets no answer")
    func speaks() throws {
        try place(first)
        let server = try start()
        let port = try port(server)
        for version in ["--tlsv1.2 --tls-max 1.2", "--tlsv1.3"] {
            let answer = try curl(port, first, version)
            #expect(answer.status == 0, "\(answer.errors)")
            let text = answer.output.lowercased()
            #expect(text.hasPrefix("http/1.1 200") && text.contains("strict-transport-security: max-age=31536000"))
            #expect(text.contains("secure") && text.contains("set-cookie"))
        }
        #expect(try curl(port, second).status != 0)
        let old = try program.run(
            program: "/bin/bash", "-c",
            "openssl s_client -connect 127.0.0.1:\(port) -tls1_1 -cipher DEFAULT@SECLEVEL=0 </dev/null 2>&1")
        #expect(old.output.contains("Cipher is (NONE)"), "\(old.output)")
        let plain = try program.run(
            program: "/bin/bash", "-c", "curl -s --max-time 10 http://127.0.0.1:\(port)/sign-in")
        #expect(plain.status != 0 && plain.output.isEmpty)
        server.stop()
        #expect(server.process.terminationStatus == 0)
    }

    @Test("a new certificate is taken without a restart, a bad one is not, and says so; the figures tell")
    func renewed() throws {
        try place(first)
        let server = try start()
        let port = try port(server)
        let metrics = try #require(server.text.firstMatch(of: /Metrics: (http:\S+)/)?.output.1)
        func figure(_ name: String) throws -> Substring? {
            let text = try program.run(program: "/bin/bash", "-c", "curl -s --max-time 10 \(metrics)").output
            return text.split(separator: "\n").first { $0.hasPrefix(name + " ") }?.split(separator: " ").last
        }
        #expect(try figure("bailanys_tls_pair_refused") == "0")
        #expect(Double(try #require(try figure("bailanys_tls_certificate_end_seconds"))) ?? 0 > 1_700_000_000)
        // The new certificate beside the old key: nothing that belongs together, told by itself and by SIGHUP.
        try place(second, key: false)
        kill(server.process.processIdentifier, SIGHUP)
        try wait(for: "tls.kept", in: server)
        #expect(server.text.contains("does not belong to the certificate"))
        #expect(try curl(port, first).status == 0)
        #expect(try figure("bailanys_tls_pair_refused") == "1")
        try place(second)
        kill(server.process.processIdentifier, SIGHUP)
        try wait(for: "tls.renewed", in: server)
        #expect(try curl(port, second).status == 0)
        #expect(try curl(port, first).status != 0)
        // Without a signal too, within seconds.
        try place(first)
        for _ in 0..<600 where try curl(port, first).status != 0 { usleep(50_000) }
        #expect(try curl(port, first).status == 0)
        #expect(try figure("bailanys_tls_pair_refused") == "0")
        #expect(server.process.isRunning)
        let doctor = try program.run("doctor")
        #expect(doctor.output.contains("The site shows the certificate"), "\(doctor.output)")
    }

    @Test("without the settings, or with half a pair, it does not start and says what is missing")
    func refused() throws {
        for (settings, word) in [
            ("report-hour: 10\n", "tls-certificate and tls-key"),
            ("tls-certificate: /nonexistent\ntls-key: /nonexistent\n", "/nonexistent"),
        ] {
            let failure = #expect(throws: Program.StartFailure.self) { try start(settings: settings) }
            #expect(failure?.description.contains(word) == true, "\(failure?.description ?? "")")
        }
    }
}
