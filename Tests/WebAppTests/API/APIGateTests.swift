import Accounts
import Attachments
import CanonicalJSON
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing

@testable import WebApp

@Suite("Who may send what to the JSON interface")
struct APIGateTests {
    private static let json: HTTPFields = [.contentType: "application/json"]

    @Test("without a session 401; a bad or ended token too; a token in a cookie is none")
    func unauthorized() async throws {
        let site = try await Site()
        try await site.test { browser in
            #expect(try await browser.get("/api/v1/bodies").status == .unauthorized)
            let bad = try await browser.get("/api/v1/bodies", headers: [.authorization: "Bearer nonsense"])
            #expect(bad.status == .unauthorized)
            let api = try await APIClient(browser, site, as: .operatorRole)
            #expect(try await api.get("bodies").status == 200)
            let other = Browser(client: browser.client)
            other[cookie: "bailanys"] = api.token
            #expect(try await other.get("/api/v1/bodies").status == .unauthorized)
            let account = try #require(
                try await site.accounts.all(for: .commandLine("test")).first { $0.loginName == "operator" })
            try await site.accounts.endSessions(
                of: account.account.number, by: .commandLine("test"), at: site.time.now)
            #expect(try await api.get("bodies").status == 401)
        }
    }

    @Test("with a cookie a command is taken from our own pages only, as JSON only, and never from a form")
    func forgery() async throws {
        let site = try await Site()
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            let body = #"{"channel":"phone","kind":"other","subject":""}"#
            let attempts: [(String, HTTPFields, HTTPResponse.Status)] = [
                ("own", Self.json, .unprocessableContent),
                ("form", [.contentType: "application/x-www-form-urlencoded"], .unsupportedMediaType),
                ("plain", [.contentType: "text/plain"], .unsupportedMediaType),
                ("no type", [:], .unsupportedMediaType),
                ("foreign", [.contentType: "application/json", .origin: "https://evil.example"], .forbidden),
            ]
            for (what, headers, status) in attempts {
                let answer = try await browser.send(.post, "/api/v1/complaints", headers: headers, body: body)
                #expect(answer.status == status, "\(what): \(answer.text)")
            }
            // A form with files is what a foreign page could send without asking: it needs the token of our pages.
            let upload = Self.form([("file", "a.txt", "Құжат")])
            let bare = try await browser.send(.post, "/api/v1/attachments", headers: Self.multipart, body: upload)
            #expect(bare.status == .forbidden)
            var headers = Self.multipart
            headers[.formToken] = try await browser.token(on: "/")
            let own = try await browser.send(.post, "/api/v1/attachments", headers: headers, body: upload)
            #expect(own.status == .created, "\(own.text)")
            let stored = try site.keptFiles()
            #expect(stored.count == 1, "nothing of the forged form is kept: \(stored)")
        }
    }

    @Test("other methods 405 with what is allowed, large bodies 413, many requests 429 with the time to wait")
    func limits() async throws {
        let site = try await Site { $0.requestLimit = RateLimit(burst: 6, perSecond: 0.01) }
        try await site.test { browser in
            let api = try await APIClient(browser, site, as: .complaintsOfficer)
            let deleted = try await api.send(.delete, "complaints", nil, [:])
            #expect(deleted.status == 405 && deleted.headers[.allow] == "GET, HEAD, POST")
            let put = try await api.send(.get, "complaints/x/note", nil, [:])
            #expect(put.status == 405 && put.headers[.allow] == "POST")
            let large = try await api.post("complaints", String(repeating: " ", count: 300_000))
            #expect(large.status == 413)
            #expect(try await api.post("complaints", "{}", key: "a b").status == 422)
            #expect(try await api.get("nothing").status == 404)
            _ = try await api.get("bodies")
            let many = try await api.get("bodies")
            #expect(many.status == 429 && many.headers[.retryAfter].flatMap(Int.init) ?? 0 > 0)
        }
    }

    @Test(
        "files are kept under their digest, refused with the field by their content, and given out with their case only"
    )
    func files() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            let api = try await APIClient(browser, site, as: .complaintsOfficer)
            let good = try await api.send(
                .post, "attachments", Self.form([("file", "../Жауап.txt", "Құжат мәтіні")]), Self.multipart)
            #expect(good.status == 201, "\(good.text)")
            let file = try #require(good.items.first)
            #expect(file["name"] == .string("Жауап.txt") && file["type"] == .string("text"))
            let digest = try #require(file["digest"]?.string)
            let bad = try await api.send(
                .post, "attachments", Self.form([("scan", "a.exe", "MZ\u{0}\u{1}")]), Self.multipart)
            #expect(bad.status == 422 && bad.errors == ["scan"])
            let cut = try await api.send(.post, "attachments", "--x\r\nA: b\r\n\r\n", Self.multipart)
            #expect(cut.status == 400)
            let filing =
                #"{"channel":"phone","kind":"other","body":"KGD","subject":"x","filedAt":"2026-03-18T10:00:00+05:00"}"#
            let number = try #require(try await api.post("complaints", filing).json["number"]?.string)
            let path = "attachments/\(digest)?case=complaint/\(number)"
            #expect(try await api.get(path).status == 404, "the case does not have it yet")
            let answered = try await api.post(
                "complaints/\(number)/answer", #"{"outcome":"explained","document":"\#(digest)"}"#)
            #expect(answered.status == 200, "\(answered.text)")
            let response = try await api.get(path)
            #expect(response.status == 200 && response.text == "Құжат мәтіні")
            #expect(response.headers[.contentDisposition]?.hasPrefix("attachment; ") == true)
            #expect(response.headers[.xContentTypeOptions] == "nosniff")
            #expect(response.headers[.contentSecurityPolicy]?.contains("sandbox") == true)
            #expect(try await api.get("attachments/\(digest)").status == 404)
            for role in [Role.operatorRole, .coordinator, .auditor, .administrator] {
                let other = try await APIClient(browser, site, as: role)
                #expect(try await other.get(path).status == 403, "\(role)")
            }
        }
    }

    @Test("whatever a file is called, it is kept by a harmless name, and what it says it is counts for nothing")
    func fileNames() async throws {
        let site = try await Site(bringsUpToDate: true)
        let names = [
            ("../../../etc/passwd", "passwd.txt"), (#"C:\\x\\..\\y.txt"#, "y.txt"), ("%22; filename=%22b.exe", nil),
            ("a%0D%0ASet-Cookie: x=1%0D%0A.txt", nil), ("\u{202E}txt.exe", nil), ("a\u{0}.html", nil), ("...", nil),
            ("CON", nil), ("<script>alert(7)</script>.html", nil), (String(repeating: "Ұ", count: 3_000), nil),
            ("a.pdf", "a.pdf.txt"), (" ", nil),
        ]
        try await site.test { browser in
            let api = try await APIClient(browser, site, as: .complaintsOfficer)
            for (name, wanted) in names {
                let body =
                    "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n"
                    + "Content-Type: text/html\r\n\r\n<script>alert(7)</script>\r\n--x--\r\n"
                let kept = try await api.send(.post, "attachments", body, Self.multipart)
                #expect(kept.status == 201, "\(name): \(kept.text)")
                let item = try #require(kept.items.first)
                let text = try #require(item["name"]?.string)
                #expect(item["type"] == .string("text") && text.hasSuffix(".txt"), "\(name): \(text)")
                #expect(!text.contains { "/\\<>\":\r\n".contains($0) } && !text.hasPrefix("."), "\(name): \(text)")
                #expect(!text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E }, "\(name): \(text)")
                #expect(text.utf8.count <= 180)
                if let wanted { #expect(text == wanted) }
            }
            // Archives are told by what they hold; nothing is unpacked, and an archive of anything else is not taken.
            let zip = "PK\u{3}\u{4}" + String(repeating: "\u{0}", count: 60)
            for (name, content) in [
                ("bomb.docx", zip + "0.txt"),
                ("macro.docx", zip + "[Content_Types].xmlword/document.xmlvbaProject.bin"),
                ("a.png", "GIF89a\u{0}"), ("empty.pdf", ""), ("x.pdf", "\u{7F}ELF\u{0}"),
            ] {
                let refused = try await api.send(
                    .post, "attachments", Self.form([("scan", name, content)]), Self.multipart)
                #expect(refused.status == 422 && refused.errors == ["scan"], "\(name): \(refused.text)")
            }
        }
    }

    @Test("an upload of 2 GB is cut as soon as the limit is passed, announced or not, and leaves nothing")
    func largeUpload() async throws {
        let folder = TemporaryFolder()
        let store = try AttachmentStore(folder: folder.file("files"), limit: 300_000)
        let head = HTTPRequest(
            method: .post, scheme: "http", authority: "x", path: "/", headerFields: [.contentLength: "2147483648"])
        await #expect(throws: SiteError.self) {
            try await MultipartReader.read(
                Request(head: head, body: RequestBody(buffer: ByteBuffer())), boundary: "x", limits: UploadLimits(),
                into: store, for: "test", within: 3_600, check: { _ in })
        }
        let pieces = AsyncStream<ByteBuffer> { stream in
            stream.yield(
                ByteBuffer(
                    string: "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\n\r\n"))
            for _ in 0..<100 { stream.yield(ByteBuffer(repeating: 0x41, count: 65_536)) }
            stream.finish()
        }
        let chunked = HTTPRequest(method: .post, scheme: "http", authority: "x", path: "/")
        await #expect(throws: AttachmentError.tooLarge(limit: 300_000)) {
            try await MultipartReader.read(
                Request(head: chunked, body: RequestBody(asyncSequence: pieces)), boundary: "x",
                limits: UploadLimits(), into: store, for: "test", within: 3_600, check: { _ in })
        }
        #expect(ErrorKind(AttachmentError.tooLarge(limit: 1)) == .tooLarge)
        #expect(try FileManager.default.subpathsOfDirectory(atPath: folder.file("files")).isEmpty)
    }

    private static let multipart: HTTPFields = [.contentType: "multipart/form-data; boundary=x"]

    private static func form(_ files: [(field: String, name: String, content: String)]) -> String {
        files.map {
            "--x\r\nContent-Disposition: form-data; name=\"\($0.field)\"; filename=\"\($0.name)\"\r\n\r\n\($0.content)\r\n"
        }.joined() + "--x--\r\n"
    }
}
