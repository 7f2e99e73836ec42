import Foundation
import SigningSupport

/// A time stamping authority on loopback: a server of a few lines that answers with the real `openssl ts`.
final class StampingProcess {
    /// Where it is asked.
    let address: String
    private let process = Process()

    /// Starts one that stamps with the pair `tsa`, and waits until it listens.
    init(_ pairs: SigningPairs) throws {
        try pairs.write(
            """
            [tsa]
            default_tsa = stamps
            [stamps]
            serial = ./serial
            signer_cert = ./tsa.pem
            signer_key = ./tsa-key.pem
            certs = ./ca.pem
            signer_digest = sha256
            default_policy = 1.2.3.4.1
            digests = sha256
            """, to: "tsa.cnf")
        try pairs.write(
            """
            import http.server, os, socketserver, subprocess
            class Stamps(http.server.BaseHTTPRequestHandler):
                def do_POST(self):
                    open("query", "wb").write(self.rfile.read(int(self.headers["Content-Length"])))
                    subprocess.run(["openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query", "-out", "answer"],
                                   check=True, capture_output=True)
                    answer = open("answer", "rb").read()
                    self.send_response(200)
                    self.send_header("Content-Type", "application/timestamp-reply")
                    self.send_header("Content-Length", str(len(answer)))
                    self.end_headers()
                    self.wfile.write(answer)
                def log_message(self, *words):
                    pass
            server = socketserver.TCPServer(("127.0.0.1", 0), Stamps)
            open("port.part", "w").write(str(server.server_address[1]))
            os.rename("port.part", "port")
            server.serve_forever()
            """, to: "tsa.py")
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "tsa.py"]
        process.currentDirectoryURL = pairs.folder
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        var port = ""
        for _ in 0..<1_200 where port.isEmpty {
            usleep(50_000)
            port = String(decoding: FileManager.default.contents(atPath: pairs.path("port")) ?? Data(), as: UTF8.self)
        }
        address = "http://127.0.0.1:\(port)/"
    }

    deinit {
        // A child of a test inherits that the signal to end is ignored; Python keeps to it.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
